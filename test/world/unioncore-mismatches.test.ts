import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runDrill } from "./run-drill.ts";

const root = path.resolve(import.meta.dirname, "../..");
const world = "runbooks/_worlds/unioncore";
// Each raises a world of several seconds; the machine sets the pace.
const timeout = 300_000;
let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "opswright-mismatches-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Something that goes wrong while each command ends with exit code 0, and the step that must tell. */
interface Fault {
  readonly target: string;
  readonly case: string;
  readonly step: string;
  /** A file of the world, and what it becomes. */
  readonly file: string;
  readonly change: (text: string) => string;
  /** A part of the difference that the run tells. */
  readonly difference: string;
}

const faults: Readonly<Record<string, Fault>> = {
  "a service that answers, and says that it is degraded": {
    target: "deployment:rollback",
    case: "rollback-dashboard",
    step: "healthy-again",
    file: "app/unioncore/health.py",
    change: (text) => text.replace('"ready" if healthy', '"degraded" if healthy'),
    difference: '.status: expected "ready", was "degraded"',
  },
  "a backup without the members": {
    target: "backup-restore:backup",
    case: "backup",
    step: "contents",
    file: "bin/pg_dump",
    change: () => '#!/bin/sh\nexec /usr/bin/pg_dump "$@" --exclude-table=members\n',
    difference: "-*; * TABLE DATA public members * (glob)",
  },
  "a restored database that knows no revision": {
    target: "backup-restore:restore",
    case: "restore",
    step: "restored-revision",
    file: "prepare/damaged-data",
    change: (text) =>
      text.replace("take_backup", 'query "DELETE FROM alembic_version"\ntake_backup'),
    difference: String.raw`-\w+ (re)`,
  },
};

/** The project with its world changed in one file. */
async function copyProject(name: string, { file, change }: Fault): Promise<string> {
  const project = path.join(directory, name, "project");
  for (const folder of ["runbooks", "scripts/unioncore"]) {
    await cp(path.join(root, folder), path.join(project, folder), { recursive: true });
  }
  const place = path.join(project, world, file);
  const before = await readFile(place, "utf8").catch(() => "");
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(place, after, { mode: 0o755 });
  return project;
}

test.concurrent.each(Object.entries(faults))(
  "%s is told by what the runbook says of the output",
  { timeout },
  async (_name, fault) => {
    const project = await copyProject(fault.case, fault);
    const { exitCode, output, events } = await runDrill(
      project,
      path.join(directory, fault.case),
      fault.target,
      fault.case,
    );
    expect(exitCode, output).not.toBe(0);
    const wrong = events.filter(
      (event) => event.type === "step-ended" && event.outcome !== "passed",
    );
    expect(wrong, output).toMatchObject([
      { stepId: fault.step, outcome: "mismatched", exitCode: 0 },
    ]);
    expect(output).toContain(fault.difference);
  },
);
