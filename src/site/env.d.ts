/// <reference types="astro/client" />

declare module "opswright:library" {
  import type { Library } from "./library.ts";

  /** Reads the project's runbooks; resolved by `library-plugin.ts`. */
  export function readLibrary(): Promise<Library>;
}
