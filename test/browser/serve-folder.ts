import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
};
const packed = new Set(Object.keys(types));

/**
 * Serves a folder's files on this machine alone, at a free port, as hosts of static sites do: texts
 * are sent packed, and what is not there is answered with `404.html`.
 */
export async function serveFolder(
  folder: string,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = decodeURIComponent(pathname).replace(/\/$/, "/index.html");
    const canUnpack = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    readFile(path.join(folder, path.normalize(name)))
      .then((body) => send(response, 200, { name, body, canUnpack }))
      .catch(async () => {
        const body = await readFile(path.join(folder, "404.html")).catch(() => Buffer.alloc(0));
        send(response, 404, { name: "404.html", body, canUnpack });
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function send(
  response: ServerResponse,
  status: number,
  file: { readonly name: string; readonly body: Buffer; readonly canUnpack: boolean },
): void {
  const ending = path.extname(file.name);
  const isPacked = file.canUnpack && packed.has(ending);
  response.writeHead(status, {
    "content-type": types[ending] ?? "application/octet-stream",
    ...(isPacked ? { "content-encoding": "gzip", vary: "accept-encoding" } : {}),
  });
  response.end(isPacked ? gzipSync(file.body) : file.body);
}
