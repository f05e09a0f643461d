import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { VerificationLedger } from "../../src/model/verification-ledger.ts";
import { digestStep } from "../../src/plan/digest-step.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { bash, mdx } from "./rule-cases/rule-case.ts";

const world = `title: Tiny
setup: setup
teardown: teardown
cases:
  - { name: all, target: "deploy:go", verify: verify }
  - { name: quick, target: "deploy:quick" }
  - { name: broken, target: "deploy:fail", expect: { outcome: rolled-back, step: stop } }
`;
const deploy = mdx(
  [
    `## One\n\n${bash("greet --loudly", "id=greet")}`,
    '<Manual id="look">Look.</Manual>\n',
    '<Include id="shared" runbook="other" />\n',
    `## Two\n\n${bash("true", "id=quick")}`,
    `## Three\n\n${bash("false", "id=stop")}`,
    `## Four\n\n${bash("echo back", "id=back")}`,
  ].join("\n"),
  `tools:
  greet: { version: ">=1" }
procedures:
  go: { steps: [{ section: one }] }
  quick: { steps: [{ section: two }] }
  fail: { onFailure: undo, steps: [{ section: two }, { section: three }] }
  undo: { steps: [{ section: four }] }
`,
);
const files = {
  "bin/greet": '#!/bin/sh\n[ "$1" = --version ] && echo "greet 1.4.2"\nexit 0\n',
  "runbooks/deploy.mdx": deploy,
  "runbooks/other.mdx": mdx(bash("echo shared", "id=say")),
  "runbooks/_worlds/tiny/world.yaml": world,
  "runbooks/_worlds/tiny/setup": "#!/bin/sh\n",
  "runbooks/_worlds/tiny/teardown": "#!/bin/sh\n",
  "runbooks/_worlds/tiny/verify": "#!/bin/sh\n",
};

async function createWorld(
  changes: Readonly<Record<string, string>> = {},
): Promise<FixtureProject> {
  const project = await createProject({ ...files, ...changes });
  for (const name of ["setup", "teardown", "verify"]) {
    await chmod(path.join(project.directory, "runbooks/_worlds/tiny", name), 0o755);
  }
  return project;
}

async function readLedger({ directory }: FixtureProject): Promise<VerificationLedger | undefined> {
  const file = path.join(directory, "runbooks/.verified.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as VerificationLedger);
}

test("a drill that passed enters its commands, those of includes by their own runbook", async () => {
  await using project = await createWorld();
  const { exitCode, stdout } = await project.run(["drill", "deploy:go"]);
  expect(exitCode, stdout).toBe(0);
  expect(stdout).toContain("Entered 2 verified steps into runbooks/.verified.json.");
  const greet = { interpreter: "bash", script: "greet --loudly", attributes: {} };
  const shared = {
    verifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u) as string,
    how: "world:tiny",
    target: "deploy:go",
  };
  expect(await readLedger(project)).toEqual({
    schemaVersion: 1,
    runbooks: {
      deploy: { greet: { digest: digestStep(greet), tools: { greet: "1.4.2" }, ...shared } },
      other: {
        say: { digest: digestStep({ ...greet, script: "echo shared" }), ...shared },
      },
    },
  });
});

test("of a drill in which a step had to fail, those that passed are entered", async () => {
  await using project = await createWorld();
  const { exitCode } = await project.run(["drill", "deploy:fail"]);
  expect(exitCode).toBe(0);
  const ledger = await readLedger(project);
  expect(Object.keys(ledger?.runbooks["deploy"] ?? {})).toEqual(["back", "quick"]);
});

test("a drill that failed, and one with --no-ledger, enters nothing", async () => {
  await using project = await createWorld({
    "runbooks/_worlds/tiny/verify": "#!/bin/sh\nexit 1\n",
  });
  expect((await project.run(["drill", "deploy:go"])).exitCode).toBe(4);
  expect((await project.run(["drill", "deploy:quick", "--no-ledger"])).exitCode).toBe(0);
  expect(await readLedger(project)).toBeUndefined();
});

test("a run enters nothing, unless it is told to and completes", async () => {
  await using project = await createWorld();
  expect((await project.run(["run", "deploy:quick"])).exitCode).toBe(0);
  const failed = ["run", "deploy:fail", "--ledger", "--rollback", "auto"];
  expect((await project.run(failed)).exitCode).toBe(4);
  expect(await readLedger(project)).toBeUndefined();
  const { exitCode, stderr } = await project.run(["run", "deploy:quick", "--ledger"]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: "Entered 1 verified step into runbooks/.verified.json.\n",
  });
  expect((await readLedger(project))?.runbooks["deploy"]?.["quick"]).toMatchObject({
    how: "live",
    target: "deploy:quick",
  });
});

test("a ledger with a conflict is left alone, and the command does not end as done", async () => {
  await using project = await createWorld({ "runbooks/.verified.json": "<<<<<<< HEAD\n{}\n" });
  const drill = await project.run(["drill", "deploy:quick"]);
  expect(drill.exitCode).toBe(6);
  expect(drill.stdout).toContain("is no ledger of verifications");
  const run = await project.run(["run", "deploy:quick", "--ledger"]);
  expect(run.exitCode).toBe(6);
  expect(run.stderr).toContain("is no ledger of verifications");
  const file = path.join(project.directory, "runbooks/.verified.json");
  expect(await readFile(file, "utf8")).toBe("<<<<<<< HEAD\n{}\n");
});

test("check tells a command that changed since its drill, until it is drilled again", async () => {
  await using project = await createWorld();
  await project.run(["drill", "deploy:quick"]);
  const file = path.join(project.directory, "runbooks/deploy.mdx");
  await writeFile(file, deploy.replace("\ntrue\n", "\ntrue now\n"));
  const changed = await project.run(["check"]);
  expect(changed.stdout).toContain("warning[freshness/changed-since-verified]");
  await project.run(["drill", "deploy:quick"]);
  const again = await project.run(["check"]);
  expect(again.stdout).not.toContain("freshness/changed-since-verified");
  expect(again.stdout).toContain("freshness/unverified");
});
