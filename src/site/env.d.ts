/// <reference types="astro/client" />

declare module "opswright:library" {
  /** Reads the project's runbooks; resolved by `library-plugin.ts`. */
  export function readLibrary(): Promise<import("./library.ts").Library>;
}
