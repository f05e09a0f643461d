import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { reportToMarkdown } from "../../../src/report/check-report/report-to-markdown.ts";
import { makeCheckReport, makeFindingIn } from "./make-check-report.ts";

const source = "one\ntwo db three\n";

test("Markdown has counts, a table with links to lines, and why claims were not judged", () => {
  const related = [
    { ...makeFindingIn(source, "one"), path: "docker-compose.yml", text: "see `x`" },
  ];
  const text = reportToMarkdown(
    makeCheckReport({
      documents: ["runbooks/a.md"],
      problems: [
        makeFindingIn(source, "db", { related }),
        makeFindingIn(source, "db", { severity: "info", span: undefined, path: "a b (1).md" }),
      ],
      claims: {
        total: 4,
        agreed: 2,
        differed: 1,
        unjudged: [{ kind: "container", reason: "there is no Compose file", count: 1 }],
      },
      hidden: { suppressed: 0, known: 0, unchanged: 3 },
      exitCode: 5,
    }),
  );
  expect(text).toBe(`### Runbooks: 1 error and 1 note in 2 files

Checked 1 runbook. Not told: 3 elsewhere than what changed. 4 claims: 2 agree with the repository, 1 differs, 1 was not judged.

| | Where | What |
| --- | --- | --- |
| ❌ | [runbooks/a.md:2](runbooks/a.md#L2) | There is no \`db\`. \`compose/unknown-container\`<br>[docker-compose.yml:1](docker-compose.yml#L1): see \`x\`<br><sub>Correct it.</sub> |

<details>
<summary>1 note</summary>

| | Where | What |
| --- | --- | --- |
| ℹ️ | [a b (1).md](a%20b%20%281%29.md) | There is no \`db\`. \`compose/unknown-container\`<br><sub>Correct it.</sub> |

</details>

<details>
<summary>1 claim was not judged</summary>

| Claims | Of | Why |
| ---: | --- | --- |
| 1 | container | there is no Compose file |

</details>
`);
});

test("Markdown is short, and hides no error behind warnings and notes", () => {
  const make = (count: number, severity: "error" | "warning" | "info") =>
    Array.from({ length: count }, () => makeFindingIn(source, "db", { severity }));
  const problems = [...make(250, "info"), ...make(250, "warning"), ...make(30, "error")];
  const text = reportToMarkdown(makeCheckReport({ documents: ["a.md"], problems, exitCode: 5 }));
  const count = (icon: string): number => text.split(`\n| ${icon}`).length - 1;
  expect([count("❌"), count("⚠️"), count("ℹ️")]).toEqual([30, 50, 20]);
  expect(text).toContain("… and 200 more.");
  expect(text).toContain("… and 230 more.");
  expect(text.length).toBeLessThan(65_536);
  expect(reportToMarkdown(makeCheckReport({ documents: ["a.md"] }))).toBe(
    "### Runbooks: no problems\n\nChecked 1 runbook.\n",
  );
});

const hostile = [
  "| x | </table><script>alert(1)</script>",
  "a`b``c```d",
  "\\| \\` \\",
  "![x](https://evil.example/x.png) [y](javascript:alert(1)) <https://evil.example>",
  "@team fixes #1 https://evil.example www.evil.example",
  "\n\n# Heading\n\n```\nfence\n```\n<details>",
  "**bold** ~~gone~~ $x$ &lt; \u202E",
];

test.each(hostile)("nothing of %j acts", (part) => {
  const words = { title: "T", message: `It is \`${part}\`, ${part}.`, hint: part };
  const related = [{ path: part, text: part }];
  const reason = part;
  const text = reportToMarkdown(
    makeCheckReport({
      documents: ["runbooks/a.md"],
      problems: [makeFindingIn(source, "db", { words, related, path: `runbooks/${part}.md` })],
      claims: { total: 1, agreed: 0, differed: 0, unjudged: [{ kind: part, reason, count: 1 }] },
      exitCode: 5,
    }),
  );
  const tree = unified().use(remarkParse).use(remarkGfm).parse(text);
  const kinds = new Map<string, number>();
  const own =
    /^(?:<br>|<\/?sub>|<!-- -->|<\/?code>|<details>\n<summary>1 claim was not judged<\/summary>|<\/details>)$/u;
  visit(tree, (node: Nodes) => {
    kinds.set(node.type, (kinds.get(node.type) ?? 0) + 1);
    if (node.type === "html") expect(node.value).toMatch(own);
    if (node.type === "link") expect(node.url).toMatch(/^[\w%.~/-]+(?:#L\d+)?$/u);
    if (node.type === "text") expect(node.value).not.toMatch(/@\w|https?:\/\/|www\./u);
  });
  expect(Object.fromEntries(kinds)).toMatchObject({ heading: 1, table: 2, tableRow: 4, link: 2 });
  for (const kind of ["image", "code", "emphasis", "strong", "delete", "footnoteReference"]) {
    expect(kinds.has(kind)).toBe(false);
  }
});
