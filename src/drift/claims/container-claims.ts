import type { ClaimKind } from "../claim-kind.ts";
import { findEngineDoubt } from "./find-engine-doubt.ts";
import { readContainerCall, readMadeContainers } from "./container-call.ts";
import { readShownNames } from "./shown-names.ts";

/** A container that a command names: `docker exec ip2a-db …`. */
export interface ContainerClaim {
  readonly name: string;
  /** True where it can be the name of something else, as behind `docker inspect`. */
  readonly isAmbiguous: boolean;
  /** Why it may be made by something else, as the end of a sentence. */
  readonly doubt: string | undefined;
  /** True where the same document makes a container of this name: by `docker run --name`, or by a file that it shows. */
  readonly isMadeHere: boolean;
}

/** Containers that commands name. */
export const containerClaims: ClaimKind<ContainerClaim> = {
  name: "container",
  title: "container names",
  description:
    "The container that `docker` or `podman` is told to act on: `exec`, `logs`, `start`, `stop`, `restart`, `rm`, `kill`, `inspect`, `port`, `top`, `stats`, `attach`, `wait`, `pause`, `cp`. Ids are left out.",
  collect(document) {
    const { commands } = document;
    const made = new Set(commands.flatMap(({ command }) => readMadeContainers(command)));
    let shown: ReadonlySet<string> | undefined;
    return commands.flatMap((placed) => {
      const call = readContainerCall(placed.command);
      return (call?.containers ?? []).map(({ name, range }) => ({
        value: {
          name,
          isAmbiguous: call?.isAmbiguous === true,
          doubt: findEngineDoubt(placed.command, call?.isForeign === true),
          isMadeHere: made.has(name) || (shown ??= readShownNames(document)).has(name),
        },
        span: placed.locate(range),
        text: name,
        origin: placed.origin,
      }));
    });
  },
};
