import path from "node:path";
import type { Root } from "hast";
import { select, selectAll } from "hast-util-select";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { escapeControlCharacters } from "../../src/report/sanitise-terminal-text.ts";
import { attributeOf, buildSite, readSteps, type BuiltSite } from "./build-site.ts";
import { startProgramLine, type ProgramLine } from "../cli/run-in-turn.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const timeoutMs = 600_000;

let program: ProgramLine;

beforeAll(() => {
  program = startProgramLine();
});

afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
});

/** A step as `opswright plan --json` has it, as far as a page shows it. */
interface PlannedStep {
  readonly id: string;
  readonly runbook: string;
  readonly kind: "command" | "manual";
  readonly title: string;
  readonly script?: string;
  readonly risk?: { readonly level: string };
  readonly expectation?: { readonly text: string };
}

interface Plan {
  readonly steps: readonly PlannedStep[];
}

interface ListedRunbook {
  readonly id: string;
  readonly procedures: readonly string[];
}

/** A runbook as `opswright show --json` has it. */
interface ShownRunbook {
  readonly steps: readonly { readonly id: string; readonly conditions: readonly string[] }[];
  readonly procedures: readonly { readonly name: string; readonly steps: unknown }[];
}

/** What the program prints as JSON; a runbook with problems has a plan all the same. */
async function ask(root: string, ...args: readonly string[]): Promise<unknown> {
  const options = ["--json", "--no-config", "--root", root];
  const { stdout } = await program.run({ directory: root, environment: {} }, [...args, ...options]);
  return JSON.parse(stdout);
}

async function askPlan(root: string, target: string, ...inputs: readonly string[]): Promise<Plan> {
  const answer = (await ask(root, "plan", target, ...inputs)) as { plan: Plan | null };
  if (answer.plan === null) throw new Error(`${target} has no plan.`);
  return answer.plan;
}

/** The plans of a procedure as it stands, and with each alternative in place of the preset one. */
async function askPlans(
  root: string,
  target: string,
  alternatives: readonly (readonly string[])[],
): Promise<readonly Plan[]> {
  const preset = await askPlan(root, target);
  const others = merge(alternatives).map((values) => values.flatMap((one) => ["--input", one]));
  const plans = [preset];
  for (const inputs of others) plans.push(await askPlan(root, target, ...inputs));
  return plans;
}

function nameOf(value: string): string {
  return value.split("=")[0] ?? "";
}

/** Takes together what can be chosen together, so that few plans show every alternative. */
function merge(alternatives: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const merged: (readonly string[])[] = [];
  for (const values of alternatives) {
    const at = merged.findIndex((others) =>
      others.every(
        (other) =>
          values.includes(other) || values.every((value) => nameOf(value) !== nameOf(other)),
      ),
    );
    if (at === -1) merged.push(values);
    else merged.splice(at, 1, [...new Set([...(merged[at] ?? []), ...values])]);
  }
  return merged;
}

/**
 * What must be chosen for each step of a procedure to be done: `["METHOD=manual", "LINK=true"]`.
 *
 * The procedure's own choices are known from the program, those within its sections by the steps
 * that its page lists: if the page lacked those, it would lack the preset ones too.
 */
function listAlternatives(
  { steps, procedures }: ShownRunbook,
  procedure: string,
  listed: readonly string[],
): readonly (readonly string[])[] {
  const entries = JSON.stringify(procedures.find(({ name }) => name === procedure)?.steps);
  const choices = new Set([...entries.matchAll(/"input":"(\w+)"/g)].map(([, name]) => name));
  const all = steps
    .filter(
      ({ id, conditions }) =>
        listed.includes(id) || conditions.some((one) => choices.has(nameOf(valueOf(one)))),
    )
    .map(({ conditions }) => conditions.map(valueOf).join("\n"));
  return [...new Set(all)].filter((one) => one !== "").map((one) => one.split("\n"));
}

/** The value that makes a condition true: `LINK=true` of `LINK`, `LINK=false` of `not LINK`. */
function valueOf(condition: string): string {
  if (condition.startsWith("not ")) return `${condition.slice("not ".length)}=false`;
  return condition.includes("=") ? condition : `${condition}=true`;
}

function squeeze(text: string): string {
  return escapeControlCharacters(text).replace(/\s+/g, " ").trim();
}

function expectedOf(step: PlannedStep): object {
  const isCommand = step.kind === "command";
  return {
    id: step.id.split("/").at(-1),
    sort: step.kind,
    risk: isCommand ? step.risk?.level : "",
    title: squeeze(step.title),
    script: isCommand ? escapeControlCharacters(step.script ?? "") : undefined,
    expectation:
      step.expectation === undefined ? undefined : escapeControlCharacters(step.expectation.text),
  };
}

function pageOf(site: BuiltSite, id: string): Root {
  const page = site.pages.get(`/runbooks/${id}/`);
  if (page === undefined) throw new Error(`No page for ${id}: ${[...site.pages.keys()].join(" ")}`);
  return page;
}

/** By page: each is asked for the steps of many plans. */
const stepsOfPages = new WeakMap<Root, ReturnType<typeof readSteps>>();

function stepsOf(page: Root): ReturnType<typeof readSteps> {
  const steps = stepsOfPages.get(page) ?? readSteps(page);
  stepsOfPages.set(page, steps);
  return steps;
}

/** The step as its runbook's page shows it, wherever it is planned. */
function shownOf(site: BuiltSite, step: PlannedStep): object | undefined {
  const id = step.id.split("/").at(-1);
  const shown = stepsOf(pageOf(site, step.runbook)).find((one) => one.id === id);
  if (shown === undefined) return undefined;
  const { anchor: _anchor, title, risk, ...rest } = shown;
  // What a person does has no risk in a plan; the page may say what it likes.
  return { ...rest, risk: shown.sort === "command" ? risk : "", title: squeeze(title) };
}

/** The ids of a procedure's own steps, in the order in which its page lists them. */
function listedSteps(page: Root, procedure: string): readonly string[] {
  const map = select(`[data-procedure="${procedure}"]`, page);
  if (map === undefined) throw new Error(`The page shows no procedure ${procedure}.`);
  return selectAll("[data-outline]", map).map((link) => attributeOf(link, "dataOutline"));
}

/** The steps that a list has in this order; a step of two alternatives is listed in both. */
function inOrderOf(listed: readonly string[], steps: readonly string[]): readonly string[] {
  let at = 0;
  return steps.filter((step) => {
    const found = listed.indexOf(step, at);
    if (found !== -1) at = found + 1;
    return found !== -1;
  });
}

/** Compares every procedure of every runbook; says how many steps that were. */
async function compareAll(root: string): Promise<number> {
  const site = await buildSite(root);
  try {
    const { runbooks } = (await ask(root, "list")) as { runbooks: readonly ListedRunbook[] };
    let count = 0;
    for (const { id, procedures } of runbooks) {
      const page = pageOf(site, id);
      if (procedures.length === 0) continue;
      const shown = (await ask(root, "show", id)) as ShownRunbook;
      for (const procedure of procedures) {
        const target = `${id}:${procedure}`;
        const listed = listedSteps(page, procedure);
        const alternatives = listAlternatives(shown, procedure, listed);
        const plans = await askPlans(root, target, alternatives);
        for (const { steps } of plans) {
          for (const step of steps) {
            expect(shownOf(site, step), `${target} ${step.id}`).toEqual(expectedOf(step));
          }
          const own = steps.filter((step) => step.runbook === id).map((step) => step.id);
          expect(inOrderOf(listed, own), target).toEqual(own);
          count += steps.length;
        }
        const planned = new Set(plans.flatMap(({ steps }) => steps.map((step) => step.id)));
        const includes = new Set(
          stepsOf(page).flatMap((step) => (step.sort === "include" ? [step.id] : [])),
        );
        // Nothing is listed that no choice would run.
        expect(
          listed.filter((step) => !planned.has(step) && !includes.has(step)),
          target,
        ).toEqual([]);
      }
    }
    return count;
  } finally {
    await site.remove();
  }
}

describe("each step on a page is the step that `opswright plan --json` has", () => {
  test(
    "in the runbooks of the fixture, hostile ones too",
    async () => {
      expect(await compareAll(path.join(repository, "test/fixtures/site"))).toBeGreaterThan(25);
    },
    timeoutMs,
  );

  test(
    "in our own runbooks",
    async () => {
      expect(await compareAll(repository)).toBeGreaterThan(60);
    },
    timeoutMs,
  );
});
