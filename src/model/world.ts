import * as z from "zod";
import { toolSchema } from "./front-matter.ts";
import { givenAnswerSchema } from "./given-answer.ts";
import { localTarget } from "./local-target.ts";
import { targetNameSchema, targetSchema } from "./target.ts";

const variables = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
  z.union([z.string(), z.number(), z.boolean()]),
);

/** One rehearsal: which procedure, with which values, and how it must end. */
export const worldCaseSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  target: z.string().min(1).describe("runbook or runbook:procedure"),
  summary: z.string().optional(),
  inputs: variables
    .optional()
    .describe(
      "Values, those of secrets too; ${NAME} is replaced from the world's environment, and a secret that is not here has its value there",
    ),
  environment: variables.optional(),
  prepare: z.string().optional().describe("A program of the world, run after setup"),
  verify: z
    .string()
    .optional()
    .describe("A program of the world, run after the procedure; its exit code is the verdict"),
  expect: z
    .strictObject({
      outcome: z.enum(["completed", "rolled-back", "failed"]).default("completed"),
      step: z.string().optional().describe("The step that must be the one that fails"),
    })
    .optional(),
});

/** `world.yaml`: a disposable environment in which a runbook's commands are real. */
export const worldSchema = z
  .strictObject({
    title: z.string().min(1),
    summary: z.string().optional(),
    dir: z.string().default(".").describe("Where sessions start, relative to the world"),
    requires: z.record(z.string(), toolSchema).optional(),
    provision: z.string().optional().describe("The command that installs what is missing"),
    setup: z.string(),
    teardown: z.string(),
    standIns: z
      .record(z.string(), z.string())
      .optional()
      .describe("Programs in bin/ that replace real ones, and how"),
    environment: variables.optional(),
    targets: z
      .record(targetNameSchema, z.union([z.literal(localTarget), targetSchema]))
      .optional()
      .describe(
        "What stands in for each target: `local`, a shell of its own in the world, or another",
      ),
    allow: z.array(z.enum(["destructive"])).optional(),
    answers: z
      .strictObject({
        manual: z.enum(["done", "ask"]).default("done"),
        steps: z
          .record(z.string(), z.union([givenAnswerSchema, z.strictObject({ run: z.string() })]))
          .optional(),
      })
      .optional(),
    cases: z.array(worldCaseSchema).min(1),
  })
  .describe("A world for drills");

export type WorldDefinition = z.output<typeof worldSchema>;
export type WorldCase = z.output<typeof worldCaseSchema>;
