import { expect, test } from "vitest";
import { reportToJunit } from "../../../src/report/check-report/report-to-junit.ts";
import { makeCheckReport, makeFindingIn } from "./make-check-report.ts";

const source = "one\ntwo db three\n";

test("JUnit has a case a document, one for another file that is blamed, and one for the project", () => {
  const related = [{ path: "docker-compose.yml", text: "it is <here>" }];
  const text = reportToJunit(
    makeCheckReport({
      documents: ["runbooks/a.md", "runbooks/b.md"],
      problems: [
        makeFindingIn(source, "one", { path: "docker-compose.yml", severity: "warning" }),
        makeFindingIn(source, "db", { related }),
        makeFindingIn(source, "three", {
          words: { title: "T", message: 'A "&\u0001\u001B[31m".', hint: "H." },
        }),
      ],
      claims: { total: 3, agreed: 2, differed: 1, unjudged: [] },
      hidden: { suppressed: 1, known: 12, unchanged: 0 },
      exitCode: 5,
    }),
  );
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="opswright check" tests="4" failures="1" errors="0" skipped="0" time="0">
  <testsuite name="opswright check" tests="4" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="opswright.check" name="runbooks/a.md" file="runbooks/a.md" time="0">
      <failure type="compose/unknown-container" message="2 errors">runbooks/a.md:2:5: error[compose/unknown-container]
There is no \`db\`.
docker-compose.yml: it is &lt;here&gt;
Correct it.

runbooks/a.md:2:8: error[compose/unknown-container]
A "&amp;\\x01".
H.</failure>
    </testcase>
    <testcase classname="opswright.check" name="runbooks/b.md" file="runbooks/b.md" time="0"/>
    <testcase classname="opswright.check" name="docker-compose.yml" file="docker-compose.yml" time="0">
      <system-out>docker-compose.yml:1:1: warning[compose/unknown-container]
There is no \`one\`.
Correct it.</system-out>
    </testcase>
    <testcase classname="opswright.check" name="(project)" time="0">
      <system-out>Not told: 12 known by the baseline, 1 suppressed.

3 claims: 2 agree with the repository, 1 differs, 0 were not judged.</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test("the project's case fails where there are too many warnings, or nothing was checked", () => {
  const problems = [makeFindingIn(source, "db", { severity: "warning" })];
  expect(reportToJunit(makeCheckReport({ documents: ["a.md"], problems, exitCode: 5 }))).toContain(
    '<failure type="warnings" message="more warnings than --max-warnings allows">',
  );
  expect(reportToJunit(makeCheckReport({ exitCode: 3 }))).toContain(
    '<failure type="warnings" message="no runbooks were found">',
  );
});
