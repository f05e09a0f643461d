import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { holdLock } from "../../src/node/hold-lock.ts";
import { makeProject } from "./make-project.ts";

test("gives the lock back where the work fails", async () => {
  const project = await makeProject({ "a/": "" });
  const lock = project.file("a/x.lock");
  await expect(holdLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await holdLock(lock, () => readdir(project.file("a")))).toEqual(["x.lock"]);
  expect(await readdir(project.file("a"))).toEqual([]);
  await project.remove();
});

test("takes over what a process left behind that died", async () => {
  const project = await makeProject({ "x.lock": "" });
  expect(
    await holdLock(project.file("x.lock"), () => Promise.resolve("done"), { staleAfterMs: 60 }),
  ).toBe("done");
  await project.remove();
});
