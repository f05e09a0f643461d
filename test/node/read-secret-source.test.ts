import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { currentEnvironment } from "../../src/node/current-environment.ts";
import { isAlive } from "../../src/node/process-table.ts";
import type { SecretPlace } from "../../src/node/read-secret-command.ts";
import { expandSecretPath, readSecretSource } from "../../src/node/read-secret-source.ts";

let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "opswright-secrets-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

function makePlace(changes: Partial<SecretPlace> = {}): SecretPlace & { messages: string[] } {
  const messages: string[] = [];
  return {
    directory,
    environment: currentEnvironment(),
    timeoutMs: 60_000,
    hasTerminal: false,
    interrupted: new AbortController().signal,
    onMessage: (text) => messages.push(text),
    messages,
    ...changes,
  };
}

function readPid(name: string): number {
  return Number(readFileSync(path.join(directory, name), "utf8"));
}

describe("a command that does not end", () => {
  const command = "trap '' TERM; sleep 1000 & echo $! > slow; echo value; wait; wait";

  test("is ended after its time with all that it has started", async () => {
    const reading = await readSecretSource({ command }, makePlace({ timeoutMs: 300 }));
    expect(reading).toEqual({ kind: "failed", reason: "it did not end within 0.3 s" });
    expect(isAlive(readPid("slow"))).toBe(false);
  });

  test("is ended when the run is interrupted", async () => {
    const interruption = new AbortController();
    const place = makePlace({ interrupted: interruption.signal });
    const told = "echo ready >&2; exec sleep 1000";
    const reading = readSecretSource({ command: `echo $$ > mine; ${told}` }, place);
    while (!existsSync(path.join(directory, "mine"))) await new Promise(setImmediate);
    interruption.abort();
    expect(await reading).toEqual({ kind: "interrupted" });
    expect(isAlive(readPid("mine"))).toBe(false);
  });
});

test("what a command leaves running is no part of it, and lives on", async () => {
  const command = "sleep 1000 & echo $! > agent; echo value; echo more";
  expect(await readSecretSource({ command }, makePlace())).toEqual({
    kind: "read",
    value: "value",
  });
  const pid = readPid("agent");
  expect(isAlive(pid)).toBe(true);
  process.kill(pid);
});

test("what it says on standard error is handed on without what it printed", async () => {
  const place = makePlace();
  const command = "echo hunter2; echo and-more; echo 'I have hunter2 and and-more' >&2; exit 1";
  expect(await readSecretSource({ command }, place)).toEqual({
    kind: "failed",
    reason: "exit code 1",
  });
  expect(place.messages).toEqual(["I have [secret value] and [secret value]\n"]);
});

test("a command that cannot be started is told", async () => {
  const reading = await readSecretSource({ command: "echo \0" }, makePlace());
  expect(reading).toMatchObject({
    kind: "failed",
    reason: expect.stringMatching(/cannot be started/u) as string,
  });
  const environment = { PATH: directory };
  expect(await readSecretSource({ command: "true" }, makePlace({ environment }))).toEqual({
    kind: "failed",
    reason: "bash is not on PATH",
  });
});

test.each([
  ["a", "/srv/a"],
  ["/a", "/a"],
  ["~/a", "/home/me/a"],
  ["$HOME/a", "/home/me/a"],
  ["${HOME}/a", "/home/me/a"],
  ["~me/a", "/srv/~me/a"],
  ["$HOMES/a", "/srv/$HOMES/a"],
  ["a/~/b", "/srv/a/~/b"],
])("the path %s is %s", (file, expected) => {
  const environment = { HOME: "/home/me" };
  expect(expandSecretPath(file, { directory: "/srv", environment })).toBe(expected);
});
