import { readFile } from "node:fs/promises";
import path from "node:path";

const types: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
};

/** The part of Vite's plugins that this one is. */
interface LogoPlugin {
  name: string;
  configureServer(server: {
    readonly middlewares: { use(route: string, handle: Middleware): void };
  }): void;
  generateBundle(this: {
    readonly environment?: { readonly name: string };
    emitFile(file: { type: "asset"; fileName: string; source: Uint8Array }): void;
  }): Promise<void>;
}

type Middleware = (
  request: unknown,
  response: { setHeader(name: string, value: string): void; end(body: Uint8Array): void },
  next: (error?: unknown) => void,
) => void;

/**
 * Names a logo on the site, whatever the team's file is called: `logo.svg` for `brand/mark.svg`.
 *
 * Undefined where the site has no logo, or one of a kind that browsers do not show. No I/O.
 */
export function nameLogo(file: string | undefined): string | undefined {
  const extension = path.extname(file ?? "").toLowerCase();
  return extension in types ? `logo${extension}` : undefined;
}

/** Makes the Vite plugin that puts the team's logo into the site. Reads the file when it is needed. */
export function createLogoPlugin(file: string | undefined, base: string): LogoPlugin {
  const fileName = nameLogo(file);
  return {
    name: "opswright:logo",
    configureServer(server) {
      if (file === undefined || fileName === undefined) return;
      const route = `${base.replace(/\/?$/u, "/")}${fileName}`;
      server.middlewares.use(route, (_request, response, next) => {
        readFile(file).then((body) => {
          response.setHeader("content-type", types[path.extname(fileName)] ?? "");
          response.end(body);
          return undefined;
        }, next);
      });
    },
    async generateBundle() {
      if (file === undefined || fileName === undefined) return;
      if (this.environment?.name !== "client") return;
      this.emitFile({ type: "asset", fileName, source: await readFile(file) });
    },
  };
}
