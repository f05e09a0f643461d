import type { SiteConfiguration } from "../model/site-configuration.ts";

/**
 * Writes the style sheet of what a team configured; empty where it configured nothing.
 *
 * It wins over `tokens.css` wherever the two are linked. No I/O.
 *
 * @example writeSiteStyle({ light: "#0a5a78", dark: "#7fc6e6" })
 *   → ":root:root { --accent: light-dark(#0a5a78, #7fc6e6); }\n"
 */
export function writeSiteStyle(accent: SiteConfiguration["accent"]): string {
  return accent === undefined
    ? ""
    : `:root:root { --accent: light-dark(${accent.light}, ${accent.dark}); }\n`;
}
