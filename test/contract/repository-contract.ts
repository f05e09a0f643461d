import { describe, expect, test } from "vitest";
import type { Repository } from "../../src/drift/ports.ts";

/** What every repository of the contract holds; `.gitignore` and history are part of it. */
export const contractFiles: Readonly<Record<string, string>> = {
  ".gitignore": "build/\n*.log\n!keep.log\n",
  "README.md": "# Contract\n",
  "docs/a b.md": "spaced\n",
  "docs/ümlaut.md": "named in UTF-8\n",
  "keep.log": "kept\n",
  "scripts/deploy.sh": "echo deploy\n",
};

/** A file that history knows and the tree has not. */
export const removedFile = "docs/old.md";

/** A file that history knows under another name now: from, to. */
export const movedFile = ["scripts/release.sh", "scripts/deploy.sh"] as const;

/** Makes a repository that holds `contractFiles`, one removed and one moved file in its history. */
export type MakeRepository = () => Promise<Repository>;

/** States what each implementation of the port keeps, the real one and the fake. */
export function describeRepositoryContract(name: string, make: MakeRepository): void {
  describe(`the repository (${name})`, () => {
    test("lists its files sorted, by their paths, without what is ignored", async () => {
      const repository = await make();
      expect(await repository.listFiles()).toEqual(Object.keys(contractFiles).toSorted());
    });

    test("reads a text whole, and tells what is not there", async () => {
      const repository = await make();
      expect(await repository.readText("docs/ümlaut.md")).toEqual({
        kind: "text",
        text: "named in UTF-8\n",
      });
      expect(await repository.readText("docs/gone.md")).toEqual({ kind: "absent" });
      expect(await repository.readText("docs")).toEqual({ kind: "absent" });
      expect(await repository.readText("../outside.md")).toEqual({ kind: "absent" });
    });

    test("knows what is ignored, also where it is not there", async () => {
      const repository = await make();
      expect(await repository.isIgnored("build/app.js")).toBe(true);
      expect(await repository.isIgnored("any.log")).toBe(true);
      expect(await repository.isIgnored("keep.log")).toBe(false);
      expect(await repository.isIgnored("docs/gone.md")).toBe(false);
    });

    test("knows branches, remotes and tags", async () => {
      const repository = await make();
      expect(await repository.readGit()).toEqual({
        branches: ["feature/x", "main"],
        remotes: [{ name: "origin", url: "https://example.org/contract.git" }],
        tags: ["v1.0.0"],
        isShallow: false,
      });
    });

    test("knows what became of files that are gone", async () => {
      const repository = await make();
      expect(await repository.findRemoval(removedFile)).toMatchObject({
        commit: expect.stringMatching(/^[0-9a-f]{7,}$/u) as string,
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u) as string,
      });
      expect((await repository.findRemoval(removedFile))?.movedTo).toBeUndefined();
      expect(await repository.findRemoval(movedFile[0])).toMatchObject({ movedTo: movedFile[1] });
      expect(await repository.findRemoval("docs/never.md")).toBeUndefined();
    });

    test("says nothing that it was not asked to observe", async () => {
      const repository = await make();
      expect(await repository.readHelp(["git", "push"])).toBeUndefined();
      expect(await repository.readCommand("routes")).toBeUndefined();
      expect(await repository.lintScripts([{ text: "echo $1", shell: "bash" }])).toBeUndefined();
    });
  });
}
