import type { ShellCommand } from "../../model/shell-script.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import { joinPath } from "../file-tree.ts";
import { collectMadePaths, type MadePaths } from "./collect-made-paths.ts";
import { narrowSpan } from "./narrow-span.ts";
import type { PathUse } from "./path-table.ts";
import { readCommandPaths } from "./read-command-paths.ts";
import { collectWithStartPlaces, type StartPlace } from "./start-place.ts";

/** A file or folder that a command needs: `cat config/app.yml`. */
export interface PathClaim {
  readonly path: string;
  readonly use: PathUse;
  readonly start: StartPlace;
  /** True in a document that is a team's own runbook, or one that is tied to a folder. */
  readonly isOwn: boolean;
  /** True where commands before it bring files that nobody names: a clone, an archive. */
  readonly isBehindForeign: boolean;
  /** True where a build or a generator of the repository was started before it. */
  readonly isBehindTask: boolean;
  /** All paths that the document's commands need, relative to the subject. */
  readonly others: readonly string[];
}

/** Files and folders that commands read. */
export const pathClaims: ClaimKind<PathClaim> = {
  name: "path",
  title: "paths in commands",
  description:
    "Relative paths that a command needs to be there: scripts that are started, operands of `cat`, `head`, `tail`, `source`, `cp`, `chmod`, `ls`, `cd` and their like, files behind `<`, and values of options such as `kubectl apply -f`, `docker compose -f`, `pip install -r`, `make -C`. What the runbook makes by itself, patterns, absolute paths, and commands on other machines are left out.",
  collect(document) {
    const others: string[] = [];
    let made: MadePaths | undefined;
    return collectWithStartPlaces(document.commands, (placed, start) => {
      if (placed.command.place !== "here") return [];
      return readCommandPaths(placed.command).flatMap(
        ({ path, range, use: written }): FoundClaim<PathClaim>[] => {
          const use = canFail(placed.command) ? "look" : written;
          made ??= collectMadePaths(document.parsed, document.commands);
          const meant = start.folders.map((folder) => joinPath(folder, path));
          if (meant.some((one) => made?.has(one) === true)) return [];
          others.push(...meant);
          const span = narrowSpan(document, placed.locate(range), path);
          const isBehindForeign = span.start.offset >= made.foreignFrom;
          const isBehindTask = span.start.offset >= made.generatedFrom;
          const isOwn = isOwnRunbook(document);
          const value = { path, use, start, isOwn, isBehindForeign, isBehindTask, others };
          return [{ value, span, text: path, origin: placed.origin }];
        },
      );
    });
  },
};

/** `cat x || true`, `cat x 2>/dev/null`: its author knows that the file may not be there. */
function canFail({ isTolerated, redirections }: ShellCommand): boolean {
  return (
    isTolerated === true ||
    redirections.some(({ operator, target }) => /^[2&]>/.test(operator) && target === "/dev/null")
  );
}

function isOwnRunbook({ isStrict, subject }: DriftDocument): boolean {
  return isStrict || subject !== "";
}
