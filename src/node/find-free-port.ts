import { createServer } from "node:net";
import { ProjectError } from "./read-project.ts";

/**
 * Finds a port of this machine that nothing listens on: the first of `count` from `start` on.
 *
 * Throws `ProjectError` where each is taken, or where the address is not this machine's. Listens for
 * a moment.
 */
export async function findFreePort(host: string, start: number, count: number): Promise<number> {
  for (let port = start; port < start + count; port += 1) {
    if (await isFree(host, port)) return port;
  }
  const ports =
    count === 1 ? `Port ${start} is taken` : `Ports ${start} to ${start + count - 1} are taken`;
  throw new ProjectError(`${ports} on ${host}. Name another one with --port.`);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EACCES") {
        reject(
          new ProjectError(`Port ${port} is for the system's administrator alone. Name another.`),
        );
      } else {
        reject(new ProjectError(`Nothing can listen on ${host}:${port}.`, { cause: error }));
      }
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
