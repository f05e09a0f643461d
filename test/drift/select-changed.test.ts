import { expect, test } from "vitest";
import { selectChanged } from "../../src/drift/select-changed.ts";
import type { Problem } from "../../src/model/problem.ts";
import type { RuleFinding } from "../../src/model/rule-finding.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";

const text = "Run ./scripts/backup.sh, then (restore.sh).\n";

function findingAt(part: string, more: Partial<RuleFinding> = {}): RuleFinding {
  const start = text.indexOf(part);
  return {
    code: "files/missing-path",
    words: { title: "T", message: "It is not there.", hint: "Correct it." },
    severity: "error",
    path: "runbooks/a.md",
    span: createLineIndex(text).spanOf(start, start + part.length),
    ...more,
  };
}

function select(problem: Problem, ...changed: readonly string[]): boolean {
  const sources = new Map([["runbooks/a.md", text]]);
  const words = (one: Problem): string => ("words" in one ? one.words.message : "");
  return selectChanged([problem], new Set(changed), sources, words).length === 1;
}

test("a finding counts where its document or a file that it rests on changed", () => {
  const related = [{ path: "docker-compose.yml", text: "here" }];
  const finding = findingAt("./scripts/backup.sh", { related });
  expect(select(finding, "runbooks/a.md")).toBe(true);
  expect(select(finding, "docker-compose.yml")).toBe(true);
  expect(select(finding, "runbooks/b.md", "compose.yml")).toBe(false);
  expect(select(finding)).toBe(false);
});

test("a finding counts that names a file which changed or was removed", () => {
  expect(select(findingAt("./scripts/backup.sh"), "scripts/backup.sh")).toBe(true);
  expect(select(findingAt("(restore.sh)"), "ops/restore.sh")).toBe(true);
  expect(select(findingAt("./scripts/backup.sh"), "scripts/backup.sh.md")).toBe(false);
  const words = { title: "T", message: "It moved to `ops/new.sh`.", hint: "H." };
  expect(select(findingAt("Run", { words }), "ops/new.sh")).toBe(true);
});

test("a problem without a place always counts", () => {
  expect(select({ code: "unknown-rule", args: { code: "x" }, severity: "error" })).toBe(true);
});
