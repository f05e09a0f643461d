import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { openRunSessions } from "../../src/node/open-run-sessions.ts";
import type { ScriptRequest } from "../../src/run/ports.ts";
import { makePlan } from "../run/make-plan.ts";

test("a secret that is changed has its new value here and on each target, with the state of both", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "opswright-test-"));
  const runDirectory = path.join(folder, "run");
  const secrets = [{ name: "KEY", value: "swordfish-old" }];
  const session = await openRunSessions({
    runDirectory,
    directory: folder,
    environment: { PATH: process.env["PATH"] ?? "", HOME: folder, KEY: "swordfish-old" },
    secrets,
    inputs: { KEY: "swordfish-old" },
    plan: { ...makePlan([]), targets: [{ name: "web", exec: ["bash"], tools: [] }] },
    canAsk: false,
  });
  onTestFinished(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let count = 0;
  const run = async (script: string, more: Partial<ScriptRequest> = {}): Promise<string> => {
    count += 1;
    let printed = "";
    await session.runScript({
      key: `script-${count}`,
      script,
      interpreter: "bash",
      graceMs: 500,
      onOutput: (_stream, chunk) => (printed += Buffer.from(chunk).toString()),
      ...more,
    });
    return printed;
  };
  const look = 'echo "$state $made" "$KEY" ${#KEY}';
  for (const target of [undefined, "web"]) {
    await run(`state=of-${target ?? "here"}; made="<$KEY>"`, { target });
  }

  await session.renewSecrets?.([{ name: "KEY", value: "swordfish-newer" }]);

  const secretNames = ["KEY"];
  expect(await run(look, { secretNames })).toBe("of-here <[secret KEY]> [secret KEY] 15\n");
  expect(await run(look, { secretNames, target: "web" })).toBe(
    "of-web <[secret KEY]> [secret KEY] 15\n",
  );
  for (const entry of readdirSync(runDirectory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    expect(readFileSync(file, "latin1"), file).not.toContain("swordfish");
  }
});
