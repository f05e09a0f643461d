import type { DefineCommand } from "./command-context.ts";

/** A command by its name and summary; `load` brings the rest of it when it is needed. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly isHidden?: boolean;
  load(): Promise<DefineCommand>;
}

/** Every command, in the order in which help shows them. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: "list",
    summary: "List the runbooks",
    load: async () => (await import("./commands/list.ts")).defineList,
  },
  {
    name: "show",
    summary: "Show a runbook, a section or a step",
    load: async () => (await import("./commands/show.ts")).defineShow,
  },
  {
    name: "plan",
    summary: "Show what a run would do, without doing it",
    load: async () => (await import("./commands/plan.ts")).definePlan,
  },
  {
    name: "run",
    summary: "Run a runbook, a procedure, a section or a step",
    load: async () => (await import("./commands/run.ts")).defineRun,
  },
  {
    name: "resume",
    summary: "Go on with a run that died, failed or was interrupted",
    load: async () => (await import("./commands/resume.ts")).defineResume,
  },
  {
    name: "rollback",
    summary: "Take back what a run did",
    load: async () => (await import("./commands/rollback.ts")).defineRollback,
  },
  {
    name: "runs",
    summary: "Look at past and present runs and their logs",
    load: async () => (await import("./commands/runs.ts")).defineRuns,
  },
  {
    name: "check",
    summary: "Check runbooks without running anything",
    load: async () => (await import("./commands/check.ts")).defineCheck,
  },
  {
    name: "sync",
    summary: "Write runbooks from their scripts, or the other way round",
    load: async () => (await import("./commands/sync.ts")).defineSync,
  },
  {
    name: "tangle",
    summary: "Make a script of a runbook or a procedure",
    load: async () => (await import("./commands/tangle.ts")).defineTangle,
  },
  {
    name: "test",
    summary: "Run documents as tests, each in a folder and a shell of its own",
    load: async () => (await import("./commands/test.ts")).defineTest,
  },
  {
    name: "update",
    summary: "Rewrite what documents expect their steps to print",
    load: async () => (await import("./commands/update.ts")).defineUpdate,
  },
  {
    name: "drill",
    summary: "Rehearse a procedure in a disposable world",
    load: async () => (await import("./commands/drill.ts")).defineDrill,
  },
  {
    name: "site",
    summary: "Build or show the runbooks as a site",
    load: async () => (await import("./commands/site.ts")).defineSite,
  },
  {
    name: "schema",
    summary: "Print a JSON Schema for editors",
    load: async () => (await import("./commands/schema.ts")).defineSchema,
  },
  {
    name: "explain",
    summary: "Explain the code of a problem",
    load: async () => (await import("./commands/explain.ts")).defineExplain,
  },
  {
    name: "completion",
    summary: "Print a completion script for bash, zsh or fish",
    load: async () => (await import("./commands/completion.ts")).defineCompletion,
  },
  {
    name: "__complete",
    summary: "Print completions of one kind, one a line",
    isHidden: true,
    load: async () => (await import("./commands/complete.ts")).defineComplete,
  },
];
