import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../src/drift/rules/rules.ts";
import type {
  DiagnosticRecord,
  DiagnosticsDocument,
  PlaceRecord,
} from "../../src/report/diagnostics-to-json.ts";
import type { RuleCase } from "./rule-cases/rule-case.ts";
import { startProgramLine, type ProgramLine } from "./run-in-turn.ts";
import { createProject, type FixtureFiles } from "./run-opswright.ts";

const folder = path.join(import.meta.dirname, "rule-cases");
const cases = new Map<string, RuleCase>();
for (const name of await readdir(folder)) {
  const module = (await import(path.join(folder, name))) as { cases?: Record<string, RuleCase> };
  // A code can have several cases: `compose/unknown-container` and `compose/unknown-container (cp)`.
  for (const [code, one] of Object.entries(module.cases ?? {})) cases.set(code, one);
}

const codeOf = (name: string): string => name.replace(/ \(.*\)$/u, "");

// A process for each of several hundred checks would spend most of its time starting.
let checks: ProgramLine;
beforeAll(() => {
  checks = startProgramLine();
});
afterAll(() => checks[Symbol.asyncDispose]());

test("each rule has a case that it finds, and no case is of an unknown rule", () => {
  const codes = new Set([...cases.keys()].map(codeOf));
  expect([...codes].toSorted()).toEqual(rules.map(({ code }) => code).toSorted());
});

describe("check finds", () => {
  test.each([...cases])("%s", async (name, one) => {
    const code = codeOf(name);
    const { found, fixed, text } = await check(one.files, one, code);
    expect(found, text).toHaveLength(1);
    const [finding] = found as [DiagnosticRecord];
    expect(finding).toMatchObject({ severity: one.severity ?? "error", hint: one.hint });
    expect(openEnd(finding.message, one.message)).toBe(one.message);
    expect(openEnd(place(finding), one.at)).toBe(one.at);
    expect(finding.related.map(place)).toEqual(one.related ?? []);
    expect(finding.fix === null, finding.fix ?? "no fix").toBe(one.fixed === undefined);
    expect(fixed).toBe(one.fixed);
  });
});

describe("check lets pass what is nearly", () => {
  test.each([...cases])("%s", async (name, one) => {
    const { found } = await check({ ...one.files, ...one.nearMiss }, one, codeOf(name));
    expect(found).toEqual([]);
  });
});

async function check(
  files: FixtureFiles,
  { prepare, args = ["check"], options, fixed }: RuleCase,
  code: string,
): Promise<{ found: readonly DiagnosticRecord[]; fixed: string | undefined; text: string }> {
  await using project = await createProject(files);
  await prepare?.(project);
  const call = await checks.run(project, [...args, "--json"], options);
  expect(call.stderr).toBe("");
  const { diagnostics } = JSON.parse(call.stdout) as DiagnosticsDocument;
  const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
  if (fixed === undefined) return { found, fixed, text: call.stdout };
  await checks.run(project, [...args, "--fix"], options);
  const document = Object.keys(files).find((name) => /^runbooks\/a\.mdx?$/u.test(name)) ?? "";
  const text = await readFile(path.join(project.directory, document), "utf8");
  return { found, fixed: text, text: call.stdout };
}

function place({
  path: file,
  line,
  column,
  endLine,
  endColumn,
}: PlaceRecord | DiagnosticRecord): string {
  return line === null ? (file ?? "") : `${file}:${line}:${column}-${endLine}:${endColumn}`;
}

function openEnd(text: string, expected: string): string {
  return expected.endsWith("…") ? `${text.slice(0, expected.length - 1)}…` : text;
}
