import { createHash } from "node:crypto";
import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { select, selectAll } from "hast-util-select";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import type { RunEventBody } from "../../../src/model/run-event.ts";
import { runToHtml } from "../../../src/report/html-report/run-to-html.ts";
import { readRunProgress } from "../../../src/report/run-view/run-progress.ts";
import {
  firstEventMs,
  makeCommand,
  makeManual,
  makePlan,
  numberEvents,
  runStep,
  startRun,
} from "../run-view/make-run.ts";

function renderPage(bodies: readonly RunEventBody[]): {
  readonly page: string;
  readonly tree: Root;
} {
  const progress = readRunProgress(numberEvents(bodies));
  if (progress === undefined) throw new Error("the run has no beginning");
  const page = runToHtml(progress);
  return { page, tree: fromHtml(page) };
}

const textsOf = (tree: Root | Element, selector: string): string[] =>
  selectAll(selector, tree).map((element) => toString(element).replaceAll(/\s+/gu, " ").trim());

const ended = { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 9000 } as const;

test("a page tells the verdict, the way through time, and of each step what is on record", () => {
  const difference = "@@ -1 +1 @@\n-2.0.0\n+2.0.1\n";
  const about = { stepId: "upload", question: "upload\nUpload the archive." };
  const { tree } = renderPage([
    startRun(
      makePlan(
        [
          makeCommand(1, "tests"),
          makeManual(2, "upload", "Upload the archive."),
          makeCommand(3, "health"),
          makeCommand(4, "tell"),
        ],
        { inputs: [{ name: "TOKEN", type: "secret", source: "secret" }] },
      ),
    ),
    ...runStep("tests", "470 passed\n"),
    { type: "step-started", stepId: "upload", phase: "main", attempt: 1 },
    { type: "question-asked", ...about },
    { type: "question-answered", ...about, answer: "yes", by: "xerxes" },
    { type: "step-ended", stepId: "upload", phase: "main", outcome: "passed", durationMs: 3000 },
    ...runStep("health", "2.0.1\n", {
      outcome: "mismatched",
      reason: "The output differs.",
      difference,
    }),
    ended,
  ]);
  expect(textsOf(tree, "h1, h2, h3")).toEqual([
    "Deploy UnionCore",
    "Inputs",
    "Timeline",
    "Steps",
    "1 tests",
    "2 upload",
    "3 health",
    "4 tell",
  ]);
  expect(textsOf(tree, ".verdict")).toEqual([
    "Failed at step 3 of 4, “health” (output differs) after 9.0s. 1 step was not run.",
  ]);
  expect(textsOf(tree, "header dd")).toEqual([
    "deployment:deploy",
    "20260203-101500-ab12",
    "2026-02-03 10:15:00 UTC by xerxes on ops-1",
    "10:15:11 UTC",
    "9.0s",
    "4",
    "/srv/unioncore",
    "3f2a9c1b7d04".padEnd(64, "0"),
  ]);
  expect(textsOf(tree, ".timeline li")).toEqual([
    "1 tests ✓ passed 1.2s",
    "2 upload ✓ passed 3.0s",
    "3 health ✗ output differs 1.2s",
    "4 tell · not run",
  ]);
  // Twelve events, a second apart: the failed step was at work from the eighth second to the tenth.
  const bars = selectAll(".timeline rect", tree).map(({ properties }) => [
    ...[properties["className"]].flat(),
    Math.round((11 * Number(properties["x"])) / 1000),
    Math.round((11 * Number(properties["width"])) / 1000),
  ]);
  expect(bars).toEqual([
    ["bar-good", 1, 2],
    ["bar-wait", 4, 3],
    ["bar-bad", 8, 2],
  ]);
  expect(textsOf(tree, ".answer summary")).toEqual([
    "Answered yes by xerxes, 10:15:06 UTC, 1.0s after it was asked",
  ]);
  expect(textsOf(tree, "#step-3 .difference span")).toEqual(["@@ -1 +1 @@", "-2.0.0", "+2.0.1"]);
  expect(textsOf(tree, "#step-3 .script, #step-3 .output")).toEqual(["./health", "2.0.1"]);
});

test("whatever a run holds, its page runs nothing, loads nothing and leads nowhere", () => {
  const notUtf8 = new TextDecoder().decode(Uint8Array.of(0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80));
  const evil = `${notUtf8}</style></code></pre><script>alert(1)</script><img src="https://evil.example/x" onerror=alert(1)>" onclick="alert(1)' style='x' ]]>--> \uD800 \u202E`;
  const link =
    "\u001B]8;;https://evil.example/\u0007click\u001B]8;;\u0007 \u001B[2J\u009B31m\u001B[31;1mred\u001B[0m";
  const about = { stepId: evil, question: evil };
  const { page, tree } = renderPage([
    {
      ...startRun(
        makePlan(
          [
            makeCommand(1, "a", {
              id: evil,
              title: evil,
              path: evil,
              script: evil,
              interpreter: evil,
            }),
            makeManual(2, "b", evil),
          ],
          {
            title: evil,
            target: evil,
            digest: evil,
            inputs: [{ name: evil, type: "string", source: "given", value: evil }],
          },
        ),
      ),
      user: evil,
      host: evil,
      directory: evil,
      version: evil,
      run: evil,
    },
    { type: "question-asked", ...about },
    { type: "question-answered", ...about, answer: evil, by: evil },
    ...runStep(evil, `${evil}\n${link}\n\u001B[38;2;1;2;3</style>m${evil}`, {
      outcome: "failed",
      exitCode: 1,
      reason: evil,
      difference: `+${evil}\n-${link}`,
    }),
    { type: "notice", text: evil },
    { ...ended, reason: evil },
  ]);
  const allowed =
    "html head meta title style body main header footer section article h1 h2 h3 h4 p dl div dt dd ol li a span strong code pre details summary time svg rect line".split(
      " ",
    );
  const styles: string[] = [];
  visit(tree, "element", ({ tagName, properties, children }) => {
    expect(allowed).toContain(tagName);
    if (tagName === "style") styles.push(toString(children));
    for (const [name, value] of Object.entries(properties)) {
      expect(name).not.toMatch(/^(?:on|style$|src)/iu);
      if (name === "href") expect(value).toMatch(/^#(?:step|rollback)-\d+$/u);
    }
  });
  expect(styles).toHaveLength(1);
  expect(styles[0]).not.toMatch(/url\(|@import|evil/u);
  // What a browser will accept is this one style.
  const hash = createHash("sha256")
    .update(styles[0] ?? "")
    .digest("base64");
  expect(
    select('meta[httpEquiv="Content-Security-Policy"], meta[http-equiv]', tree)?.properties,
  ).toMatchObject({
    content: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  });
  // It is there to be read, and nothing of it acts on the reader.
  expect(toString(select("#step-1 .script", tree))).toBe(
    evil.replace("\uD800", String.raw`\ud800`).replace("\u202E", String.raw`\u202e`),
  );
  expect(page).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]|\p{Cs}/u);
  expect(textsOf(tree, "#step-1 .output .b")).toEqual(["red"]);
});

test("long output is folded, and of more than is kept the rest is counted", () => {
  const line = `${"x".repeat(99)}\n`;
  const { tree } = renderPage([
    startRun(makePlan([makeCommand(1, "flood")])),
    ...runStep("flood", line.repeat(400)),
    ended,
  ]);
  // Of the 32,768 characters that are kept, 327 lines are whole.
  expect(textsOf(tree, "#step-1 .note")).toEqual([
    "The first 7,300 characters are left out. All of it: opswright runs logs 20260203-101500-ab12 --step flood",
  ]);
  expect(textsOf(tree, "#step-1 summary")).toEqual(["315 earlier lines"]);
  const shown = selectAll("#step-1 .output", tree).map((pre) => toString(pre).trim().split("\n"));
  expect(shown.map((lines) => lines.length)).toEqual([315, 12]);
});

test("time in which nobody ran it is cut out of the timeline", () => {
  const events = numberEvents([
    startRun(makePlan([makeCommand(1, "first"), makeCommand(2, "second")])),
    ...runStep("first", ""),
    { type: "run-resumed", host: "ops-2", user: "ada", pid: 1, version: "0.1.0" },
    ...runStep("second", ""),
  ]);
  // A day lies between its two runners.
  const dayMs = 86_400_000;
  const late = events.map((event) =>
    event.seq < 4
      ? event
      : { ...event, time: new Date(Date.parse(event.time) + dayMs).toISOString() },
  );
  const progress = readRunProgress(late);
  const tree = fromHtml(progress === undefined ? "" : runToHtml(progress, true));
  expect(late[0]?.time).toBe(new Date(firstEventMs).toISOString());
  expect(textsOf(tree, ".timeline + .note")).toEqual([
    "A full bar is a step at work. At the dashed line 1d are left out in which nobody ran it.",
  ]);
  expect(selectAll("rect", tree).map(({ properties }) => properties["x"])).toEqual(["250", "750"]);
  expect(textsOf(tree, "header dd")).toContain("2026-02-04 10:15:03 UTC by ada on ops-2");
  expect(textsOf(tree, ".verdict")).toEqual([
    "Its process has died between two steps; nothing of it is lost.",
  ]);
});
