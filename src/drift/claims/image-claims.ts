import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import { containerRun, dockerGlobal } from "../../shell/wrapper-table.ts";
import type { ClaimKind } from "../claim-kind.ts";
import { readImageReference } from "../image-reference.ts";

/** An image with a tag that a command names: `docker run postgres:15`. */
export interface ImageClaim {
  readonly name: string;
  readonly tag: string;
  /** True for commands that bring a tag of their own: `docker push`, `kubectl set image`. */
  readonly isNew: boolean;
}

/** Images that commands name. */
export const imageClaims: ClaimKind<ImageClaim> = {
  name: "image",
  title: "image tags",
  description:
    "The image and tag that `docker run`, `docker pull`, `docker push` and `kubectl set image` are given. Images without a tag, with a digest or a variable, and those of a registry of one's own are left out.",
  collect: ({ commands }) =>
    commands.flatMap((placed) =>
      readImages(placed.command).flatMap(({ text, range, isNew }) => {
        const { name, tag } = readImageReference(text) ?? {};
        if (name === undefined || tag === undefined) return [];
        return [
          { value: { name, tag, isNew }, span: placed.locate(range), text, origin: placed.origin },
        ];
      }),
    ),
};

interface WrittenImage {
  readonly text: string;
  readonly range: TextRange;
  readonly isNew: boolean;
}

const engines = new Set(["docker", "podman", "nerdctl"]);
const groups = new Set(["container", "image"]);
const ofPull = new Set(["--platform"]);

function readImages(command: ShellCommand): readonly WrittenImage[] {
  const { words, ranges, isLiteral, name } = command;
  if (name === "kubectl" || name === "oc") return readSetImage(command);
  if (!engines.has(name)) return [];
  const head = readOptions(words, 1, new Set(dockerGlobal.split(" ")), true).firstOperand;
  const verbAt = groups.has(words[head] ?? "") ? head + 1 : head;
  const verb = words[verbAt] ?? "";
  if (!["run", "create", "pull", "push"].includes(verb)) return [];
  const valued = verb === "run" || verb === "create" ? new Set(containerRun.split(" ")) : ofPull;
  const at = readOptions(words, verbAt + 1, valued, true).firstOperand;
  const range = ranges[at];
  if (range === undefined || isLiteral[at] !== true) return [];
  return [{ text: words[at] ?? "", range, isNew: verb === "push" }];
}

function readSetImage({ words, ranges, isLiteral }: ShellCommand): readonly WrittenImage[] {
  const at = words.indexOf("set");
  if (at === -1 || words[at + 1] !== "image") return [];
  return words.flatMap((word, index) => {
    const equals = word.indexOf("=");
    const range = ranges[index];
    if (index < at || equals < 1 || word.startsWith("-")) return [];
    if (range === undefined || isLiteral[index] !== true) return [];
    const text = word.slice(equals + 1);
    return [{ text, range: { start: range.end - text.length, end: range.end }, isNew: true }];
  });
}
