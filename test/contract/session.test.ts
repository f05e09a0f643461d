import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { openBashSession } from "../../src/node/open-bash-session.ts";
import { openTargetSession } from "../../src/node/open-target-session.ts";
import { createFakeSession } from "../run/fake-session.ts";
import { describeSession } from "./session-contract.ts";

describeSession("a session of bash", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "opswright-test-"));
  const session = await openBashSession({
    runDirectory: path.join(folder, "run"),
    directory: folder,
    environment: { PATH: process.env["PATH"] ?? "", HOME: folder },
  });
  onTestFinished(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return session;
});

describeSession("a session on a target", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "opswright-test-"));
  const session = await openTargetSession({
    name: "there",
    command: ["bash"],
    directory: folder,
    programEnvironment: { PATH: process.env["PATH"], HOME: folder },
    runDirectory: path.join(folder, "run"),
    environment: {},
    secrets: [],
    toolsOn: () => [],
    servers: ["server"],
  });
  onTestFinished(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return session;
});

describeSession("a session in memory", async () => createFakeSession());
