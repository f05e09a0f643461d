import path from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { buildEmbeddedSite } from "./build-embedded-site.ts";
import { developEmbeddedSite, type EmbeddedServer } from "./develop-embedded-site.ts";
import { redirectTo } from "./redirect-to.ts";

/** Where a team's own Astro site has its runbooks. */
export interface EmbeddingOptions {
  /** The path below the site's own base: `ops` (the default) or `team/ops`. */
  readonly path?: string | undefined;
  /** The folder that holds the runbooks' project; default: the one of Astro's configuration. */
  readonly root?: string | undefined;
}

/** What one of the site's own paths may consist of; a slash at either end is taken off first. */
const namePattern = /^[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*$/u;

/**
 * Makes the Astro integration that puts the site of a project's runbooks into a team's own site, below
 * a path of it: `integrations: [opswright({ path: "ops" })]`.
 *
 * The runbooks' site is built by a process of its own, as `opswright site build` does it, so that
 * neither site's settings, components or styles have a say in the other's. While the team's site is
 * developed, addresses below the path lead to `opswright site dev`, which is started beside it.
 *
 * Throws where `path` is none. Starts processes, and writes below the folder of the built site.
 */
export function createEmbeddingIntegration(options: EmbeddingOptions = {}): AstroIntegration {
  const name = readPath(options.path ?? "ops");
  let base = `/${name}`;
  let root = options.root ?? ".";
  let server: Promise<EmbeddedServer> | undefined;
  return {
    name: "opswright",
    hooks: {
      "astro:config:setup": ({ updateConfig }) => {
        // The runbooks' site is made there, which is no change of the team's.
        updateConfig({ vite: { server: { watch: { ignored: ["**/.opswright/**"] } } } });
      },
      "astro:config:done": ({ config }) => {
        base = path.join("/", config.base, name);
        root = path.resolve(fileURLToPath(config.root), options.root ?? ".");
      },
      "astro:server:setup": ({ server: own }) => {
        own.middlewares.use(redirectTo(base, () => server));
      },
      "astro:server:start": ({ address, logger }) => {
        server = developEmbeddedSite({ root, base, host: address.address });
        // Nothing waits for it but who asks for a runbook, and is told too.
        server.then(
          ({ address: at }) => {
            logger.info(`runbooks: ${at}`);
            return undefined;
          },
          (error: unknown) => {
            logger.error(describe(error));
          },
        );
      },
      "astro:server:done": async () => {
        const running = await server?.catch(() => undefined);
        await running?.stop();
      },
      "astro:build:done": async ({ dir, logger }) => {
        const outDir = path.join(fileURLToPath(dir), name);
        logger.info(await buildEmbeddedSite({ root, base, outDir }));
      },
    },
  };
}

function readPath(text: string): string {
  const trimmed = text.replaceAll(/^\/+|\/+$/gu, "");
  const isPath = namePattern.test(trimmed) && path.normalize(trimmed) === trimmed;
  if (isPath && !trimmed.startsWith("..") && trimmed !== ".") return trimmed;
  throw new TypeError(
    `opswright: \`path\` must be a path below the site such as "ops", not ${JSON.stringify(text)}.`,
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
