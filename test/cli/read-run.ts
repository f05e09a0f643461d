import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { RunEvent, StepOutcome } from "../../src/model/run-event.ts";
import type { FixtureProject } from "./run-opswright.ts";

/** What a run has left on disk. */
export interface RunRecord {
  /** Absolute. */
  readonly folder: string;
  readonly journal: string;
  readonly events: readonly RunEvent[];
}

/** Reads the last run of a project: every whole line of its journal must be an event. */
export function readRun(project: Pick<FixtureProject, "directory">): RunRecord {
  const runs = path.join(project.directory, ".opswright/runs");
  const run = readdirSync(runs).toSorted().at(-1) ?? "";
  const folder = path.join(runs, run);
  const journal = path.join(folder, "events.ndjson");
  const lines = readFileSync(journal, "utf8").split("\n").slice(0, -1);
  return { folder, journal, events: lines.map((line) => JSON.parse(line) as RunEvent) };
}

/** How the steps of a run ended, each step's last end. */
export function readOutcomes(events: readonly RunEvent[]): Readonly<Record<string, StepOutcome>> {
  return Object.fromEntries(
    events.flatMap((event) => (event.type === "step-ended" ? [[event.stepId, event.outcome]] : [])),
  );
}

/** What a step printed on standard output, byte for byte. */
export function readOutput({ folder }: RunRecord, step: string): Buffer {
  const steps = path.join(folder, "steps");
  const name = readdirSync(steps).find((one) => one.endsWith(`-${step}.out`));
  return name === undefined ? Buffer.alloc(0) : readFileSync(path.join(steps, name));
}

/**
 * A runbook of one command for each entry: its id, its script, and attributes of the fence; and lines
 * of front matter.
 */
export function writeRunbook(
  steps: readonly (readonly [id: string, script: string, attributes?: string])[],
  frontMatter = "",
): string {
  const fences = steps.map(
    ([id, script, attributes = ""]) => `\`\`\`bash id=${id} ${attributes}\n${script}\n\`\`\`\n`,
  );
  return `---\ntitle: Faults\n${frontMatter}---\n\n${fences.join("\n")}`;
}

/** Living processes whose environment has the token of one of a run's sessions, but for this one. */
export function findProcessesOf({ folder }: RunRecord): readonly number[] {
  const token = (
    JSON.parse(readFileSync(path.join(folder, "session/card.json"), "utf8")) as {
      token: string;
    }
  ).token;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").includes(token);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}
