import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import { joinPath } from "../file-tree.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { findEngineDoubt } from "./find-engine-doubt.ts";
import { readComposeCall } from "./compose-call.ts";
import { readShownNames } from "./shown-names.ts";

/** A Compose service that a command names: `docker compose logs api`. */
export interface ComposeServiceClaim {
  readonly name: string;
  /**
   * Compose files that `-f` names, each by its possible paths relative to the subject; empty where
   * Compose looks for its own.
   */
  readonly files: readonly (readonly string[])[];
  /** Folders of the subject in which the command can be started; absent where nobody knows. */
  readonly folders: readonly string[] | undefined;
  /** Why it may be another project's, as the end of a sentence. */
  readonly doubt: string | undefined;
  /** True where the same document shows a file that has a name like this: a Compose file of its own. */
  readonly isShownHere: boolean;
}

/** Compose services that commands name. */
export const composeServiceClaims: ClaimKind<ComposeServiceClaim> = {
  name: "compose-service",
  title: "Compose services",
  description:
    "The services that `docker compose` or `docker-compose` is told to act on: `up`, `exec`, `run`, `logs`, `restart`, `stop`, `start`, `rm`, `kill`, `build`, `pull`, `push`, `ps`, `top`, `port` and the like. `-f` says in which files they are looked for.",
  collect(document) {
    let shown: ReadonlySet<string> | undefined;
    const isShown = (name: string): boolean => (shown ??= readShownNames(document)).has(name);
    return document.commands.flatMap((placed) => readServices(placed, isShown));
  },
};

function readServices(
  placed: PlacedCommand,
  isShown: (name: string) => boolean,
): readonly FoundClaim<ComposeServiceClaim>[] {
  const call = readComposeCall(placed.command);
  if (call === undefined) return [];
  const { folders } = placed;
  const areFilesKnown = call.files.every(({ isLiteral }) => isLiteral);
  const files = call.files.map(({ text }) =>
    (folders ?? [""]).map((folder) => joinPath(folder, text)),
  );
  return call.services
    .filter(({ isLiteral, text }) => isLiteral && /^\w[\w.-]*$/.test(text))
    .map(({ text, range }) => ({
      value: {
        name: text,
        files: areFilesKnown ? files : [],
        folders,
        doubt: findEngineDoubt(placed.command, call.isForeign),
        isShownHere: isShown(text),
      },
      span: placed.locate(range),
      text,
      origin: placed.origin,
    }));
}
