import { readFile, readdir, stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { LedgerError, writeLedger } from "../../src/node/write-ledger.ts";
import { makeProject } from "./make-project.ts";

const step = {
  runbook: "a",
  stepId: "one",
  verification: {
    digest: "0".repeat(64),
    verifiedAt: "2026-02-03T00:00:00Z",
    how: "live",
    target: "a",
  },
};

test("makes a ledger, adds to it, and leaves it where nothing changes", async () => {
  const project = await makeProject({ "runbooks/": "" });
  const file = project.file("runbooks/.verified.json");
  await writeLedger(project.file("runbooks"), [step], new Map());
  const first = await stat(file);
  await writeLedger(project.file("runbooks"), [step], new Map());
  expect((await stat(file)).ino).toBe(first.ino);
  await writeLedger(project.file("runbooks"), [{ ...step, stepId: "two" }], new Map());
  const { runbooks } = JSON.parse(await readFile(file, "utf8")) as {
    runbooks: Record<string, object>;
  };
  expect(Object.keys(runbooks["a"] ?? {})).toEqual(["one", "two"]);
  await project.remove();
});

test("loses nothing where many enter at the same time", async () => {
  const project = await makeProject({ "runbooks/": "" });
  const ids = Array.from({ length: 20 }, (_item, at) => `step-${String(at).padStart(2, "0")}`);
  await Promise.all(
    ids.map((stepId) => writeLedger(project.file("runbooks"), [{ ...step, stepId }], new Map())),
  );
  const text = await readFile(project.file("runbooks/.verified.json"), "utf8");
  const { runbooks } = JSON.parse(text) as { runbooks: Record<string, object> };
  expect(Object.keys(runbooks["a"] ?? {})).toEqual(ids);
  expect(await readdir(project.file("runbooks"))).toEqual([".verified.json"]);
  await project.remove();
});

test("never overwrites what is no ledger", async () => {
  const broken = '<<<<<<< HEAD\n{ "schemaVersion": 1 }\n';
  const project = await makeProject({ "runbooks/.verified.json": broken });
  await expect(writeLedger(project.file("runbooks"), [step], new Map())).rejects.toThrow(
    LedgerError,
  );
  expect(await readFile(project.file("runbooks/.verified.json"), "utf8")).toBe(broken);
  await project.remove();
});

test("says so where it cannot write", async () => {
  const project = await makeProject({ runbooks: "a file" });
  await expect(writeLedger(project.file("runbooks"), [step], new Map())).rejects.toThrow(
    LedgerError,
  );
  await project.remove();
});
