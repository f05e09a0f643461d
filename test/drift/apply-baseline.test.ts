import { describe, expect, test } from "vitest";
import { applyBaseline, makeBaseline } from "../../src/drift/apply-baseline.ts";
import { identifyFinding } from "../../src/drift/identify-finding.ts";
import { baselineSchema } from "../../src/model/baseline.ts";
import type { Problem } from "../../src/model/problem.ts";
import type { RuleFinding } from "../../src/model/rule-finding.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";

const path = "runbooks/a.md";

/** A finding at the n-th place (from 0) where `part` stands in the text. */
function findingIn(text: string, part: string, at = 0, message = "It drifts."): RuleFinding {
  let start = text.indexOf(part);
  for (let count = 0; count < at; count += 1) start = text.indexOf(part, start + 1);
  return {
    code: "compose/unknown-container",
    words: { title: "T", message, hint: "H." },
    severity: "error",
    path,
    span: createLineIndex(text).spanOf(start, start + part.length),
  };
}

const identifyIn = (text: string) => (problem: Problem) =>
  identifyFinding(problem, "words" in problem ? problem.words.message : "", text);

describe("a baseline", () => {
  const text = "docker exec db ls\n\n  docker exec web ls\n";
  const findings = [findingIn(text, "db"), findingIn(text, "web")];
  const baseline = makeBaseline(findings, identifyIn(text));

  test("knows what it was made of, wherever the lines go", () => {
    const moved = `# Title\n\n\tdocker exec web ls\n${"\n".repeat(9)}docker exec db ls\n`;
    const again = [findingIn(moved, "db"), findingIn(moved, "web")];
    expect(applyBaseline(again, baseline, identifyIn(moved))).toEqual({
      problems: [],
      knownCount: 2,
      gone: [],
    });
  });

  test("tells what is new: another line, another message, another file", () => {
    const changed = text.replace("exec db ls", "exec db ps");
    const other = { ...findingIn(text, "web"), path: "runbooks/b.md" };
    const worse = findingIn(text, "web", 0, "It drifts far.");
    const again = [findingIn(changed, "db"), other, worse];
    const { problems, knownCount } = applyBaseline(again, baseline, identifyIn(changed));
    expect(problems).toEqual(again);
    expect(knownCount).toBe(0);
  });

  test("counts: of more than it knows, the last is told", () => {
    const twice = `${text}docker exec db ls\n`;
    const again = [findingIn(twice, "db"), findingIn(twice, "web"), findingIn(twice, "db", 1)];
    const { problems, knownCount } = applyBaseline(again, baseline, identifyIn(twice));
    expect(problems).toEqual([again[2]]);
    expect(knownCount).toBe(2);
  });

  test("says what is gone, and shrinks when it is written again", () => {
    const twice = `${text}docker exec db ls\n`;
    const old = makeBaseline([...findings, findingIn(twice, "db", 1)], identifyIn(twice));
    const { gone } = applyBaseline([findingIn(text, "db")], old, identifyIn(text));
    expect(gone.map(({ count }) => count)).toEqual([1, 1]);
    const smaller = makeBaseline([findingIn(text, "db")], identifyIn(text));
    expect(smaller.findings).toHaveLength(1);
    expect(applyBaseline([findingIn(text, "db")], smaller, identifyIn(text)).gone).toEqual([]);
  });

  test("does not mind a number that grows by the day", () => {
    const { findings: entries } = makeBaseline(
      [findingIn(text, "db", 0, "Reviewed 9 days ago.")],
      identifyIn(text),
    );
    const later = findingIn(text, "db", 0, "Reviewed 10 days ago.");
    const known = { schemaVersion: 1 as const, findings: entries };
    expect(applyBaseline([later], known, identifyIn(text)).problems).toEqual([]);
  });

  test("never holds what makes a runbook invalid", () => {
    const invalid: Problem = { code: "empty-runbook", args: {}, severity: "error", path };
    expect(makeBaseline([invalid], identifyIn(text)).findings).toEqual([]);
    const known = {
      schemaVersion: 1 as const,
      findings: [{ path, code: "empty-runbook", message: "", line: "", count: 1 }],
    };
    expect(applyBaseline([invalid], known, identifyIn(text)).problems).toEqual([invalid]);
  });

  test("holds no text of a line, and nothing of a secret's", () => {
    const secret = { ...findingIn(text, "db"), isSecret: true as const };
    const [entry] = makeBaseline([secret], identifyIn(text)).findings;
    expect(entry?.line).toBe("");
    expect(JSON.stringify(baseline)).not.toContain("docker exec");
  });

  test("is sorted and valid, whatever the order of the findings", () => {
    const reversed = makeBaseline(findings.toReversed(), identifyIn(text));
    expect(reversed).toEqual(baseline);
    expect(baselineSchema.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
    const keys = baseline.findings.map((entry) => `${entry.path} ${entry.code} ${entry.line}`);
    expect(keys).toEqual(keys.toSorted());
  });
});
