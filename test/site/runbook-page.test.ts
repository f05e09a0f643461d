import path from "node:path";
import { describe, expect, test } from "vitest";
import type { RuleFinding } from "../../src/model/rule-finding.ts";
import { readSiteLibrary } from "../../src/node/read-site-library.ts";
import {
  buildRunbookPage,
  createPageContext,
} from "../../src/site/runbook-page/build-runbook-page.ts";
import { buildProcedureMap, countSteps } from "../../src/site/runbook-page/build-procedure-map.ts";
import { createCodeHighlighter } from "../../src/site/runbook-page/create-code-highlighter.ts";
import {
  describeFreshness,
  describeStepVerification,
  describeVerification,
} from "../../src/site/runbook-page/describe-verification.ts";
import { divideInputs, type PageInput } from "../../src/site/runbook-page/divide-inputs.ts";
import { divideLines } from "../../src/site/runbook-page/divide-lines.ts";
import { fillAddress } from "../../src/site/runbook-page/fill-address.ts";
import { findRollback } from "../../src/site/runbook-page/find-rollback.ts";
import { groupVariants } from "../../src/site/runbook-page/group-variants.ts";
import type { OutlineItem, PagePart } from "../../src/site/runbook-page/runbook-page.ts";
import { writeSiteStyle } from "../../src/site/write-site-style.ts";

function step(id: string, more: Partial<OutlineItem & { kind: "step" }> = {}): OutlineItem {
  const plain = { kind: "step", sort: "command", risk: "safe", conditions: [] } as const;
  return { ...plain, id, title: id, href: `#step-${id}`, ...more };
}

describe("the map of a procedure", () => {
  test("is a line of steps", () => {
    const map = buildProcedureMap([step("a"), step("b", { risk: "destructive" })]);
    expect(map).toMatchObject({ columns: 2, rows: 1, tracks: ["M0 0H1"] });
    expect(map.nodes).toEqual([
      { x: 0, y: 0, sort: "safe", title: "a", href: "#step-a" },
      { x: 1, y: 0, sort: "destructive", title: "b", href: "#step-b" },
    ]);
  });

  test("forks at a choice, with a lane for each alternative", () => {
    const options = [
      { value: "x", items: [step("b"), step("c", { sort: "manual" })] },
      { value: "y", items: [step("d")] },
      { value: "z", items: [] },
    ];
    const map = buildProcedureMap([step("a"), { kind: "choice", input: "I", options }, step("e")]);
    expect(map.nodes.map(({ title, x, y }) => [title, x, y])).toEqual([
      ["a", 0, 0],
      ["b", 1.5, 0],
      ["c", 2.5, 0],
      ["d", 1.5, 1],
      ["e", 4, 0],
    ]);
    expect(map).toMatchObject({ columns: 5, rows: 3 });
    expect(map.tracks).toHaveLength(3);
  });

  test("takes neighbours that exclude each other as alternatives", () => {
    const map = buildProcedureMap([
      step("a", { conditions: ["TESTS=full"] }),
      step("b", { conditions: ["TESTS=quick"] }),
      step("c", { conditions: ["LINK"] }),
    ]);
    // The line begins where the fork does.
    expect(map.tracks[0]).toBe("M-0.5 0H2");
    expect(map.nodes.map(({ title, y }) => [title, y])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 0],
    ]);
  });

  test("shows another runbook as one node, and leaves the drawing out where it is too long", () => {
    const include: OutlineItem = { kind: "group", title: "Backup", href: "/b/", items: [] };
    expect(buildProcedureMap([include]).nodes[0]).toMatchObject({ sort: "include", href: "/b/" });
    const long = Array.from({ length: 61 }, (_none, at) => step(`s${at}`));
    expect(buildProcedureMap(long).nodes).toEqual([]);
    expect(buildProcedureMap([]).nodes).toEqual([]);
  });

  test("counts the steps of all alternatives", () => {
    const items: readonly OutlineItem[] = [
      { kind: "group", title: "G", items: [step("a", { risk: "change" }), step("b")] },
      {
        kind: "choice",
        input: "I",
        options: [{ value: "x", items: [step("c", { sort: "manual" })] }],
      },
      { kind: "group", title: "Other", href: "/o/", items: [] },
    ];
    expect(countSteps(items)).toEqual({
      all: 4,
      safe: 1,
      change: 1,
      destructive: 0,
      manual: 1,
      include: 1,
    });
  });
});

describe("steps for different systems", () => {
  const part = (id: string): PagePart => ({ kind: "step", id, parts: [] });
  const systems: Readonly<Record<string, readonly string[]>> = {
    l: ["linux"],
    m: ["darwin"],
    both: ["linux", "darwin"],
  };
  const group = (...ids: readonly string[]): readonly PagePart[] =>
    groupVariants(ids.map(part), (id) => systems[id] ?? []);

  test("become alternatives where they stand together", () => {
    expect(group("a", "l", "m", "b")).toEqual([
      part("a"),
      {
        kind: "variants",
        parts: [
          { kind: "variant", os: "Linux", parts: [part("l")] },
          { kind: "variant", os: "macOS", parts: [part("m")] },
        ],
      },
      part("b"),
    ]);
  });

  test("stay as they are alone, apart, or where both would run", () => {
    for (const ids of [["l"], ["l", "a", "m"], ["l", "both"]])
      expect(group(...ids)).toEqual(ids.map(part));
  });
});

describe("what is said of a runbook", () => {
  const nothing = { verifiedCount: 0, changedCount: 0, stepCount: 3, ways: [] };

  test("tells how far it is verified, and is loud where it is not", () => {
    const passed = { verifiedAt: "2026-11-26T14:28:47Z", ways: ["world:shop"] };
    expect(
      describeVerification({ ...nothing, ...passed, state: "whole", verifiedCount: 3 }),
    ).toEqual({
      tone: "good",
      words: "Verified",
      detail: "2026-11-26, in the world shop, all 3 commands",
    });
    expect(
      describeVerification({ ...nothing, ...passed, state: "partial", verifiedCount: 2 }),
    ).toMatchObject({ tone: "part", words: "2 of 3 verified" });
    expect(describeVerification({ ...nothing, ...passed, state: "stale" }).tone).toBe("bad");
    expect(describeVerification({ ...nothing, state: "none" }).words).toBe("Never verified");
  });

  test("tells of a step whether it changed since it passed", () => {
    const passed = { verifiedAt: "2026-11-26T14:28:47Z", how: "live" };
    expect(describeStepVerification({ ...passed, isCurrent: true })).toBe("passed 2026-11-26 live");
    expect(describeStepVerification({ ...passed, isCurrent: false })).toMatch(/^changed since/);
  });

  test("tells when its review was due", () => {
    const dates = { reviewed: "2026-02-03", due: "2026-05-04" };
    expect(describeFreshness({ ...dates, isOverdue: true })?.words).toBe("Review overdue");
    expect(describeFreshness({ ...dates, isOverdue: false })?.detail).toBe("next by 2026-05-04");
    expect(describeFreshness({ isOverdue: false })).toBeUndefined();
  });

  test("finds the way back by the procedure on failure, by name, by section", () => {
    const procedure = (name: string, onFailure?: string) => ({
      name,
      title: name,
      isDefault: name === "deploy",
      onFailure,
      contracts: [],
      entries: [],
    });
    const place = { line: 1, column: 1, offset: 0 };
    const sections = [
      { id: "undo", title: "Rolling back", depth: 2, span: { start: place, end: place } },
    ];
    const find = (...procedures: ReturnType<typeof procedure>[]) =>
      findRollback({ procedures, sections })?.anchor;
    expect(find(procedure("deploy", "undo"), procedure("undo"))).toBe("procedure:undo");
    expect(find(procedure("deploy"), procedure("roll-back"))).toBe("procedure:roll-back");
    expect(find(procedure("deploy"))).toBe("undo");
    expect(findRollback({ procedures: [procedure("deploy")], sections: [] })).toBeUndefined();
    const titleOf = (name: string) =>
      findRollback({ procedures: [procedure("deploy", name), procedure(name)], sections })?.title;
    expect(titleOf("rollback")).toBe("rollback");
    expect(titleOf("look")).toBe("If it fails: look");
  });

  test("has the inputs of its default procedure first, and says who else needs the others", () => {
    const procedure = (title: string, isDefault: boolean, inputs: readonly string[]) => ({
      name: title,
      title,
      isDefault,
      inputs,
      cli: "",
      items: [],
      counts: countSteps([]),
      map: buildProcedureMap([]),
    });
    const define = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
    const namesOf = (inputs: readonly PageInput[]) =>
      inputs.map(({ name, usedBy }) => [name, ...usedBy].join(" "));
    const deploy = procedure("Deploy", true, ["A", "B"]);
    const undo = procedure("Undo", false, ["B", "C"]);
    const both = divideInputs(define("C", "A", "B", "D"), [deploy, undo]);
    expect(namesOf(both.first)).toEqual(["A Deploy", "B", "D"]);
    expect(namesOf(both.others)).toEqual(["C Undo"]);
    // Where the default procedure needs none, nothing is folded.
    const alone = divideInputs(define("C"), [deploy, undo]);
    expect([namesOf(alone.first), namesOf(alone.others)]).toEqual([["C Undo"], []]);
  });
});

describe("pieces of a page", () => {
  test("lines keep each character and its kind", () => {
    expect(divideLines([{ text: "a\nb", kind: "s" }, { text: "c\n" }])).toEqual([
      [{ text: "a\n", kind: "s" }],
      [{ text: "b", kind: "s" }, { text: "c\n" }],
    ]);
    expect(divideLines([{ text: "" }])).toEqual([[]]);
  });

  test("addresses are filled, and cannot be left", () => {
    const values = { path: "runbooks/a b.md", title: "x&y=/../" };
    expect(fillAddress("https://e.org/{path}?t={title}", values)).toBe(
      "https://e.org/runbooks/a%20b.md?t=x%26y%3D%2F..%2F",
    );
    expect(fillAddress(undefined, values)).toBeUndefined();
  });

  test("a team's accent is a style sheet, and none where there is none", () => {
    expect(writeSiteStyle({ light: "#0a5a78", dark: "#7fc6e6" })).toContain(
      "--accent: light-dark(#0a5a78, #7fc6e6)",
    );
    expect(writeSiteStyle(undefined)).toBe("");
  });

  test("code of other languages is highlighted by class, to the character", async () => {
    const highlight = await createCodeHighlighter(["```json\n```\n~~~ nosuch\n"]);
    const text = '{ "a": ["<b>", 1] }\r\n\n// c\n';
    const tokens = highlight(text, "JSON") ?? [];
    expect(tokens.map((one) => one.text).join("")).toBe(text);
    expect(tokens.find((one) => one.text === '"<b>"')?.kind).toBe("s");
    expect(highlight("a", "nosuch")).toBeUndefined();
    expect(highlight(`"${"x".repeat(2000)}"`, "json")).toBeUndefined();
  });
});

describe("what a check found", () => {
  const root = path.resolve(import.meta.dirname, "../fixtures/site");

  test("stands at the step in whose lines it is, and what is at no step above all", async () => {
    const library = await readSiteLibrary({ root, configurationPath: false });
    const runbook = library.runbooks.get("deploy")?.value;
    const push = runbook?.steps.find(({ id }) => id === "push");
    const finding = (line: number, message: string): RuleFinding => {
      const place = { line, column: 1, offset: 0 };
      const words = { title: "T", message, hint: "Mend it." };
      const span = { start: place, end: place };
      return { code: "a/b", words, severity: "warning", path: "runbooks/deploy.mdx", span };
    };
    const findings = [finding((push?.span.start.line ?? 0) + 1, "at push"), finding(1, "on top")];
    const page = buildRunbookPage("deploy", createPageContext({ ...library, findings }, "/"));
    expect(page.problems.map(({ message, line }) => [message, line])).toEqual([["on top", 1]]);
    const told = [...(page.body?.steps.values() ?? [])].flatMap(({ id, problems }) =>
      problems.map(({ message }) => [id, message]),
    );
    expect(told).toEqual([["push", "at push"]]);
  });

  test("leaves inputs as slots in the commands that the shell gives them to", async () => {
    const library = await readSiteLibrary({ root, configurationPath: false });
    const page = buildRunbookPage("deploy", createPageContext(library, "/"));
    const push = page.body?.steps.get("push");
    const tokens = push?.kind === "command" ? push.tokens : [];
    expect(tokens.filter(({ input }) => input !== undefined)).toEqual([
      expect.objectContaining({ text: "$METHOD", input: "METHOD" }),
    ]);
    expect(tokens.find(({ risk }) => risk !== undefined)?.text).toBe("--force");
    const include = [...(page.body?.steps.values() ?? [])].find(({ kind }) => kind === "include");
    expect(include?.kind === "include" && include.included.size).toBeGreaterThan(0);
  });
});
