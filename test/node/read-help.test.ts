import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHelp } from "../../src/node/read-help.ts";

/** Prints what it was called with and where, a word a line. */
const echo = '#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n';

let base = "";
const folder = (name: string): string => path.join(base, name);

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-help-")));
  for (const file of [
    "tools/curl",
    "tools/git",
    "tools/kubectl",
    "tools/railway",
    "root/bin/own",
  ]) {
    await mkdir(path.dirname(folder(file)), { recursive: true });
    await writeFile(folder(file), echo);
    await chmod(folder(file), 0o755);
  }
  await writeFile(folder("tools/broken"), "#!/bin/sh\nkill -9 $$\n");
  await chmod(folder("tools/broken"), 0o755);
});

afterAll(() => rm(base, { recursive: true, force: true }));

describe("readHelp", () => {
  const ask = async (...words: string[]): Promise<string> => {
    const folders = [folder("tools"), folder("root/bin"), process.env["PATH"]];
    return readHelp(words, { root: folder("root"), environment: { PATH: folders.join(":") } });
  };

  test.each([
    [["railway"], "/\n--help"],
    [["railway", "logs"], "/\nlogs\n--help"],
    [["curl"], "/\n--help\nall"],
    [["git", "push"], "/\npush\n-h"],
  ])("asks %j in its own way, in the root of the file system", async (words, expected) => {
    expect((await ask(...words)).trim()).toBe(expected);
  });

  test("asks git and kubectl also for what their help leaves out", async () => {
    const git = (await ask("git")).split("\n").filter((line) => line !== "");
    expect(git).toEqual(["/", "--help", "Commands:", "  /", "  --list-cmds=main,others,alias"]);
    expect((await ask("kubectl")).match(/^[a-z-].*$/gmu)).toEqual(["--help", "options"]);
  });

  test.each([
    ["what is not installed", ["no-such-program"]],
    ["what the repository brings along", ["own"]],
    ["paths", ["./own"]],
    ["sub-commands that are options", ["railway", "--eval"]],
    ["sub-commands that are paths", ["railway", "../x"]],
  ])("starts nothing for %s", async (_, words) => {
    expect(await ask(...words)).toBe("");
  });

  test("learns nothing from a program that dies", async () => {
    expect((await ask("broken")).trim()).toBe("");
  });
});
