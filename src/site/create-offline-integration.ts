import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { serviceWorkerFile, writeServiceWorker } from "./write-service-worker.ts";

/**
 * Makes the integration that lets a site be read without a network: it builds the service worker and
 * tells it of all files. It must be the last one that writes files.
 */
export function createOfflineIntegration(): AstroIntegration {
  return {
    name: "opswright:offline",
    hooks: {
      "astro:config:setup": ({ config, updateConfig }) => {
        updateConfig({ vite: { plugins: [createWorkerPlugin(config.srcDir)] } });
      },
      async "astro:build:done"({ dir, logger }) {
        const count = await writeServiceWorker(fileURLToPath(dir));
        logger.info(`${count} files to be read offline`);
      },
    },
  };
}

/** As much of Rollup's as is used. */
interface ChunkEmitter {
  readonly environment?: { readonly name: string };
  emitFile(chunk: { type: "chunk"; id: string; fileName: string }): string;
}

/** The worker stands at the site's top under a name that stays, unlike what pages load. */
function createWorkerPlugin(srcDir: URL): {
  name: string;
  apply: "build";
  buildStart(this: ChunkEmitter): void;
} {
  return {
    name: "opswright:service-worker",
    apply: "build",
    buildStart() {
      if (this.environment?.name !== "client") return;
      this.emitFile({ type: "chunk", id: findWorker(srcDir), fileName: serviceWorkerFile });
    },
  };
}

/** In the published package it is compiled. */
function findWorker(srcDir: URL): string {
  const source = fileURLToPath(new URL("browser/service-worker.ts", srcDir));
  return existsSync(source) ? source : source.replace(/\.ts$/u, ".js");
}
