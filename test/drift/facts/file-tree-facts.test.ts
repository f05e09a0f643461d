import { describe, expect, test } from "vitest";
import { fileTreeFacts } from "../../../src/drift/facts/file-tree-facts.ts";
import { gitFacts, isSameRepository } from "../../../src/drift/facts/git-facts.ts";
import { isMistyped } from "../../../src/drift/rules/is-mistyped.ts";
import { observeFacts } from "../observe-facts.ts";

const removal = (commit: string, movedTo?: string) => ({ commit, date: "2026-02-03", movedTo });

describe("what became of a file", () => {
  const files = { "c.md": "" };
  test("is told over all its moves", async () => {
    const { facts } = await observeFacts(fileTreeFacts, files, {
      removals: { "a.md": removal("1a", "b.md"), "b.md": removal("2b", "c.md") },
    });
    expect(await facts.traceRemoval("a.md")).toMatchObject({ commit: "2b", movedTo: "c.md" });
  });

  test("names no file that is gone as well", async () => {
    const { facts } = await observeFacts(fileTreeFacts, files, {
      removals: { "a.md": removal("1a", "b.md"), "b.md": removal("2b") },
    });
    expect(await facts.traceRemoval("a.md")).toEqual({ commit: "2b", date: "2026-02-03" });
    expect(await facts.traceRemoval("d.md")).toBeUndefined();
  });

  test("ends where files were moved in a circle", async () => {
    const { facts } = await observeFacts(fileTreeFacts, files, {
      removals: { "a.md": removal("1a", "b.md"), "b.md": removal("2b", "a.md") },
    });
    expect((await facts.traceRemoval("a.md"))?.movedTo).toBeUndefined();
  });
});

test("a folder is ignored by the slash behind it", async () => {
  const { facts } = await observeFacts(fileTreeFacts, {}, { ignored: ["build/"] });
  expect(await facts.isIgnored("build")).toBe(true);
  expect(await facts.isIgnored("built")).toBe(false);
});

describe("names of git's", () => {
  const git = {
    branches: ["main"],
    remotes: [{ name: "origin", url: "git@example.org:a/b.git" }],
    tags: [],
    isShallow: true,
  };
  test("are the root's own, and partial in a shallow clone", async () => {
    const { facts } = await observeFacts(gitFacts, {}, { git });
    expect(facts.branches).toEqual({ names: ["main"], isDeclared: false, isPartial: true });
    expect(facts.remotes?.names).toEqual(["origin"]);
  });

  test("are not known of another folder", async () => {
    const { facts } = await observeFacts(gitFacts, { "app/x": "" }, { git, subject: "app" });
    expect(facts).toMatchObject({ branches: undefined, remotes: undefined, tags: undefined });
  });

  test("belong to one repository, whatever the protocol", () => {
    expect(isSameRepository("git@example.org:a/b.git", "https://example.org/a/b")).toBe(true);
    expect(isSameRepository("ssh://git@example.org/a/b.git/", "https://u:p@example.org/A/b")).toBe(
      true,
    );
    expect(isSameRepository("https://example.org/a/b", "https://example.org/a/c")).toBe(false);
  });
});

test.each([
  ["depoly.sh", "deploy.sh"],
  ["app.yaml", "app.yml"],
  ["ap.yaml", "app.yaml"],
  ["mian", "main"],
  ["requirments.txt", "requirements.txt"],
  ["Readme.md", "README.md"],
])("%s is a slip for %s", (name, known) => {
  expect(isMistyped(name, known)).toBe(true);
});

test.each([
  ["b.png", "a.png"],
  ["page-1.md", "page-2.md"],
  ["text.yaml", "test.yaml"],
  ["deploy.sh", "destroy.sh"],
  ["web.yaml", "api.yaml"],
  ["same", "same"],
])("%s is no slip for %s", (name, known) => {
  expect(isMistyped(name, known)).toBe(false);
});
