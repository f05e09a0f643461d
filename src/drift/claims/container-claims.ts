import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { readContainerCall } from "./container-call.ts";

/** A container that a command names: `docker exec ip2a-db …`. */
export interface ContainerClaim {
  readonly name: string;
}

/** Containers that commands name. */
export const containerClaims: ClaimKind<ContainerClaim> = {
  name: "container",
  title: "container names",
  description:
    "The container that `docker` or `podman` is told to act on: `exec`, `logs`, `start`, `stop`, `restart`, `rm`, `kill`, `inspect`, `port`, `top`, `stats`, `attach`, `wait`, `pause`, `cp`.",
  collect: ({ commands }) => commands.flatMap(readContainers),
};

function readContainers(placed: PlacedCommand): readonly FoundClaim<ContainerClaim>[] {
  const call = readContainerCall(placed.command);
  return (call?.containers ?? []).map(({ name, range }) => ({
    value: { name },
    span: placed.locate(range),
    text: name,
    origin: placed.origin,
  }));
}
