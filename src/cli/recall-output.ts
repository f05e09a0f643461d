import { readStepOutput } from "../node/read-step-output.ts";
import { addStepOutput } from "../run/output-tail.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";

/**
 * Fills in what the steps of a run printed where nobody has seen it come, in place: standard output
 * first, then standard error. Reads the run's folder.
 */
export async function recallOutput(progress: RunProgress, directory: string): Promise<void> {
  for (const step of progress.steps) {
    if (step.attempts === 0 || step.outputLength > 0) continue;
    for await (const { text } of readStepOutput(directory, step)) addStepOutput(step, text);
  }
}
