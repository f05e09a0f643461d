import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { matchText } from "../../src/match/match-output.ts";
import { rateExpectation } from "../../src/match/rate-expectation.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import type { Expectation } from "../../src/model/expectation.ts";
import type { CommandStep } from "../../src/model/runbook.ts";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks } from "../../src/node/read-runbooks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const library = await readRunbooks(await readProject({ root, configurationPath: false }));
const runbookIds = ["deployment", "backup-restore", "incident-response", "disaster-recovery"];

/** Why a step says nothing of what it prints. */
const withoutExpectation: Readonly<Record<string, readonly string[]>> = {
  "it prints nothing where it is well": [
    "deployment#start",
    "deployment#on-develop",
    "deployment#migrate-local",
    "deployment#local-environment",
    "deployment#flask-migrate",
    "deployment#something-deployed",
    "backup-restore#not-in-git",
    "backup-restore#readable",
    "backup-restore#restore",
    "backup-restore#analyze",
  ],
  "it may print nothing, and be well": [
    "deployment#commit",
    "deployment#review-changes",
    "deployment#reset-preview",
    "deployment#compose-migrate",
  ],
  "the words are those of Railway's or npm's program, which no test here can ask": [
    "deployment#upload",
    "deployment#link-service",
    "deployment#upload-linked",
    "deployment#install-cli",
    "deployment#link",
    "deployment#flask-env",
    "deployment#railway-rollback",
    "incident-response#redeploy",
    "disaster-recovery#redeploy",
    "disaster-recovery#upload",
  ],
  "it looks at what is broken, and whatever it sees is an answer": [
    "incident-response#alive",
    "incident-response#ready",
    "incident-response#deployments",
    "incident-response#logs",
    "incident-response#variables",
    "incident-response#changes",
  ],
};

/** What else a step may print where it is well, beside what it prints in the world. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  "backup-restore#target": [
    "railway at this machine, PostgreSQL 16.4, 812 kB\n",
    "railway at fd12:7c::1, PostgreSQL 17beta1 (Ubuntu 17~beta1-1), 3 GB\n",
  ],
  "backup-restore#dump": [
    "-rw-------@ 1 ada  staff  1282547 Feb  3 04:05 backups/unioncore.dump\n",
  ],
  "backup-restore#size": ["1048577 bytes\n", "48123456789 bytes\n"],
  "backup-restore#contents": [
    "; Archive created at 2026-02-03 04:05:06 -03\n212; 0 1 TABLE DATA public alembic_version a\n213; 0 2 TABLE DATA public members a\n",
  ],
  "backup-restore#restored-revision": ["g2b3c4d5e6f7\n", "0001_baseline\n"],
  "deployment#push": ["Everything up-to-date\n"],
  "deployment#production-revision": ["9d48d853728b\n", "9d48d853728b (head)\n"],
  "deployment#run-tests": [
    "======= test session starts =======\ncollected 470 items\n\n== 468 passed, 2 skipped, 1 warning in 65.21s (0:01:05) ==\n",
  ],
  "deployment#logged-in": ["Logged in as Xerxes (xerxes@unioncore.example) 👋\n"],
  "deployment#compose-up": ["Starting ip2a-db ... done\nStarting ip2a-api ... done\n"],
  "deployment#venv": ["Python 3.12.4\n"],
  "disaster-recovery#server-answers": [
    "PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by gcc 12.2.0, 64-bit\n",
  ],
};

const down = {
  status: "ready",
  checks: { configuration: "ok", database: "down", migrations: "ok" },
};

/** What a step must not be believed with, although each command ends with exit code 0. */
const rejected: Readonly<Record<string, readonly string[]>> = {
  "deployment#health": [
    "",
    "<html>ready</html>\n",
    '{"status": "degraded"}\n',
    '{"status": "ready"}\n',
    JSON.stringify(down),
  ],
  "deployment#healthy-again": [JSON.stringify(down)],
  "deployment#version-serving": ['{"status":"starting","version":"0.9.4-alpha"}\n'],
  "deployment#migrations-clean": ["", "FAILED: New upgrade operations detected: []\n"],
  "deployment#run-tests": [
    "",
    "===== test session starts =====\n== 1 failed, 84 passed in 2s ==\n",
  ],
  "deployment#production-revision": ["", "0003 (head)\n0004 (head)\n"],
  "deployment#downgrade": ["0004 (head)\n0004 (head)\n", "0004 (head)\n"],
  "deployment#push": ["remote: error\n", " * [new branch] feature -> feature\n"],
  "backup-restore#size": ["", "0 bytes\n", "999999 bytes\n"],
  "backup-restore#dump": ["-rw-r--r-- 1 root root 1282547 Feb  3 04:05 backups/unioncore.dump\n"],
  "backup-restore#contents": ["; Archive created at 2026-02-03 04:05:06 UTC\n"],
  "backup-restore#restored-revision": ["", "\n"],
};

const steps = runbookIds.flatMap((id) => {
  const runbook = library.runbooks.get(id)?.value;
  if (runbook === undefined) throw new Error(`There is no runbook ${id}.`);
  return runbook.steps
    .filter((step): step is CommandStep => step.kind === "command" && step.isRunnable)
    .map((step) => ({ name: `${id}#${step.id}`, expectation: step.expectation }));
});
const stated = steps.flatMap(({ name, expectation }) =>
  expectation === undefined ? [] : [{ name, expectation }],
);

function expectationOf(name: string): Expectation {
  const found = stated.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} has no expected output.`);
  return found.expectation;
}

function isAccepted(name: string, output: string): boolean {
  return matchText(expectationOf(name), output, re2Engine, { skipsDifference: true }).isMatch;
}

test("each step says what it prints, or it is known why not", () => {
  const without = steps.filter(({ expectation }) => expectation === undefined);
  expect(without.map(({ name }) => name).toSorted()).toEqual(
    Object.values(withoutExpectation).flat().toSorted(),
  );
});

test.each(stated)("what $name prints is said strongly", ({ expectation }) => {
  const { weaknesses, strength } = rateExpectation(expectation, re2Engine);
  expect(weaknesses).toEqual([]);
  expect(strength).toBeGreaterThan(50);
});

test.each(runbookIds.filter((id) => id !== "incident-response"))(
  "of a hundred changes of an output, %s tells more than eighty",
  (id) => {
    const own = stated.filter(({ name }) => name.startsWith(`${id}#`));
    const ratings = own.map(({ expectation }) => rateExpectation(expectation, re2Engine).strength);
    const sum = ratings.reduce<number>((total, strength) => total + (strength ?? 0), 0);
    expect(sum / ratings.length).toBeGreaterThan(80);
  },
);

const listed = (outputs: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(outputs).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

describe("what a system of another age prints is accepted", () => {
  test.each(listed(accepted))("%s: %j", (name, output) => {
    expect(isAccepted(name, output)).toBe(true);
  });
});

describe("what goes wrong without an exit code is told", () => {
  test.each(listed(rejected))("%s: %j", (name, output) => {
    expect(isAccepted(name, output)).toBe(false);
  });
});
