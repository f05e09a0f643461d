import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { RunEvent } from "../../src/model/run-event.ts";
import { planFlow } from "../../src/plan/plan-flow.ts";
import { listRollback } from "../../src/run/list-rollback.ts";
import { outlineProcedure } from "../../src/site/runbook-page/outline-procedure.ts";
import type { OutlineItem } from "../../src/site/runbook-page/runbook-page.ts";
import { fence } from "../compile/compile-text.ts";
import { compileTexts, planTexts } from "./plan-texts.ts";

const whole = `# A\n\n${fence("sh id=a undo=b")}${fence("sh id=b")}${fence("sh id=c undo=b")}`;
const divided = `---
title: A
procedures:
  go: { default: true, steps: [section: work, section: more], onFailure: back }
  back: { steps: [section: rollback] }
  named: { steps: [step: a, step: b] }
---

## Work

${fence("sh id=a undo=b")}${fence("sh id=b")}

## More

${fence("sh id=c undo=d")}

## Rollback

${fence("sh id=d")}${fence("sh id=e")}`;
const including = `# I\n\n${fence("sh id=first")}`;
const includer = `---\ntitle: I\n---\n\n<Include runbook="a" id="part" />\n`;

const idsOf = (steps: Plan["undo"] = []): readonly string[] => steps.map(({ id }) => id);

/** The steps of an outline by their ids, whatever they stand in. */
function idsIn(items: readonly OutlineItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === "step") return [item.id];
    return item.kind === "group" ? idsIn(item.items) : [];
  });
}

describe("a step that takes another one back", () => {
  test.each([
    ["is no part of the whole", { a: whole }, "a", ["a", "c"], ["b"]],
    ["nor of the section that it shares with it", { a: divided }, "a", ["a", "c"], ["b", "d"]],
    ["but of another section", { a: divided }, "a:back", ["d", "e"], []],
    ["and of a procedure that names it", { a: divided }, "a:named", ["a", "b"], ["b"]],
    ["and is there by its own name", { a: whole }, "a#b", ["b"], []],
    [
      "with the include that brought it",
      { a: whole, i: includer },
      "i",
      ["part/a", "part/c"],
      ["part/b"],
    ],
    ["where there is none", { i: including }, "i", ["first"], []],
  ])("%s", (_what, texts, target, steps, undo) => {
    const plan = planTexts(texts, target).value;
    expect([idsOf(plan?.steps), idsOf(plan?.undo)]).toEqual([steps, undo]);
    const flow = planFlow(target, compileTexts(texts)).value;
    expect(flow?.entries.map(({ step }) => step.id)).toEqual(steps);
  });

  test("is judged with the plan: a blank in it keeps the plan from being run", () => {
    const text = `# A\n\n${fence("sh id=a undo=b")}${fence("sh id=b", "git revert <commit>")}`;
    expect(planTexts({ a: text }, "a").diagnostics.map(({ code }) => code)).toEqual([
      "placeholder",
    ]);
  });

  test.each([
    [whole, "all"],
    [divided, "go"],
    [divided, "back"],
    [divided, "named"],
  ])("is where the page has it: %#", (text, name) => {
    const runbooks = compileTexts({ a: text });
    const runbook = runbooks.get("a")?.value;
    const procedure = runbook?.procedures.find((one) => one.name === name);
    if (runbook === undefined || procedure === undefined) throw new Error("it has no procedure");
    const outline = outlineProcedure(procedure, runbook, runbook, { base: "/", runbooks });
    const plan = planTexts({ a: text }, name === "all" ? "a" : `a:${name}`).value;
    expect(idsIn(outline)).toEqual(idsOf(plan?.steps));
  });
});

describe("a rollback", () => {
  const ended = (stepId: string, outcome: "passed" | "failed"): RunEvent => {
    const at = { seq: 1, time: "", phase: "main", durationMs: 1 } as const;
    return { type: "step-ended", stepId, outcome, ...at };
  };
  const list = (text: string, ...events: readonly RunEvent[]) => {
    const plan = planTexts({ a: text }, "a").value;
    if (plan === undefined) throw new Error("it has no plan");
    return listRollback(plan, events)?.steps.map(({ number, id }) => `${number} ${id}`);
  };

  test("takes back what has passed, the last first, and then does what the procedure names", () => {
    expect(list(divided, ended("a", "passed"), ended("c", "passed"))).toEqual([
      "1 d",
      "2 b",
      "3 e",
    ]);
    expect(list(divided, ended("a", "passed"), ended("c", "failed"))).toEqual([
      "1 b",
      "2 d",
      "3 e",
    ]);
  });

  test("does a step once, and is none where nothing is to be done", () => {
    expect(list(whole, ended("a", "passed"), ended("c", "passed"))).toEqual(["1 b"]);
    expect(list(whole, ended("a", "failed"))).toBeUndefined();
  });
});
