/// <reference types="astro/client" />

/** The path below which the site is served, with a slash at its end. */
declare const __SITE_BASE__: string;

/** False while the site is being developed: then styles are inline, which the policy forbids. */
declare const __SITE_IS_BUILT__: boolean;

declare module "opswright:content" {
  // A module that is declared cannot import others by a relative path.
  // oxlint-disable-next-line typescript/consistent-type-imports
  type SiteContent = import("./create-content-plugin.ts").SiteContent;

  /** Fill the site's collections; resolved by `create-content-plugin.ts`. */
  export const loaders: SiteContent["loaders"];

  /** The runbooks' pages. */
  export const pages: SiteContent["pages"];
}
