import type { CommandStep } from "../../src/model/runbook.ts";
import { compileText, fence, mdx } from "../compile/compile-text.ts";

/** The step of a strict runbook that consists of one block; `info` is what stands behind its fence. */
export function readCommandStep(script: string, info = "bash"): CommandStep {
  const [step] = compileText(mdx(fence(info, script))).value?.steps ?? [];
  if (step?.kind !== "command") throw new Error(`There is no command in ${script}.`);
  return step;
}
