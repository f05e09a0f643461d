import type { FailureAnswer, FailureChoice, FailureQuestion } from "../run/ports.ts";
import type { PromptStreams } from "./prompt-streams.ts";

/**
 * Asks at the terminal what is to become of a step that failed; whoever skips it types a reason.
 *
 * Ctrl-C and Escape stop the run; while a reason is typed, they lead back to the choices. Loads the
 * prompts only when it asks. Writes to the terminal and reads from it.
 */
export async function askFailureChoice(
  question: FailureQuestion,
  streams: PromptStreams,
  by: string,
): Promise<FailureAnswer> {
  const { isCancel, select, text } = await import("@clack/prompts");
  const { escapeText, ...where } = streams;
  for (;;) {
    const answer = await select<FailureChoice>({
      ...where,
      message: `${escapeText(question.text)}\n${question.title}`,
      options: question.choices.map(({ choice, label }) => ({
        value: choice,
        label: escapeText(label),
      })),
    });
    if (isCancel(answer)) return { answer: "abort", by, note: "cancelled" };
    if (answer !== "skip") return { answer, by };
    const reason = await text({
      ...where,
      message: `Why is the step ${escapeText(question.stepId)} skipped? It goes on record.`,
      validate: (words) => ((words ?? "").trim() === "" ? "Type a reason, or Escape." : undefined),
    });
    if (!isCancel(reason)) return { answer, by, note: reason.trim() };
    if (streams.signal.aborted) return { answer: "unavailable" };
  }
}
