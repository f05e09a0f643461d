import { describe, expect, test } from "vitest";
import {
  hasAlikeAnchor,
  readAnchors,
  type Anchors,
} from "../../../src/drift/claims/read-anchors.ts";
import { readLink } from "../../../src/drift/claims/read-link.ts";
import { scanHeadingSlugs } from "../../../src/drift/claims/scan-heading-slugs.ts";
import { createFileTree } from "../../../src/drift/file-tree.ts";
import { resolveLink } from "../../../src/drift/rules/resolve-link.ts";
import { parseDocument } from "../../../src/parse/parse-document.ts";

describe("a link's target", () => {
  test.each([
    ["a.md", "a.md", undefined],
    ["../a%20b.md?plain=1#the-top", "../a b.md", "the-top"],
    ["#%C3%BCber", "", "über"],
    ["/docs/a.md#", "/docs/a.md", undefined],
    ["#", "", undefined],
  ])("%s", (target, path, fragment) => {
    expect(readLink(target)).toEqual({ path, fragment });
  });

  test.each([
    "https://example.org/a.md",
    "mailto:a@example.org",
    "//example.org/a",
    "%00.md",
    "a%0Ab.md",
    "%1B[31m.md",
    "a.md#%1B[31m",
    `${"a".repeat(2000)}.md`,
    `#${"a".repeat(2000)}`,
    "{{< ref a.md >}}",
    "${BASE}/a.md",
    "100%.md",
    "a%ff.md",
  ])("is none of ours: %s", (target) => {
    expect(readLink(target)).toBeUndefined();
  });
});

describe("where a link leads", () => {
  const tree = createFileTree([
    "README.md",
    "docs/README.md",
    "docs/guide.md",
    "docs/ops/_index.md",
    "docs/ops/backup.mdx",
    "docs/img/a.png",
  ]);
  test.each([
    ["docs/guide.md", "ops/backup.mdx", "docs/ops/backup.mdx"],
    ["docs/guide.md", "ops/backup.md", "docs/ops/backup.mdx"],
    ["docs/guide.md", "./ops/backup", "docs/ops/backup.mdx"],
    ["docs/guide.md", "ops/backup/", "docs/ops/backup.mdx"],
    ["docs/guide.md", "ops/backup.html", "docs/ops/backup.mdx"],
    ["docs/guide.md", "ops", "docs/ops/_index.md"],
    ["docs/guide.md", "..", "README.md"],
    ["docs/guide.md", "/docs/", "docs/README.md"],
    ["docs/guide.md", "/docs/guide", "docs/guide.md"],
    ["docs/guide.md", "img", "docs/img"],
    // As a site reads it: from `/docs/ops/backup/` and `/docs/guide/`.
    ["docs/ops/backup.mdx", "../../guide/", "docs/guide.md"],
    ["docs/guide.md", "../img/a.png", "docs/img/a.png"],
  ])("from %s: %s", (from, path, expected) => {
    expect(resolveLink(from, path, tree)).toMatchObject({ path: expected });
  });

  test("is nowhere, or out of the repository", () => {
    expect(resolveLink("docs/guide.md", "ops/restore.md", tree)).toEqual({
      kind: "missing",
      path: "docs/ops/restore.md",
    });
    expect(resolveLink("docs/guide.md", "../../issues", tree)).toEqual({ kind: "outside" });
  });
});

const anchorsOf = (text: string): Anchors =>
  readAnchors(parseDocument({ path: "a.md", id: "a", format: "md", text }).value!);

describe("anchors of a document", () => {
  const anchors = anchorsOf(
    "# Backup & `restore`\n\n## Same\n\n## Same\n\nSetext\n---\n\n<a name=\"old\"></a> <p id='mark'>\n\n```bash id=push\n# no heading\n```\n\n### 2. Second {#own}\n\n- ## In a list\n\n(label)=\n<h2 align=center>In HTML</h2>\n",
  );
  test.each(["backup--restore", "same", "same-1", "setext", "old", "mark", "push", "own", "label"])(
    "%s",
    (fragment) => {
      expect(anchors.exact.has(fragment)).toBe(true);
    },
  );

  test.each(["backup-restore", "Same", "same_2", "second", "in-a-list", "in-html"])(
    "%s, on some sites",
    (fragment) => {
      expect(anchors.exact.has(fragment)).toBe(false);
      expect(hasAlikeAnchor(anchors, fragment)).toBe(true);
    },
  );

  test("are no others", () => {
    expect(hasAlikeAnchor(anchors, "restore")).toBe(false);
    expect(anchors.isOpen).toBe(false);
    expect(anchorsOf("# A\n\n{{< include b.md >}}\n").isOpen).toBe(true);
  });

  test("are scanned for without a parser, where that is safe", () => {
    const text =
      "# One `two`\n\n```bash\n# In a block\n~~~\n```\n\n~~~\n# In another\n```\n~~~\n\n## Closed ##\n\n## *Marked*\n";
    expect([...scanHeadingSlugs(text)]).toEqual(["one-two", "closed"]);
  });

  test("are scanned for in linear time", () => {
    const parsed = parseDocument({ path: "a.md", id: "a", format: "md", text: "# A\n" }).value!;
    const long = `# ${"]( {:# ".repeat(50_000)}\n\n${"<h1 ".repeat(50_000)}\n`;
    const { headings } = readAnchors({ ...parsed, source: { ...parsed.source, text: long } });
    expect(headings).toEqual(["a"]);
    expect(scanHeadingSlugs(`${"> ".repeat(100_000)}x`).size).toBe(0);
  });
});
