import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { claimKinds } from "../../src/drift/claims/claim-kinds.ts";
import { factSources } from "../../src/drift/facts/fact-sources.ts";
import { rules } from "../../src/drift/rules/rules.ts";
import {
  generatedFolders,
  renderDocumentationPages,
} from "../../src/report/documentation/documentation-pages.ts";

const root = path.resolve(import.meta.dirname, "../..");
const pages = renderDocumentationPages();

describe("the generated pages", () => {
  test.each([...pages])("%s is what the script writes", async (name, text) => {
    const page = await readFile(path.join(root, name), "utf8").catch(() => "");
    expect(page, "run `npm run docs`").toBe(text);
  });

  test("are all there is in their folders", async () => {
    const found: string[] = [];
    for (const folder of generatedFolders) {
      for (const entry of await readdir(path.join(root, folder), {
        recursive: true,
        withFileTypes: true,
      })) {
        if (!entry.isFile()) continue;
        found.push(path.relative(root, path.join(entry.parentPath, entry.name)));
      }
    }
    const expected = [...pages.keys()].filter((name) => name !== "docs/diagnostics.md");
    expect(found.toSorted(), "run `npm run docs`").toEqual(expected.toSorted());
  });

  test("link only to pages that are there", () => {
    const handWritten = new Set(["docs/check.md"]);
    let count = 0;
    for (const [name, text] of pages) {
      for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)\)/gu)) {
        // Examples hold links of their own.
        if (
          !/^(?:\.\.?\/|README|[\w-]+(?:\/[\w-]+)?\.md$)/u.test(target) ||
          isInFence(text, target)
        )
          continue;
        count += 1;
        const linked = path.posix.join(path.posix.dirname(name), target);
        expect(pages.has(linked) || handWritten.has(linked), `${name}: ${target}`).toBe(true);
      }
    }
    expect(count).toBeGreaterThan(rules.length);
  });
});

function isInFence(text: string, target: string): boolean {
  const before = text.slice(0, text.indexOf(`](${target})`));
  return (before.match(/^`{3,}/gmu)?.length ?? 0) % 2 === 1;
}

const sentence = /^[A-Z`"][\s\S]*[.!?]$/u;

describe("the words of the check", () => {
  test.each(rules.map((rule) => [rule.code, rule] as const))(
    "%s is well described",
    (_code, rule) => {
      expect(rule.code).toMatch(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/u);
      expect(rule.title).toMatch(/^[A-Z][^.]*$/u);
      for (const text of [rule.what, rule.why, rule.remedy]) expect(text).toMatch(sentence);
      expect(rule.example.wrong.trim()).not.toBe("");
    },
  );

  test("rules, claims and facts have names of their own", () => {
    for (const names of [
      rules.map(({ code }) => code),
      claimKinds.map(({ name }) => name),
      factSources.map(({ name }) => name),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test.each([...claimKinds, ...factSources].map((one) => [one.name, one] as const))(
    "%s is described in whole sentences",
    (name, { title, description }) => {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/u);
      expect(title).not.toMatch(/[.]$/u);
      expect(description).toMatch(sentence);
    },
  );
});
