import * as z from "zod";

/**
 * One kind of finding that is known, and how often it is there; `path` is empty where no file is to
 * blame.
 *
 * `line` names the text of the line that is blamed without repeating it, which may be a secret: the
 * first 16 hexadecimal digits of its SHA-256, white space around it aside; empty without a line.
 */
export const baselineEntrySchema = z.strictObject({
  path: z.string(),
  code: z.string().min(1),
  message: z.string(),
  line: z.string().regex(/^(?:[0-9a-f]{16})?$/u),
  count: z.int().min(1),
});

/** `runbooks/.baseline.json`: findings that were there before and are not told. */
export const baselineSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    findings: z.array(baselineEntrySchema),
  })
  .describe("Findings that Opswright's check knows and does not tell");

export type BaselineEntry = z.output<typeof baselineEntrySchema>;
export type Baseline = z.output<typeof baselineSchema>;
