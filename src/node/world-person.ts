import { listSteps } from "../plan/list-steps.ts";
import type { Plan } from "../model/plan.ts";
import type { WorldDefinition } from "../model/world.ts";
import { giveAnswer } from "../run/give-answer.ts";
import type { Person } from "../run/ports.ts";
import type { RaisedWorld } from "./raised-world.ts";

/**
 * Answers a rehearsal's questions as the world says: with "done" and "yes", with another answer given
 * beforehand, or by the exit code of one of the world's programs.
 *
 * Answers are looked up by `runbook#step-id`. What the world does not answer is asked of `fallback`.
 * Runs the world's programs.
 */
export function createWorldPerson(
  plan: Plan,
  definition: WorldDefinition,
  world: RaisedWorld,
  fallback: Person,
): Person {
  const steps = listSteps(plan);
  return {
    async confirm(question, withdrawn) {
      if (question.kind === "destructive") return fallback.confirm(question, withdrawn);
      if (question.kind === "rollback") return { answer: "yes", by: "world" };
      if (question.kind !== "manual" && question.kind !== "confirm") {
        return { answer: "unavailable" };
      }
      const step = steps.find(({ id }) => id === question.stepId);
      const key = `${step?.runbook ?? ""}#${question.stepId?.split("/").at(-1) ?? ""}`;
      const answer = definition.answers?.steps?.[key];
      if (answer === undefined) {
        const isAsked = question.kind === "manual" && definition.answers?.manual === "ask";
        return isAsked ? fallback.confirm(question, withdrawn) : { answer: "yes", by: "world" };
      }
      if (typeof answer === "string" || "answer" in answer) {
        return giveAnswer(question, answer, "world") ?? fallback.confirm(question, withdrawn);
      }
      const { exitCode, output } = await world.runProgram(answer.run);
      const note = output.trim().split("\n").at(-1) ?? "";
      const by = `world: ${answer.run}`;
      return {
        answer: exitCode === 0 ? "yes" : "failed",
        by,
        note: note === "" ? undefined : note,
      };
    },
  };
}
