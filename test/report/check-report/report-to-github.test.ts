import { expect, test } from "vitest";
import { reportToGithub } from "../../../src/report/check-report/report-to-github.ts";
import { makeCheckReport, makeFindingIn } from "./make-check-report.ts";

const source = "one\ntwo db three\nfour\n";

test("a problem is one workflow command with its place", () => {
  const problems = [makeFindingIn(source, "db")];
  expect(reportToGithub(makeCheckReport({ problems }))).toBe(
    "::error file=runbooks/a.md,line=2,endLine=2,col=5,endColumn=7,title=compose/unknown-container::There is no `db`.%0ACorrect it.\n",
  );
});

test("severities have commands of their own; columns are left out over several lines", () => {
  const problems = [
    makeFindingIn(source, "three\nfour", { severity: "warning" }),
    makeFindingIn(source, "one", { severity: "info", span: undefined }),
  ];
  const lines = reportToGithub(makeCheckReport({ problems })).split("\n");
  expect(lines[0]).toMatch(/^::warning file=runbooks\/a\.md,line=2,endLine=3,title=/u);
  expect(lines[1]).toMatch(/^::notice file=runbooks\/a\.md,title=/u);
});

test("no text of a document begins a command, ends a property or hides in the log", () => {
  const words = {
    title: "T",
    message: "100% `a\r\n::error file=x::owned\u001B[2J`",
    hint: "a, b: c",
  };
  const problems = [
    makeFindingIn(source, "db", { words, path: "runbooks/a,line=9::100%\n.md" }),
    {
      code: "unknown-rule" as const,
      args: { code: "x\n::stop-commands::y" },
      severity: "error" as const,
    },
  ];
  const text = reportToGithub(makeCheckReport({ problems }));
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe(
    String.raw`::error file=runbooks/a%2Cline=9%3A%3A100%25%0A.md,line=2,endLine=2,col=5,endColumn=7,title=compose/unknown-container::100%25 ` +
      String.raw`${"`"}a\x0d%0A::error file=x::owned\x1b[2J${"`"}%0Aa, b: c`,
  );
  expect(lines[1]).toMatch(/^::error title=unknown-rule::/u);
});
