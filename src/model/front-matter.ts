import * as z from "zod";

const durationText = z
  .string()
  .regex(/^(?:\d+(?:ms|s|m|h|d)\s*)+$/, "a duration such as 30s, 10m or 1h30m")
  .describe("A duration: 500ms, 30s, 10m, 1h30m, 90d");
const durationRange = z
  .string()
  .regex(/^\d+(?:s|m|h|d)(?:\.\.\d+(?:s|m|h|d))?$/, "a duration or a range such as 5m..15m");
const isoDate = z.iso.date().describe("A date: 2026-02-03");
const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a name that a shell variable can have");
const stepOrSectionId = z.string().min(1);

/** The types that an input can have. */
export const inputTypes = [
  "string",
  "int",
  "number",
  "bool",
  "enum",
  "url",
  "path",
  "git-ref",
  "duration",
  "date",
  "secret",
  "list",
] as const;

/** Where the value of a secret is read where nothing else gives it: one of the two. */
const secretSourceSchema = z
  .strictObject({
    command: z
      .string()
      .min(1)
      .optional()
      .describe("A command run by bash; the first line that it prints is the value"),
    file: z
      .string()
      .min(1)
      .optional()
      .describe(
        "A file, from the root unless it begins with /, ~ or $HOME; its text without the last line end is the value",
      ),
  })
  .refine(({ command, file }) => (command === undefined) !== (file === undefined), {
    error: "either `command` or `file`, and not both",
    // Of a mistyped key the name is told, and not what it leaves missing.
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1, maxProperties: 1 });
const secretFrom = z.union([z.string().min(1), secretSourceSchema]);

/** One value that the reader supplies. */
export const inputSchema = z
  .strictObject({
    type: z.enum(inputTypes).default("string").describe("What the value must be"),
    description: z.string().optional().describe("What a person reads when asked for it"),
    required: z.boolean().optional().describe("No default, and a run stops without it"),
    default: z
      .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
      .optional()
      .describe("The value where none is given"),
    choices: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .optional(),
    pattern: z.string().optional().describe("A regular expression for the whole value"),
    min: z.number().optional(),
    max: z.number().optional(),
    from: secretFrom
      .optional()
      .describe(
        "Of a secret, where its value is read right before a run: a command, {command: …} or {file: …}; of others, a command whose lines are the choices",
      ),
    example: z.union([z.string(), z.number()]).optional(),
  })
  .superRefine(({ type, from, default: value }, context) => {
    if (from === undefined) return;
    if (type !== "secret" && typeof from !== "string") {
      const message = `a command whose lines are the choices; only an input of type \`secret\` is read from a source`;
      context.addIssue({ code: "custom", path: ["from"], message });
    } else if (type === "secret" && value !== undefined) {
      const message = "it stands beside `default`, and only one of them can give the value";
      context.addIssue({ code: "custom", path: ["from"], message });
    }
  })
  .describe("An input, seen by commands as an environment variable of the same name");

/** A program that the runbook's commands need. */
export const toolSchema = z
  .strictObject({
    version: z.string().optional().describe('A semver range such as ">=2.30"'),
    install: z.string().optional().describe("How to install it; shown, never run"),
    probe: z
      .string()
      .optional()
      .describe("The command that prints the version; default: TOOL --version"),
    optional: z
      .boolean()
      .optional()
      .describe("Its absence is told, and stops only the steps that name it"),
  })
  .describe("A program and the versions that will do");

/** One environment variable of a contract. */
export const contractVariableSchema = z
  .strictObject({
    required: z
      .union([z.boolean(), z.string()])
      .default(true)
      .describe("true, false, or for what: `for documents`, `recommended`"),
    secret: z.boolean().default(false),
    from: secretFrom
      .optional()
      .describe("Where a secret of the operator's own environment is read where it is not set"),
    description: z.string().optional(),
    choices: z.array(z.string()).optional(),
  })
  .refine(({ secret, from }) => secret || from === undefined, {
    path: ["from"],
    error: "there only with `secret: true`",
  });

/** The environment variables that a place must have. */
export const contractSchema = z
  .strictObject({
    description: z.string().optional(),
    probe: z
      .string()
      .optional()
      .describe(
        "A command that prints NAME=value lines; without it, the operator's own environment",
      ),
    variables: z.record(environmentName, contractVariableSchema),
  })
  .superRefine(({ probe, variables }, context) => {
    if (probe === undefined) return;
    for (const [name, { from }] of Object.entries(variables)) {
      if (from === undefined) continue;
      const message = "there only without `probe`, which tells of another place's environment";
      context.addIssue({ code: "custom", path: ["variables", name, "from"], message });
    }
  });

type ProcedureEntryInput =
  | { section: string }
  | { step: string }
  | { procedure: string }
  | { include: string }
  | { choose: string; when: Record<string, ProcedureEntryInput[]> };

/** One line of a procedure. */
export const procedureEntrySchema: z.ZodType<ProcedureEntryInput> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ section: stepOrSectionId }),
      z.strictObject({ step: stepOrSectionId }),
      z.strictObject({ procedure: z.string().min(1) }),
      z.strictObject({ include: z.string().min(1) }),
      z.strictObject({
        choose: environmentName,
        when: z.record(z.string(), z.array(procedureEntrySchema)),
      }),
    ],
    {
      error:
        "one of {section: ID}, {step: ID}, {procedure: NAME}, {include: RUNBOOK:PROCEDURE}, {choose: INPUT, when: {VALUE: […]}}",
    },
  ),
);

/** A named, ordered list of what is run together. */
export const procedureSchema = z.strictObject({
  title: z.string().optional(),
  summary: z.string().optional(),
  default: z.boolean().optional(),
  steps: z.array(procedureEntrySchema).min(1),
  onFailure: z.string().optional().describe("The procedure that is run when this one fails"),
  contracts: z
    .array(z.string())
    .optional()
    .describe("The contracts that must hold before it starts; default: all of the runbook's"),
});

/** Front matter of an `.mdx` runbook; for `.md` only the keys that are there are checked. */
export const frontMatterSchema = z
  .strictObject({
    title: z.string().min(1).describe("What the runbook is called"),
    summary: z.string().optional(),
    owner: z.string().optional().describe("The team that answers for it; required when active"),
    contacts: z.array(z.strictObject({ role: z.string(), contact: z.string() })).optional(),
    status: z.enum(["draft", "active", "deprecated"]).optional(),
    version: z.string().optional(),
    created: isoDate.optional(),
    reviewed: isoDate.optional(),
    reviewEvery: durationText.optional(),
    estimate: z.union([durationRange, z.record(z.string(), durationRange)]).optional(),
    tags: z.array(z.string()).optional(),
    services: z.array(z.string()).optional(),
    severity: z.enum(["sev1", "sev2", "sev3", "sev4", "sev5"]).optional(),
    alerts: z.array(z.string()).optional(),
    timeout: durationText.optional().describe("The default for each step"),
    tools: z.record(z.string(), toolSchema).optional(),
    inputs: z.record(environmentName, inputSchema).optional(),
    contracts: z.record(z.string(), contractSchema).optional(),
    procedures: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), procedureSchema).optional(),
    extra: z.record(z.string(), z.unknown()).optional().describe("A team's own keys"),
  })
  .describe("Front matter of an Opswright runbook");

/** The name of an input's type: `git-ref`. */
export type InputType = (typeof inputTypes)[number];
export type InputDefinition = z.output<typeof inputSchema>;
/** What stands in `from`: `pass show db`, `{ command: "pass show db" }` or `{ file: "~/.db" }`. */
export type SecretFrom = z.output<typeof secretFrom>;
export type ToolDefinition = z.output<typeof toolSchema>;
export type ContractDefinition = z.output<typeof contractSchema>;
/** One line of a procedure as front matter has it: `{ section: "checklist" }`. */
export type ProcedureEntry = ProcedureEntryInput;
export type ProcedureDefinition = z.output<typeof procedureSchema>;
export type FrontMatter = z.output<typeof frontMatterSchema>;
