import type { Runbook, Step } from "../model/runbook.ts";
import type { StepWrite } from "./write-expectations.ts";

/**
 * Says what is different in a document that was written anew beside what was to be; undefined where nothing is.
 *
 * No I/O.
 *
 * @example "step push would have another script"
 */
export function findDamage(
  before: Runbook,
  after: Runbook,
  writes: ReadonlyMap<string, StepWrite>,
): string | undefined {
  if (before.steps.length !== after.steps.length) return "the document would have other steps";
  for (const [index, old] of before.steps.entries()) {
    const fresh = after.steps[index];
    if (fresh === undefined || fresh.id !== old.id || fresh.kind !== old.kind) {
      return "the document would have other steps";
    }
    const change = findChange(old, fresh, writes.get(old.id));
    if (change !== undefined) return `step ${old.id} would have ${change}`;
  }
  const others = (runbook: Runbook): string =>
    JSON.stringify([
      runbook.title,
      runbook.frontMatter,
      runbook.sections.map(({ id, title, depth, parentId }) => [id, title, depth, parentId]),
    ]);
  return others(before) === others(after) ? undefined : "the document would have other sections";
}

function findChange(old: Step, fresh: Step, write: StepWrite | undefined): string | undefined {
  const place = (step: Step): string =>
    JSON.stringify([step.title, step.sectionPath, step.conditions]);
  if (place(old) !== place(fresh)) return "another place";
  if (old.kind !== "command" || fresh.kind !== "command") {
    // Where it stands may be another line by now.
    const rest = (step: Step): string => JSON.stringify({ ...step, span: undefined });
    return rest(old) === rest(fresh) ? undefined : "another text";
  }
  if (old.script !== fresh.script || old.language !== fresh.language) return "another script";
  const { text: wanted, exitCode } = write ?? {};
  const text = wanted ?? old.expectation?.text;
  if (fresh.expectation?.text !== text) return "other expected output";
  const { match, stream, ansi } = fresh.expectation ?? {};
  const hasOther =
    old.expectation !== undefined &&
    (match !== old.expectation.match ||
      stream !== old.expectation.stream ||
      ansi !== old.expectation.ansi);
  if (hasOther) return "its output compared otherwise";
  const { exit, ...attributes } = fresh.attributes;
  const { exit: oldExit, ...oldAttributes } = old.attributes;
  if (JSON.stringify(attributes) !== JSON.stringify(oldAttributes)) return "other attributes";
  const codes = exitCode === undefined ? (oldExit ?? [0]) : [exitCode];
  if (JSON.stringify(exit ?? [0]) === JSON.stringify(codes)) return undefined;
  // A line that says the exit code says one of those that the fence accepts.
  const isOne = exit !== "any" && exit?.every((code) => codes === "any" || codes.includes(code));
  return wanted !== undefined && isOne === true ? undefined : "another exit code";
}
