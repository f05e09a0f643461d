import { folderOf } from "../file-tree.ts";
import type { ComposeFacts } from "./compose-facts.ts";
import type { ComposeService } from "./compose-service.ts";

/**
 * True for a name that Compose gives a service's container by itself: `PROJECT-SERVICE-1`,
 * `PROJECT_SERVICE_1` of Compose 1, `PROJECT-SERVICE-run-4f5a2b1c9d8e`.
 *
 * The project is usually the checkout's folder, which nobody knows from here. No I/O.
 */
function isGeneratedName(name: string, service: string): boolean {
  const stem = name.replace(/[-_](?:\d+|run[-_][0-9a-f]+)$/u, "");
  return stem !== name && (stem.endsWith(`-${service}`) || stem.endsWith(`_${service}`));
}

/**
 * The services whose container has this name, with those that override them: the same service in
 * another Compose file of the same folder.
 *
 * No I/O.
 */
export function findByContainer(compose: ComposeFacts, name: string): readonly ComposeService[] {
  return withOverrides(
    compose,
    compose.services.filter(
      (service) =>
        service.container?.name === name ||
        (service.container === undefined && isGeneratedName(name, service.name)),
    ),
  );
}

/** The services of this name, in all files. No I/O. */
function findByService(compose: ComposeFacts, name: string): readonly ComposeService[] {
  return compose.services.filter((service) => service.name === name);
}

function withOverrides(
  { services }: ComposeFacts,
  found: readonly ComposeService[],
): readonly ComposeService[] {
  return services.filter((service) =>
    found.some(
      ({ name, path }) => name === service.name && folderOf(path) === folderOf(service.path),
    ),
  );
}

/** The services that a command means by the name of a container or of a service. No I/O. */
export function findByReference(
  compose: ComposeFacts,
  { kind, name }: { readonly kind: "container" | "service"; readonly name: string },
): readonly ComposeService[] {
  return kind === "service" ? findByService(compose, name) : findByContainer(compose, name);
}
