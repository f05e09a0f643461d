import { once } from "node:events";
import { createInterface } from "node:readline";
import { startSiteCommand } from "./start-site-command.ts";

/** A server of the runbooks' site that runs beside another site's. */
export interface EmbeddedServer {
  /** `http://127.0.0.1:4322/docs/ops/`. */
  readonly address: string;
  /** Whether other machines reach it. */
  readonly isPublic: boolean;
  /** Ends it; resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the server that shows a project's runbooks while they are written, on the next free port.
 *
 * It listens where the other site does: `host` is that one's address. Throws, with what the command
 * said, where it does not start. Starts a process.
 */
export async function developEmbeddedSite(place: {
  readonly root: string;
  readonly base: string;
  readonly host: string;
}): Promise<EmbeddedServer> {
  const { root, base, host } = place;
  const isPublic = !/^(?:127\.|::1$|localhost$)/u.test(host);
  const at = isPublic ? host : "127.0.0.1";
  const server = startSiteCommand(root, ["dev", "--base", base, "--host", at]);
  const [address] = await Promise.race([
    once(createInterface(server.stdout), "line") as Promise<[string]>,
    server.then(({ stderr, shortMessage }) => {
      throw new Error(stderr.trim() || shortMessage || "The runbooks' site ended.");
    }),
  ]);
  return {
    address,
    isPublic,
    async stop() {
      server.kill("SIGTERM");
      await server;
    },
  };
}
