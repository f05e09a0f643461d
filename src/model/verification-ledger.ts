import * as z from "zod";

/** How a step was verified: in production or on the operator's machine, in a world, by a replay. */
const verificationWaySchema = z
  .string()
  .regex(/^(?:live|replay|world:[^\s:]+)$/)
  .describe("`live`, `replay` or `world:NAME`");

/** The last time that a step was run and passed. */
const verificationSchema = z.strictObject({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Of what the step did then; see `digestStep`"),
  verifiedAt: z.iso.datetime().describe("When the run ended, in UTC: 2026-02-03T14:07:00Z"),
  how: verificationWaySchema,
  target: z.string().min(1).describe("What was run: `deployment:deploy`"),
  tools: z
    .record(z.string(), z.string())
    .optional()
    .describe("Versions of the tools that the step names and its runbook declares"),
});

/** `runbooks/.verified.json`: by runbook's id and step's id; written by drills and runs alone. */
export const verificationLedgerSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    runbooks: z.record(z.string(), z.record(z.string(), verificationSchema)),
  })
  .describe("What of the runbooks was run and passed, and when");

/** One entry of the ledger. */
export type Verification = z.output<typeof verificationSchema>;
/** All of them, by the ids of runbook and step. */
export type VerificationLedger = z.output<typeof verificationLedgerSchema>;

/** The ledger's name in the folder of runbooks. */
export const ledgerFileName = ".verified.json";
