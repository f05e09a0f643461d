import type { IncomingMessage, ServerResponse } from "node:http";
import type { EmbeddedServer } from "./develop-embedded-site.ts";

/** What Connect calls for each request. */
type Middleware = (
  request: IncomingMessage & { readonly originalUrl?: string | undefined },
  response: ServerResponse,
  next: () => void,
) => void;

/**
 * Makes the middleware that leads what is asked for below `base` on to the server of the runbooks:
 * `/docs/ops/deploy/` to `http://127.0.0.1:4322/docs/ops/deploy/`.
 *
 * It leads on instead of passing through, since a page that is developed talks with its own server over
 * a socket. Where that server did not start, its reason is the answer. No I/O but the answer.
 */
export function redirectTo(
  base: string,
  findServer: () => Promise<EmbeddedServer> | undefined,
): Middleware {
  return (request, response, next) => {
    // Astro takes its base off `url`.
    const url = request.originalUrl ?? request.url ?? "/";
    const [pathname = "/"] = url.split(/[?#]/u);
    if (pathname !== base && !pathname.startsWith(`${base}/`)) {
      next();
      return;
    }
    void answer(url, request, response, findServer());
  };
}

async function answer(
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
  server: Promise<EmbeddedServer> | undefined,
): Promise<void> {
  try {
    const running = await server;
    if (running === undefined) throw new Error("The runbooks' site is not started yet.");
    const target = new URL(url, running.address);
    const asked = new URL(`http://${request.headers.host ?? target.host}`);
    // From another machine, the address that it came by.
    if (running.isPublic) target.hostname = asked.hostname;
    response.writeHead(307, { location: target.href, "cache-control": "no-store" }).end();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    response.writeHead(503, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  }
}
