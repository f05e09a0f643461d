import type { ComposeFacts } from "./compose-facts.ts";
import type { ComposePort } from "./compose-service.ts";

/** A port that a Compose file publishes and that can speak HTTP. */
export interface WebPort extends ComposePort {
  readonly host: number;
  readonly service: string;
}

/** Ports of databases, queues, mail, name service and remote shells; IANA's registry. */
const otherProtocols = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1025, 1433, 1521, 1883, 2181, 3306, 4222,
  5432, 5433, 5671, 5672, 6379, 6380, 6432, 8883, 9042, 9092, 9093, 9094, 11211, 26257, 27017,
]);

/** Ports of what runs on a machine whatever a repository says: agents, exporters, a cluster's parts. */
const ofMachine = new Set([
  631, 2019, 2375, 2376, 2379, 6443, 8001, 8125, 8126, 8200, 8500, 9100, 9615, 10248, 10249, 10250,
  10256, 10257, 10259, 11434, 19999,
]);

/** Ports that Compose files publish for HTTP, those of examples left out. No I/O. */
export function listWebPorts({ services }: ComposeFacts): readonly WebPort[] {
  return services
    .filter(({ isAside }) => !isAside)
    .flatMap(({ name: service, ports }) =>
      ports.flatMap((port) => {
        const { host, container } = port;
        if (host === undefined || otherProtocols.has(container)) return [];
        return [{ ...port, host, service }];
      }),
    );
}

/** True where an application of the repository could answer HTTP at this port. No I/O. */
export function isWebPort(port: number): boolean {
  return !otherProtocols.has(port) && !ofMachine.has(port);
}
