import type { TestedStep } from "../model/document-test.ts";
import type { StepEvidence } from "../model/expectation-update.ts";
import type { Plan } from "../model/plan.ts";
import type { RunSecrets } from "../run/create-run-secrets.ts";
import type { InspectResult } from "../run/run-context.ts";

/** Keeps what the steps of a run print. */
export interface OutputKeeper {
  /** Looks at the results of a run with these secrets: output that still holds one of them is not kept. */
  inspectWith(secrets: Pick<RunSecrets, "known">): InspectResult;
  /** How the steps of a plan that have ended did so, with what they printed in their last attempt. */
  list(plan: Plan, ended: ReadonlyMap<string, TestedStep>): readonly StepEvidence[];
}

/** More is not written into a document. */
const mostBytes = 256 * 1024;

type Kept = Pick<StepEvidence, "output" | "outputBytes" | "heldSecret" | "matched">;

/** Makes a keeper of outputs that are no longer than what is written into a document. */
export function createOutputKeeper(): OutputKeeper {
  const kept = new Map<string, Kept>();
  return {
    inspectWith:
      (secrets) =>
      async ({ id, expectation }, result, { matched }) => {
        const stream = expectation?.stream === "stderr" ? "stderr" : "stdout";
        const outputBytes = stream === "stderr" ? result.stderrBytes : result.stdoutBytes;
        const isShort = result.ended === "exited" && outputBytes <= mostBytes;
        const output = isShort ? await result.readOutput(stream, mostBytes) : undefined;
        // Those that are too short to be taken out are in it.
        const text = new TextDecoder().decode(output);
        const heldSecret = secrets.known.find(({ value }) => text.includes(value))?.name;
        kept.set(id, {
          output: heldSecret === undefined ? output : undefined,
          outputBytes,
          heldSecret,
          matched,
        });
      },
    list: ({ steps }, ended) =>
      steps.flatMap(({ id, runbook, title, path, line }): readonly StepEvidence[] => {
        const { outcome, exitCode, reason } = ended.get(id) ?? { outcome: "pending" };
        if (outcome === "pending") return [];
        const own = kept.get(id) ?? { outputBytes: 0 };
        const place = { stepId: id, runbook, title, path, line };
        return [{ ...place, outcome, exitCode, reason, ...own }];
      }),
  };
}
