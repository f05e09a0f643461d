import { describe, expect, test } from "vitest";
import { scriptTieClaims } from "../../src/drift/claims/script-tie-claims.ts";
import type { DriftDocument } from "../../src/drift/drift-document.ts";
import { applyEdits } from "../../src/edit/apply-edits.ts";
import { findUnsynced, planSync, type ReadTie } from "../../src/edit/sync-scripts.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";

/** A document and a script, and what a sync makes of them. */
interface Texts {
  readonly document: string;
  readonly script: string | undefined;
}

function readTies({ document: text, script }: Texts): readonly ReadTie[] {
  const source = { path: "a.md", id: "a", format: "md" as const, text };
  const parsed = parseDocument(source).value;
  const document = { parsed, isStrict: false, lines: createLineIndex(text) } as DriftDocument;
  return scriptTieClaims.collect(document).map(({ value, span }) => ({
    ...value,
    attributeSpan: span,
    source,
    script: script === undefined ? { kind: "absent" } : { kind: "text", text: script },
  }));
}

function sync(
  texts: Texts,
  from: "docs" | "scripts",
  canCreate = false,
): Texts & { reasons: readonly string[] } {
  let { document, script } = texts;
  for (;;) {
    const plan = planSync(readTies({ document, script }), from, { canCreate });
    const edits = plan.writes.flatMap(({ fix }) => fix.edits);
    const next = {
      document: applyEdits(
        document,
        edits.filter(({ path }) => path === "a.md"),
      ),
      script:
        plan.newScripts[0]?.text ??
        (script === undefined
          ? undefined
          : applyEdits(
              script,
              edits.filter(({ path }) => path !== "a.md"),
            )),
    };
    if (next.document === document && next.script === script) {
      return { ...next, reasons: plan.problems.map(({ reason }) => reason) };
    }
    ({ document, script } = next);
  }
}

const fence = (code: string, place = "s.sh#r"): string =>
  `# A\n\n\`\`\`sh script=${place}\n${code}\n\`\`\`\n\nBehind.\n`;
const region = (code: string): string =>
  `#!/bin/sh\nset -e\n# opswright:begin r\n${code}${code === "" ? "" : "\n"}# opswright:end r\nexit 0\n`;

/** Documents with a block of `old`, in all places where a block can stand. */
const documents: Readonly<Record<string, string>> = {
  plain: "# A\n\n```sh script=s.sh#r\nold\nkept\n```\n\nBehind.\n",
  "in a list": "1. One\n\n   ```sh script=s.sh#r\n   old\n   kept\n   ```\n\n2. Two\n",
  "behind a list's mark": "- ```sh script=s.sh#r\n  old\n  kept\n  ```\n- Two\n",
  "in a quote": "> Quote\n>\n> ```sh script=s.sh#r\n> old\n> kept\n> ```\n>\n> End\n",
  "in a list in a quote": "> - One\n>\n>   ```sh script=s.sh#r\n>   old\n>   kept\n>   ```\n",
  "with Windows line endings":
    "# A\r\n\r\n```sh script=s.sh#r\r\nold\r\nkept\r\n```\r\n\r\nBehind.\r\n",
  "without a last line ending": "```sh script=s.sh#r\nold\nkept\n```",
  "with tildes": "~~~~sh script=s.sh#r\nold\nkept\n~~~~\n",
  "indented as a whole": "```sh script=s.sh#r\n    old\n    kept\n```\n",
  "with an indented fence": "  ```sh script=s.sh#r\n  old\n  kept\n  ```\n",
  "between others": "```sh\nold\n```\n\n```sh script=s.sh#r\nold\nkept\n```\n\n```sh\nold\n```\n",
  "that is empty": "```sh script=s.sh#r\n```\n\nBehind.\n",
};

const scripts: Readonly<Record<string, string>> = {
  plain: "#!/bin/sh\n# opswright:begin r\nold\nkept\n# opswright:end r\nexit\n",
  indented: "f() {\n  # opswright:begin r\n  old\n  kept\n  # opswright:end r\n}\n",
  "indented by tabs": "f() {\n\t# opswright:begin r\n\told\n\tkept\n\t# opswright:end r\n}\n",
  "with Windows line endings":
    "a\r\n# opswright:begin r\r\nold\r\nkept\r\n# opswright:end r\r\nz\r\n",
  "with a region inside":
    "# opswright:begin r\nold\n# opswright:begin i\nkept\n# opswright:end i\n# opswright:end r",
  empty: "#!/bin/sh\n\n  # opswright:begin r\n  # opswright:end r\n\nexit\n",
};

/** Texts that a block or a region can be made to hold. */
const codes: readonly string[] = [
  "new",
  "new\nkept",
  "kept",
  "old\nkept\nmore",
  "",
  "a\n\nb",
  "if x; then\n  y\n\n\tz\nfi",
  "cat <<EOF\n  text\nEOF",
  "echo '```'\n```\n````\n~~~\n~~~~~",
  "> quoted\n- listed\n1. counted",
  "# A heading?\n---\n<b>{x}</b>",
  "trailing  \n\ttab",
  "grün 🎉",
];

const table = Object.keys(documents).flatMap((place) =>
  codes.map((code) => [place, code] as const),
);

describe("from docs and back nothing is changed", () => {
  test.each(table)("%s: %j", (place, code) => {
    const document = documents[place] ?? "";
    // The document is made to hold the code from a script that does.
    const script = region(code);
    const written = sync({ document, script }, "scripts");
    expect(written.reasons).toEqual([]);
    expect(written.script).toBe(script);
    expect(findUnsynced(readTies(written))).toEqual([]);
    for (const name of ["plain", "indented by tabs", "with a region inside"]) {
      const other = scripts[name];
      const there = sync({ document: written.document, script: other }, "docs");
      expect(there.reasons, name).toEqual([]);
      expect(there.document, name).toBe(written.document);
      const back = sync({ document, script: there.script }, "scripts");
      expect(back.document, name).toBe(written.document);
    }
    // Nothing, or a here-document whose end must stand at the margin, has no indentation to go by.
    if (code === "" || code.includes("<<")) return;
    // What the block held at first comes back to the byte, but for a fence that has grown.
    const first = sync({ document: written.document, script: scripts["plain"] }, "scripts");
    const again = sync({ document, script: scripts["plain"] }, "scripts");
    expect(first.document.replaceAll(/`{4,}/gu, "```").replaceAll(/~{4,}/gu, "~~~~")).toBe(
      again.document,
    );
  });
});

describe("a sync changes nothing else", () => {
  test.each(Object.entries(documents))("in the document %s", (_place, document) => {
    const { document: written } = sync({ document, script: region("new\nkept") }, "scripts");
    const isCode = /\b(?:old|new|kept)\b/u;
    const around = (text: string): string =>
      text
        .split("\n")
        .filter((line) => !isCode.test(line))
        .join("\n");
    expect(around(written)).toBe(around(document));
    expect(written.includes("\r\n")).toBe(document.includes("\r\n"));
    expect(written.replaceAll("\r\n", "").includes("\r")).toBe(false);
  });

  test.each(Object.entries(scripts))("in the script %s", (_place, script) => {
    const written = sync({ document: fence("new\nkept"), script }, "docs").script ?? "";
    const around = (text: string): string =>
      text
        .split("\n")
        .filter((line) => !/\b(?:old|new|kept)\b/u.test(line))
        .join("\n");
    expect(around(written)).toBe(around(script));
    expect(/(?<!\r)\n/u.test(written)).toBe(/(?<!\r)\n/u.test(script));
  });

  test("indentation, prefixes and inner markers are kept", () => {
    expect(
      sync({ document: fence("a\n\n  b"), script: scripts["indented by tabs"] }, "docs").script,
    ).toBe("f() {\n\t# opswright:begin r\n\ta\n\n\t  b\n\t# opswright:end r\n}\n");
    expect(
      sync({ document: fence("new\nkept\nmore"), script: scripts["with a region inside"] }, "docs")
        .script,
    ).toBe(
      "# opswright:begin r\nnew\n# opswright:begin i\nkept\nmore\n# opswright:end i\n# opswright:end r",
    );
    expect(
      sync({ document: documents["in a quote"] ?? "", script: region("a\n\nb") }, "scripts")
        .document,
    ).toBe("> Quote\n>\n> ```sh script=s.sh#r\n> a\n>\n> b\n> ```\n>\n> End\n");
  });

  test("a fence grows where the code would close it", () => {
    const { document } = sync({ document: fence("old"), script: region("a\n````\nb") }, "scripts");
    expect(document).toBe("# A\n\n`````sh script=s.sh#r\na\n````\nb\n`````\n\nBehind.\n");
  });

  test("a here-document stays at the margin", () => {
    const code = "cat <<EOF\nx\nEOF";
    expect(sync({ document: fence(code), script: scripts["indented"] }, "docs").script).toBe(
      `f() {\n  # opswright:begin r\n${code}\n  # opswright:end r\n}\n`,
    );
  });

  test("a whole script keeps its first line, and its last line ending or none", () => {
    const document = fence("a\nb", "s.sh");
    expect(sync({ document, script: "#!/bin/sh\nold\n" }, "docs").script).toBe("#!/bin/sh\na\nb\n");
    expect(sync({ document, script: "#!/bin/sh\nold" }, "docs").script).toBe("#!/bin/sh\na\nb");
    expect(sync({ document, script: "#!/bin/sh\r\nold\r\n" }, "docs").script).toBe(
      "#!/bin/sh\r\na\r\nb\r\n",
    );
    expect(sync({ document: fence("old", "s.sh"), script: "a\nb" }, "scripts").document).toBe(
      fence("a\nb", "s.sh"),
    );
  });
});

describe("what cannot be written is told, and left alone", () => {
  test("blocks that are tied to one region and differ", () => {
    const document = `${fence("a")}\n${fence("b")}`;
    const { script, reasons } = sync({ document, script: region("old") }, "docs");
    expect(script).toBe(region("old"));
    expect(reasons).toEqual([
      "a.md:11 is tied to the same lines and is different",
      "a.md:3 is tied to the same lines and is different",
    ]);
    // The other direction writes both.
    expect(sync({ document, script: region("c") }, "scripts").document).toBe(
      `${fence("c")}\n${fence("c")}`,
    );
  });

  test("blocks that are the same write their region once", () => {
    const document = `${fence("a")}\n${fence("a")}`;
    expect(sync({ document, script: region("old") }, "docs")).toMatchObject({
      script: region("a"),
      reasons: [],
    });
  });

  test("a block that holds markers", () => {
    const document = fence("a\n# opswright:end r\nb");
    expect(sync({ document, script: region("old") }, "docs")).toMatchObject({
      script: region("old"),
      reasons: ["the block holds markers of regions"],
    });
  });

  test.each([
    [undefined, "docs", "there is no s.sh; --create makes it"],
    [undefined, "scripts", "there is no s.sh#r to write it from"],
    ["ls\n", "scripts", "there is no s.sh#r to write it from"],
    ["# opswright:begin r\n", "docs", "the markers of s.sh#r make no region; put them right first"],
  ] as const)("a script or region that is not there: %j from %s", (script, from, reason) => {
    const texts = { document: fence("a"), script };
    expect(sync(texts, from)).toEqual({ ...texts, reasons: [reason] });
  });
});

describe("what is not there is made where that is wanted", () => {
  test.each([
    ["s.sh#r", "ls", "ls\n\n# opswright:begin r\na\n# opswright:end r\n"],
    ["s.sql#r", "ls;\n", "ls;\n\n-- opswright:begin r\na\n-- opswright:end r\n"],
    [
      "s.html#r",
      "<p>\r\n",
      "<p>\r\n\r\n<!-- opswright:begin r -->\r\na\r\n<!-- opswright:end r -->\r\n",
    ],
    ["s.sh#r", undefined, "#!/usr/bin/env sh\n"],
  ])("a region in %s", (place, script, text) => {
    const made = sync({ document: fence("a", place), script }, "docs", true);
    expect(made.reasons).toEqual([]);
    if (script !== undefined) expect(made.script).toBe(text);
    expect(findUnsynced(readTies(made))).toEqual([]);
  });

  test("a whole script", () => {
    const made = sync({ document: fence("a\nb", "s.sh"), script: undefined }, "docs", true);
    expect(made.script).toBe("#!/usr/bin/env bash\na\nb\n");
  });
});
