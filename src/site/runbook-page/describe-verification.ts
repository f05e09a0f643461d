import type {
  Freshness,
  RunbookVerification,
  StepVerification,
} from "../overview/project-overview.ts";

/** A verdict in words, and how loud it is. */
export interface Verdict {
  readonly tone: "good" | "part" | "bad" | "plain";
  readonly words: string;
  readonly detail: string;
}

/**
 * Says how far a runbook can be trusted by what was run of it. No I/O.
 *
 * @example { tone: "good", words: "Verified", detail: "2026-11-26, in the world unioncore, all 9 commands" }
 */
export function describeVerification(verification: RunbookVerification): Verdict {
  const { state, verifiedCount, stepCount, verifiedAt, ways } = verification;
  if (stepCount === 0) return { tone: "plain", words: "Nothing to verify", detail: "no commands" };
  const commands = stepCount === 1 ? "the one command" : `all ${stepCount} commands`;
  const when = [verifiedAt?.slice(0, 10), ...ways.map(describeWay)].filter(Boolean).join(", ");
  switch (state) {
    case "whole":
      return { tone: "good", words: "Verified", detail: `${when}, ${commands}` };
    case "partial":
      return {
        tone: "part",
        words: `${verifiedCount} of ${stepCount} verified`,
        detail: `last ${when}`,
      };
    case "stale":
      return { tone: "bad", words: "Changed since verified", detail: `it passed ${when}` };
    case "none":
      return {
        tone: "plain",
        words: "Never verified",
        detail: "no run or drill of it is on record",
      };
  }
}

/** Says when a step passed, and whether it has changed since: "passed 2026-11-26 in the world x". No I/O. */
export function describeStepVerification({ verifiedAt, how, isCurrent }: StepVerification): string {
  const passed = `passed ${verifiedAt.slice(0, 10)} ${describeWay(how)}`;
  return isCurrent ? passed : `changed since it ${passed}`;
}

/**
 * Says whether a review is due. No I/O.
 *
 * @example { tone: "part", words: "Review overdue", detail: "since 2026-05-04, last 2026-02-03" }
 */
export function describeFreshness({ reviewed, due, isOverdue }: Freshness): Verdict | undefined {
  if (reviewed === undefined) return undefined;
  if (isOverdue) {
    return { tone: "part", words: "Review overdue", detail: `since ${due}, last ${reviewed}` };
  }
  const next = due === undefined ? "" : `next by ${due}`;
  return { tone: "plain", words: `Reviewed ${reviewed}`, detail: next };
}

function describeWay(how: string): string {
  if (how.startsWith("world:")) return `in the world ${how.slice("world:".length)}`;
  return how === "live" ? "live" : `by ${how}`;
}
