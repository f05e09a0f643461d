/// <reference types="astro/client" />

/** The path below which the site is served, with a slash at its end. */
declare const __SITE_BASE__: string;

/** False while the site is being developed: then styles are inline, which the policy forbids. */
declare const __SITE_IS_BUILT__: boolean;

declare module "opswright:library" {
  import type { SiteLibrary } from "../model/site-library.ts";

  /** Reads the project's runbooks; resolved by `create-library-plugin.ts`. */
  export function readLibrary(): Promise<SiteLibrary>;
}
