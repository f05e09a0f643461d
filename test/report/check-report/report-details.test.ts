import { expect, test } from "vitest";
import { reportToGithub } from "../../../src/report/check-report/report-to-github.ts";
import { reportToJunit } from "../../../src/report/check-report/report-to-junit.ts";
import { reportToMarkdown } from "../../../src/report/check-report/report-to-markdown.ts";
import { reportToSarif } from "../../../src/report/check-report/report-to-sarif.ts";
import { makeCheckReport, makeFindingIn } from "./make-check-report.ts";

/** A difference whose own line would end a fence of three, with a sequence that erases a terminal. */
const detail = "@@ -1 +1 @@\n-echo 50%\n+```\u001b[2J ]]> [a](b)";
const report = makeCheckReport({
  problems: [makeFindingIn("one\ntwo db three\n", "db", { detail })],
});

test("a difference stands in GitHub's annotation between what is wrong and what to do", () => {
  expect(reportToGithub(report)).toContain(
    "::There is no `db`.%0A@@ -1 +1 @@%0A-echo 50%25%0A+```\\x1b[2J ]]> [a](b)%0ACorrect it.\n",
  );
});

test("a difference stands in JUnit's failure, and its text ends no section", () => {
  const text = reportToJunit(report);
  expect(text).toContain("There is no `db`.\n@@ -1 +1 @@\n-echo 50%\n+```");
  expect(text).not.toContain("]]> [a](b)");
});

test("a difference is SARIF's text and, fenced so that nothing of it ends the fence, its Markdown", () => {
  const log = JSON.parse(reportToSarif(report, { version: "1.0.0" })) as {
    runs: { results: { message: { text: string; markdown: string } }[] }[];
  };
  expect(log.runs[0]?.results[0]?.message).toEqual({
    text: "There is no `db`. Correct it.\n\n@@ -1 +1 @@\n-echo 50%\n+```\\x1b[2J ]]> \\[a](b)",
    markdown:
      "There is no `db`. Correct it.\n\n````diff\n@@ -1 +1 @@\n-echo 50%\n+```\\x1b[2J ]]> [a](b)\n````",
  });
});

test("a difference is folded up below Markdown's table", () => {
  expect(reportToMarkdown(report)).toContain(
    "<details>\n<summary>runbooks/a.md:2: the difference</summary>\n\n````diff\n@@ -1 +1 @@\n-echo 50%\n+```\\x1b[2J ]]> [a](b)\n````\n\n</details>",
  );
});
