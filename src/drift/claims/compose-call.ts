import type { ShellCommand } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import { composeGlobal, dockerGlobal } from "../../shell/wrapper-table.ts";
import type { CallWord } from "./tool-call.ts";

/** A call of docker compose. */
export interface ComposeCall {
  readonly verb: string;
  readonly services: readonly CallWord[];
  /** Compose files that `-f` names, in order; empty where it looks for its own. */
  readonly files: readonly CallWord[];
  /** True where an option names another project or another engine. */
  readonly isForeign: boolean;
}

const programs = new Set(["docker-compose", "podman-compose"]);
const engines = new Set(["docker", "podman", "nerdctl"]);
const globalOptions = new Set(`${composeGlobal} ${dockerGlobal}`.split(" "));

const foreignOption = /^(?:-p|--project-name|-H|--host|-c|--context)(?:=|$)/u;

/** Verbs that take any number of services, each with its options that take a value. */
const manyVerbs: Readonly<Record<string, string>> = {
  attach: "--index --detach-keys",
  build: "--build-arg --builder -m --memory --progress --ssh --provenance --sbom",
  create: "--pull --scale",
  events: "--since --until",
  images: "--format",
  kill: "-s --signal",
  logs: "-n --tail --since --until --index",
  pause: "",
  ps: "--filter --format --status",
  pull: "--policy",
  push: "",
  restart: "-t --timeout",
  rm: "",
  start: "--wait-timeout",
  stats: "--format",
  stop: "-t --timeout",
  top: "",
  unpause: "",
  up: "--attach --no-attach --exit-code-from --pull --scale -t --timeout --wait-timeout",
  wait: "",
  watch: "",
};
/** Verbs that take one service and something else behind it. */
const oneVerbs: Readonly<Record<string, string>> = {
  exec: "-e --env -u --user -w --workdir --index",
  port: "--index --protocol",
  run: "--cap-add --cap-drop --entrypoint -e --env --env-from-file -l --label --name -p --publish --pull -u --user -v --volume -w --workdir",
};

/**
 * Reads which services a call of `docker compose` or `docker-compose` names; undefined where it is
 * no such call.
 *
 * Words that are not literal are among them. Docker's reference of `docker compose`. No I/O.
 *
 * @example for `docker compose -f prod.yml logs -f api`: { verb: "logs", services: [api], files: [prod.yml],
 *   isForeign: false }
 */
export function readComposeCall(command: ShellCommand): ComposeCall | undefined {
  const { words, ranges, isLiteral, name } = command;
  let start = 1;
  if (engines.has(name)) {
    const head = readOptions(words, 1, new Set(dockerGlobal.split(" ")), true);
    if (words[head.firstOperand] !== "compose") return undefined;
    start = head.firstOperand + 1;
  } else if (!programs.has(name)) return undefined;
  const verbAt = readOptions(words, start, globalOptions, true).firstOperand;
  const verb = words[verbAt] ?? "";
  const wordAt = (place: number | undefined): readonly CallWord[] => {
    const text = words[place ?? -1];
    const range = ranges[place ?? -1];
    if (text === undefined || range === undefined) return [];
    return [{ text, range, isLiteral: isLiteral[place ?? -1] === true }];
  };
  const files = listFileOptions(words, start, verbAt).flatMap(({ place, text }) =>
    wordAt(place).map((word) => ({ ...word, text })),
  );
  const isForeign = words.slice(1, verbAt).some((word) => foreignOption.test(word));
  if (Object.hasOwn(oneVerbs, verb)) {
    const valued = new Set(oneVerbs[verb]?.split(" "));
    const { firstOperand } = readOptions(words, verbAt + 1, valued, true);
    return { verb, files, isForeign, services: wordAt(firstOperand) };
  }
  if (!Object.hasOwn(manyVerbs, verb)) return undefined;
  const { operandPlaces } = readOptions(
    words,
    verbAt + 1,
    new Set(manyVerbs[verb]?.split(" ")),
    false,
  );
  return { verb, files, isForeign, services: operandPlaces.flatMap(wordAt) };
}

/** The values of `-f`, which can be given several times. */
function listFileOptions(
  words: readonly string[],
  start: number,
  end: number,
): readonly { readonly place: number; readonly text: string }[] {
  const found: { place: number; text: string }[] = [];
  for (let at = start; at < end; at += 1) {
    const word = words[at] ?? "";
    const [, attached] = /^(?:--file=|-f)(.+)$/u.exec(word) ?? [];
    if (attached !== undefined) found.push({ place: at, text: attached });
    else if (word === "-f" || word === "--file") {
      found.push({ place: at + 1, text: words[at + 1] ?? "" });
      at += 1;
    }
  }
  return found;
}
