import path from "node:path";
import process from "node:process";
import type { StandingWorld } from "../node/world-card.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";
import type { Person } from "../run/ports.ts";
import type { RunResult } from "../run/run-plan.ts";
import type { CommandContext } from "./command-context.ts";
import type { FoundRun } from "./find-run.ts";
import { judgeRehearsal, sayOfDrill, tearDownWorld } from "./judge-rehearsal.ts";
import { planRehearsal } from "./plan-rehearsal.ts";
import type { Library } from "./read-library.ts";

/** How the run of a drill is to go on. */
export interface ResumedDrill {
  /** Where its session starts, absolute. */
  readonly directory: string;
  /** The whole environment of its session. */
  readonly environment: Readonly<Record<string, string>>;
  readonly person: Person;
  readonly allowDestructive: boolean;
}

/**
 * Goes on with a drill whose runner has died, in its world, which still stands: does what is left, judges
 * and verifies it as the drill would have, and takes the world down; gives back the exit code.
 *
 * `conduct` does the run, or gives an exit code where it cannot. What passed is not entered into the ledger
 * of verifications: that takes a drill that was not cut off. Ends with 2 where the world is gone.
 */
export async function resumeDrill(
  found: FoundRun,
  library: Library,
  conduct: (drill: ResumedDrill) => Promise<RunResult | number>,
  context: CommandContext,
): Promise<number> {
  const { run } = found.summary;
  const { findStandingWorld } = await import("../node/world-card.ts");
  const interruption = new AbortController();
  const standing = await findStandingWorld(found.directory, interruption.signal);
  if (standing === undefined) {
    return context.fail(
      `the run ${run} was a drill, whose world is gone\nStart it again with \`opswright drill\`.`,
    );
  }
  const interrupt = (): void => interruption.abort();
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await rehearseRest(found, standing, library, conduct, context);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function rehearseRest(
  { progress }: FoundRun,
  { raised, source, definition, worldCase }: StandingWorld,
  library: Library,
  conduct: (drill: ResumedDrill) => Promise<RunResult | number>,
  context: CommandContext,
): Promise<number> {
  const { createTerminalPerson } = await import("../node/terminal-person.ts");
  const { createWorldPerson } = await import("../node/world-person.ts");
  const { plan } = progress;
  const world = {
    name: path.basename(source),
    source,
    path: path.relative(library.root, path.join(source, "world.yaml")),
    definition: { value: definition, diagnostics: [] },
  };
  const made = await planRehearsal(raised, { world, worldCase, library }, context);
  if ("exitCode" in made) return made.exitCode;
  const { environment } = made;
  const fallback = createTerminalPerson({
    isInteractive: context.terminal.isInteractive,
    escapeText: escapeControlCharacters,
  });
  const result = await conduct({
    directory: raised.workingDirectory,
    environment,
    person: createWorldPerson(plan, definition, raised, fallback),
    allowDestructive: definition.allow?.includes("destructive") === true,
  });
  if (typeof result === "number") return result;
  try {
    const judged = await judgeRehearsal(
      { plan, environment, result },
      { raised, worldCase },
      context,
    );
    const verdict = judged.code === 0 ? "✓ Drill passed." : "✗ Drill failed.";
    sayOfDrill(context, `${verdict} ${judged.sentence}`);
    return judged.code;
  } finally {
    await tearDownWorld(raised, context);
  }
}
