import * as z from "zod";
import { defaultConfiguration as defaults } from "./default-configuration.ts";
import { siteConfigurationSchema } from "./site-configuration.ts";
import { targetNameSchema, targetSchema } from "./target.ts";

const glob = z.string().min(1);

/** A part of the repository, or another repository's copy in it, that some runbooks speak of. */
export const subjectSchema = z.strictObject({
  runbooks: z
    .union([glob, z.array(glob).min(1)])
    .describe("Ids of the runbooks, or patterns of them: `deployment`, `payments/**`"),
  folder: z.string().describe("Where their commands start, relative to the root"),
  branches: z.array(z.string()).optional().describe("Branches, where git does not tell them here"),
  remotes: z.array(z.string()).optional().describe("Remotes, where git does not tell them here"),
});

/** Observers that start other programs; see `observe`. */
export const observers = ["shellcheck", "help", "commands"] as const;

/** `opswright.config.json` (or `.ts`, or `package.json#opswright`); every key has a default. */
export const configurationSchema = z
  .strictObject({
    root: z
      .string()
      .default(defaults.root)
      .describe("The repository's root, relative to the configuration"),
    runbooks: z
      .string()
      .default(defaults.runbooks)
      .describe("The folder of runbooks, relative to the root"),
    scripts: z.string().default(defaults.scripts),
    worlds: z.string().default(defaults.worlds),
    tests: z
      .array(z.string().min(1))
      .default(defaults.tests)
      .describe(
        "Documents and folders of them that `opswright test` runs where it is given none, relative to the root",
      ),
    subjects: z
      .array(subjectSchema)
      .default(defaults.subjects)
      .describe("What runbooks speak of; without an entry, the repository itself"),
    rules: z
      .record(z.string(), z.enum(["off", "info", "warning", "error"]))
      .default(defaults.rules)
      .describe("Severities of rules and findings by their code"),
    observe: z
      .array(z.enum(["shellcheck", "help"]))
      .default(defaults.observe)
      .describe("Installed programs that a check asks: shellcheck, or tools for their --help"),
    facts: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), z.strictObject({ run: z.string().min(1) }))
      .default(defaults.facts)
      .describe("Commands that print facts; run only by `check --observe commands`"),
    targets: z
      .record(targetNameSchema, targetSchema)
      .default(defaults.targets)
      .describe("Where steps with `on=NAME` run; $NAME in them is the value of an input"),
    baseline: z
      .string()
      .default(defaults.baseline)
      .describe("Findings that were there before and are not told"),
    runs: z.string().default(defaults.runs).describe("Where runs keep their journals"),
    site: siteConfigurationSchema.prefault({}),
  })
  .describe("Opswright's configuration");

export type SubjectDefinition = z.output<typeof subjectSchema>;
/** The name of an observer: `shellcheck`. */
export type ObserverName = (typeof observers)[number];
export type Configuration = z.output<typeof configurationSchema>;
