import { describe, expect, test } from "vitest";
import { measureDisplayWidth } from "../../../src/report/display-width.ts";
import {
  reportToText,
  type CheckVerbosity,
} from "../../../src/report/check-report/report-to-text.ts";
import { createTextStyle } from "../../../src/report/text-style.ts";
import { makeCheckReport, makeFindingIn } from "./make-check-report.ts";

const source = "one\ntwo db three\n";
const claims = {
  total: 3,
  agreed: 1,
  differed: 1,
  unjudged: [{ kind: "container", reason: "there is no Compose file", count: 1 }],
};
const report = makeCheckReport({
  documents: ["runbooks/a.md"],
  sources: new Map([["runbooks/a.md", source]]),
  problems: [
    makeFindingIn(source, "db", { fix: { title: "Write `web`", edits: [] } }),
    makeFindingIn(source, "three", { severity: "info" }),
  ],
  claims,
  hidden: { suppressed: 1, known: 2, unchanged: 0 },
  exitCode: 5,
});

function render(verbosity: CheckVerbosity, given = report, columns = 80): string {
  const style = createTextStyle({ columns, hasColors: false });
  return reportToText(given, {
    style,
    verbosity,
    remarks: ["Fixed 1 problem."],
    emptyNote: "None.",
  });
}

describe("a check as text", () => {
  test("ends with what was looked at and how it went", () => {
    expect(render("normal")).toBe(`error[compose/unknown-container]: There is no \`db\`.
 --> runbooks/a.md:2:5
  |
2 | two db three
  |     ^^
  = help: Correct it.
  = fix: Write \`web\` (check --fix)

info[compose/unknown-container]: There is no \`three\`.
 --> runbooks/a.md:2:8
  |
2 | two db three
  |        ^^^^^
  = help: Correct it.

Fixed 1 problem.
Checked 1 runbook: 1 error and 1 note in 1 file. \`check --fix\` mends 1 of them.
Not told: 2 known by the baseline, 1 suppressed.
3 claims: 1 agrees with the repository, 1 differs, 1 was not judged. --verbose
says why.
Run \`opswright explain CODE\` to read more about a code.
`);
  });

  test("says more with --verbose and less with --quiet", () => {
    expect(render("verbose")).toContain(
      "Not judged:\n  1 container: there is no Compose file\nRun `opswright",
    );
    const quiet = render("quiet");
    expect(quiet).not.toContain("info[");
    expect(quiet).not.toContain("claims");
    expect(quiet).toContain("Checked 1 runbook: 1 error and 1 note in 1 file.");
  });

  test("tells the commonest codes where there are many problems", () => {
    const problems = [
      makeFindingIn(source, "one", { code: "shell/bare-sleep" }),
      ...Array.from({ length: 10 }, () => makeFindingIn(source, "db")),
    ];
    expect(render("normal", makeCheckReport({ documents: ["a"], problems }))).toContain(
      "By code:\n  10 compose/unknown-container\n   1 shell/bare-sleep\n\n",
    );
  });

  test("tells the first notes of a code, and all with --verbose; errors always", () => {
    const problems = ["one", "two", "db", "three", "one\ntwo"].flatMap((part) => [
      makeFindingIn(source, part, { severity: "info", code: "text/smart-quotes" }),
      makeFindingIn(source, part),
    ]);
    const many = makeCheckReport({ documents: ["a"], problems });
    const count = (text: string, label: string): number => text.split(`${label}[`).length - 1;
    const normal = render("normal", many);
    expect(normal).toContain("\n… and 2 more notes of text/smart-quotes: --verbose tells all.\n");
    expect([count(normal, "info"), count(normal, "error")]).toEqual([3, 5]);
    const verbose = render("verbose", many);
    expect([count(verbose, "info"), count(verbose, "error")]).toEqual([5, 5]);
    expect(verbose).not.toContain("more notes");
    const quiet = render("quiet", many);
    expect([count(quiet, "info"), count(quiet, "error")]).toEqual([0, 5]);
  });

  test("fits a narrow terminal", () => {
    for (const line of render("verbose", report, 40).split("\n")) {
      expect(measureDisplayWidth(line)).toBeLessThanOrEqual(40);
    }
  });

  test("is short where all is well, and where nothing is there", () => {
    expect(render("normal", makeCheckReport({ documents: ["a", "b"] }))).toBe(
      "Fixed 1 problem.\nChecked 2 runbooks: no problems.\n",
    );
    expect(render("normal", makeCheckReport())).toBe("Fixed 1 problem.\nNone.\n");
  });

  test("shows no line that holds a secret, whatever is found in it", () => {
    const secret = makeFindingIn(source, "db", { isSecret: true });
    const problems = [secret, makeFindingIn(source, "three"), makeFindingIn(source, "one")];
    const text = render("normal", { ...report, problems });
    expect(text).not.toContain("| two");
    expect(text).toContain("| one");
  });
});
