import * as z from "zod";
import { defaultConfiguration } from "./default-configuration.ts";

const { site: defaults } = defaultConfiguration;

/** A colour that needs no other file: `#0a5a78`. */
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, "a colour such as #0a5a78");
/** Only what is loaded as a page: no `javascript:`. */
const webAddress = z.url({ protocol: /^https?$/ });
/** A web address in which the parts in braces are filled: no `javascript:` either. */
const addressPattern = z
  .string()
  .regex(/^https?:\/\/\S+$/, "an address such as https://example.org/{path}");

/** How the site of a project's runbooks is built; every key has a default. */
export const siteConfigurationSchema = z
  .strictObject({
    title: z.string().min(1).default(defaults.title).describe("What the site is called"),
    base: z
      .string()
      .regex(/^\/(?:[A-Za-z0-9._~-]+\/?)*$/, "a path such as /runbooks")
      .default(defaults.base)
      .describe("The path below which the site is served"),
    url: webAddress
      .optional()
      .describe("Where the site is published: `https://runbooks.example.org`; its feed needs it"),
    logo: z
      .string()
      .min(1)
      .optional()
      .describe("A picture (svg, png) for the header, relative to the root"),
    accent: z
      .strictObject({ light: colour, dark: colour })
      .optional()
      .describe("The colour of links and buttons, by day and by night"),
    links: z
      .array(z.strictObject({ title: z.string().min(1), href: webAddress }))
      .default(defaults.links)
      .describe("More links in the header: a status page, the incident channel"),
    editUrl: addressPattern
      .optional()
      .describe("Where a runbook is edited: `https://example.org/edit/main/{path}`"),
    reportUrl: addressPattern
      .optional()
      .describe("Where a problem is reported: `https://example.org/issues/new?title={title}`"),
    runs: z
      .boolean()
      .default(defaults.runs)
      .describe("Whether past runs are shown, with who ran them"),
    outDir: z
      .string()
      .min(1)
      .default(defaults.outDir)
      .describe("Where the built site goes, relative to the root"),
  })
  .describe("The documentation site of a project's runbooks");

/** How the site of a project's runbooks is built. */
export type SiteConfiguration = z.output<typeof siteConfigurationSchema>;
