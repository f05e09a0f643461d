import type { PlannedStep } from "../model/plan.ts";
import type { RunPhase } from "../model/run-event.ts";

/**
 * The key of a step's script, and so the name of its files in the run's folder.
 *
 * It sorts in the order of the run, begins with the phase (but for the main one) and the step's
 * number in three digits or more, which no other step of the run shares, and says which step it is;
 * what cannot stand in a file's name, such as the `/` of included steps, becomes a dot. A second attempt
 * has its number behind the step's. No I/O.
 *
 * @example nameScriptKey({ number: 2, id: "backup/dump" }, "main") === "002-backup.dump"
 * @example nameScriptKey({ number: 1, id: "revert" }, "rollback") === "rollback-001-revert"
 * @example nameScriptKey({ number: 1, id: "push" }, "main", 2) === "001.2-push"
 */
export function nameScriptKey(
  step: Pick<PlannedStep, "number" | "id">,
  phase: RunPhase,
  attempt = 1,
): string {
  const again = attempt === 1 ? "" : `.${attempt}`;
  const number = `${String(step.number).padStart(3, "0")}${again}`;
  const id = step.id.replaceAll(/[^A-Za-z0-9._-]/g, ".").slice(0, 150);
  return phase === "main" ? `${number}-${id}` : `${phase}-${number}-${id}`;
}
