import { dev, preview } from "astro";
import { createInlineConfiguration, type SiteLogLevel } from "./build-site.ts";
import type { SiteOptions } from "./create-site-configuration.ts";

/** Where a server listens. */
export interface ServerPlace {
  /** `127.0.0.1`, or another address of this machine. */
  readonly host: string;
  readonly port: number;
}

/** A server of the site that runs. */
export interface SiteServer {
  /** `http://127.0.0.1:4321/base/` */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Serves the site as it is being written: a change of a runbook is shown at once.
 *
 * Throws where the port is taken. Starts a server.
 */
export async function developSite(
  options: SiteOptions,
  place: ServerPlace,
  logLevel: SiteLogLevel,
): Promise<SiteServer> {
  const server = await dev({ ...withPlace(options, place, logLevel) });
  return {
    address: addressOf({ ...place, port: server.address.port }, options.base),
    stop: () => server.stop(),
  };
}

/** Serves a site that was built, as it is. Throws where the port is taken. Starts a server. */
export async function previewSite(
  options: SiteOptions,
  place: ServerPlace,
  logLevel: SiteLogLevel,
): Promise<SiteServer> {
  const server = await preview({ ...withPlace(options, place, logLevel) });
  return {
    address: addressOf({ ...place, port: server.port }, options.base),
    stop: () => server.stop(),
  };
}

function withPlace(
  options: SiteOptions,
  place: ServerPlace,
  logLevel: SiteLogLevel,
): ReturnType<typeof createInlineConfiguration> {
  const configuration = createInlineConfiguration(options, logLevel);
  const { vite = {} } = configuration;
  return {
    ...configuration,
    server: { host: place.host, port: place.port },
    vite: {
      ...vite,
      // A port that is taken is told, not left for another one behind the reader's back.
      server: { strictPort: true, fs: { allow: [options.packageRoot, ...packageFolders()] } },
      preview: { strictPort: true },
    },
  };
}

/** Where the browser code of Astro and Vite is loaded from. */
function packageFolders(): readonly string[] {
  const urls = [() => import.meta.resolve("astro"), () => import.meta.resolve("vite")];
  return urls.flatMap((resolve) => {
    const [, folder] = /^(.*\/node_modules)\//u.exec(pathOf(resolve)) ?? [];
    return folder === undefined ? [] : [folder];
  });
}

function pathOf(resolve: () => string): string {
  try {
    return new URL(resolve()).pathname;
  } catch {
    return "";
  }
}

function addressOf({ host, port }: ServerPlace, base = "/"): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  return `http://${shown}:${port}${base.replace(/\/?$/u, "/")}`;
}
