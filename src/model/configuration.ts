import { z } from "zod";

/** `opswright.config.json` (or `.ts`, or `package.json#opswright`); every key has a default. */
export const configurationSchema = z
  .strictObject({
    root: z.string().default(".").describe("The repository's root, relative to the configuration"),
    runbooks: z
      .string()
      .default("runbooks")
      .describe("The folder of runbooks, relative to the root"),
    scripts: z.string().default("scripts"),
    worlds: z.string().default("runbooks/_worlds"),
    runs: z.string().default(".opswright/runs").describe("Where runs keep their journals"),
  })
  .describe("Opswright's configuration");

export type Configuration = z.output<typeof configurationSchema>;
