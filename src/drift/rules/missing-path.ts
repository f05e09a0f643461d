import type { Claim } from "../../model/drift.ts";
import type { Fix } from "../../model/text-edit.ts";
import { pathClaims, type PathClaim } from "../claims/path-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import { fileTreeFacts, type FileTreeFacts } from "../facts/file-tree-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { joinPath, normalisePath } from "../file-tree.ts";
import type { RemovedFile } from "../ports.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { relativePath } from "../relative-path.ts";
import { describeRemoval, relateInstead } from "./describe-removal.ts";
import { isBelowFile } from "./is-below-file.ts";
import { belongsToRepository } from "./path-evidence.ts";
import { findSimilarPath } from "./find-similar-path.ts";

/** A command reads a file or folder that the repository has not. */
export const missingPath = defineClaimRule<
  PathClaim,
  { files: FactSource<FileTreeFacts> },
  {
    path: string;
    place: string;
    removal: RemovedFile | undefined;
    instead: string | undefined;
  }
>({
  code: "files/missing-path",
  severity: "error",
  title: "A path that is not there",
  what: "A command reads a file or folder by a relative path, and the repository has none there. It is told only where there is a sign that the repository should have it: git's history knows it, its folder is there, a name beside it differs by a letter, or it is a template such as `.env.example` that is copied.",
  why: "The command fails with `No such file or directory` in the middle of the procedure, where a reader has to guess what was meant.",
  remedy:
    "Write the path of the file as it is now. Where the runbook itself is to make it, add the command that does.",
  example: {
    language: "bash",
    wrong: "cp .env.compose.example .env.compose",
    right: "cp .env.example .env.compose",
    file: { path: ".env.example", text: "FLASK_ENV=development\n" },
  },
  claims: pathClaims,
  facts: { files: fileTreeFacts },
  async judge(claim, { files }) {
    const { path, start } = claim.value;
    const { subject, tree } = files;
    const meant = start.folders.map((folder) => joinPath(folder, path));
    if (meant.some((one) => tree.hasFile(one) || tree.hasFolder(one))) return agreed;
    const place = settlePlace(start, tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const inside = place.folders
      .map((folder) => joinPath(folder, path))
      .filter((one) => !one.startsWith(".."));
    if (inside.length === 0) return unjudged("it leads out of the folder that is looked at");
    if (inside.some((one) => isBelowFile(one, tree)))
      return unjudged("it lies behind a symbolic link or in a submodule");
    if (claim.value.isBehindForeign)
      return unjudged("a command before it brings files that are not in the repository");
    const rooted = inside.map((one) => joinPath(subject, one));
    const nearest = findSimilarPath(inside[0] ?? "", tree);
    if (claim.value.use === "look" && nearest === undefined)
      return unjudged("the command expects that it may not be there");
    const removal = await findRemoval(rooted, files);
    if (removal === undefined && endsAnother(path, files))
      return unjudged("another folder has it, and the command may be started there");
    const isExpected = removal !== undefined || nearest !== undefined;
    if (!isExpected && !belongsToRepository(claim.value, inside, files))
      return unjudged("nothing says that it is a file of the repository");
    const ignored = await Promise.all(rooted.map((one) => files.isIgnored(one)));
    if (ignored.includes(true)) return unjudged("`.gitignore` keeps it out of the repository");
    const [namesake] = files.rootTraits.findByName(nameOf(path));
    const instead = nearest === undefined ? namesake : joinPath(subject, nearest);
    return differed(
      { path, place: subject, removal, instead },
      {
        related: relateInstead(removal, instead),
        fix: makeFix(claim, joinPath(subject, place.folders[0]), removal),
      },
    );
  },
  message: ({ path, place, removal }) =>
    removal === undefined
      ? `There is no \`${path}\` in ${place === "" ? "the repository" : `\`${place}\``}.`
      : `There is no \`${path}\` any more: ${describeRemoval(removal)}.`,
  hint: ({ removal, instead }) => {
    if (removal?.movedTo !== undefined) return `Write \`${removal.movedTo}\`.`;
    return instead === undefined
      ? "Write the path of a file that is there, or add the command that makes it."
      : `Did you mean \`${instead}\`?`;
  },
});

/** True where the path is there below another folder than those that it was looked for in. */
function endsAnother(path: string, { tree, traits }: FileTreeFacts): boolean {
  const end = `/${normalisePath(path)}`;
  const isFolder = !/\.\w+$/.test(end) && tree.files.some((file) => file.includes(`${end}/`));
  return isFolder || traits.findByName(nameOf(path)).some((file) => file.endsWith(end));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

async function findRemoval(
  paths: readonly string[],
  files: FileTreeFacts,
): Promise<RemovedFile | undefined> {
  for (const path of paths) {
    const removal = await files.traceRemoval(path);
    if (removal !== undefined) return removal;
  }
  return undefined;
}

function makeFix(
  { path: document, span, text }: Claim<PathClaim>,
  start: string,
  removal: RemovedFile | undefined,
): Fix | undefined {
  // What is written otherwise than it is meant (with quotes inside) is left to a person.
  const isExact = span.end.offset - span.start.offset === text.length;
  if (removal?.movedTo === undefined || !isExact) return undefined;
  const path = relativePath(start, removal.movedTo);
  if (!/^[\w./@+-]+$/.test(path)) return undefined;
  const prefix = text.startsWith("./") && !path.startsWith("../") ? "./" : "";
  return {
    title: `Write \`${removal.movedTo}\`, where the file was moved`,
    edits: [{ path: document, span, text: prefix + path }],
  };
}
