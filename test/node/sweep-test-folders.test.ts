import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { sweepTestFolders } from "../../src/node/sweep-test-folders.ts";

test("folders of processes that are gone are taken away, and no others", async () => {
  const place = mkdtempSync(path.join(tmpdir(), "sweep-"));
  try {
    const gone = spawnSync("true").pid;
    const kept = [`t-${process.pid}-abc`, `t-${gone}abc`, "t-9xYz12", `other-${gone}-abc`];
    for (const name of [...kept, `t-${gone}-abc`]) mkdirSync(path.join(place, name));
    await sweepTestFolders([place], "t-");
    expect(readdirSync(place).toSorted()).toEqual(kept.toSorted());
  } finally {
    rmSync(place, { recursive: true });
  }
});
