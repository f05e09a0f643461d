import path from "node:path";
import type { PlannedTarget } from "../model/plan.ts";
import { SessionError } from "../run/session-error.ts";
import { BashSession } from "./bash-session.ts";
import { currentEnvironment } from "./current-environment.ts";
import { journalFileName, readJournal } from "./read-journal.ts";
import { countSessions, nameSessionFiles, readCard } from "./session-files.ts";
import { nameTargetCommand } from "./target-command.ts";
import { hasTargetCards, readTargetCard, removeTargetCard } from "./target-files.ts";
import { TargetSession } from "./target-session.ts";

/**
 * Ends everything that the sessions of a run have left running on this machine: shells, background jobs,
 * servers.
 *
 * Throws `SessionError` where a process cannot be ended. Ends processes, removes FIFOs.
 */
export async function endRunSessions(runDirectory: string): Promise<void> {
  for (let number = countSessions(runDirectory); number > 0; number -= 1) {
    const card = readCard(nameSessionFiles(runDirectory, number));
    if (card === undefined) continue;
    const session = new BashSession(
      { runDirectory, directory: runDirectory, environment: {} },
      number,
      card,
    );
    session.adopt(undefined);
    await session.close();
  }
}

/**
 * The targets on which a run has a session that nobody has closed. Reads the run's folder; rejects with
 * `JournalError` where its journal is damaged.
 */
export async function findOpenTargets(runDirectory: string): Promise<readonly PlannedTarget[]> {
  // Most runs have none, and need not be read for that.
  if (!hasTargetCards(runDirectory)) return [];
  const [start] = await readJournal(path.join(runDirectory, journalFileName));
  const { targets = [] } = start?.type === "run-started" ? start.plan : {};
  return targets.filter(({ name }) => readTargetCard(runDirectory, name) !== undefined);
}

/**
 * Ends the session of a run on a target, and takes its folder there away; gives back why not, in
 * sentences. Connects to the target, and asks nobody.
 */
export async function endTargetSession(
  runDirectory: string,
  target: PlannedTarget,
): Promise<string | undefined> {
  const { name } = target;
  const card = readTargetCard(runDirectory, name);
  if (card === undefined) return undefined;
  const session = new TargetSession(
    {
      name,
      command: nameTargetCommand(target, false),
      directory: runDirectory,
      programEnvironment: currentEnvironment(),
      runDirectory,
      environment: {},
      secrets: [],
      toolsOn: () => [],
      servers: [],
      dropsOutput: true,
    },
    card,
  );
  try {
    if (await session.reattach(false)) await session.close();
    else removeTargetCard(runDirectory, name);
    return undefined;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return `${error.message} What the run has there is in ${card.folder}.`;
  }
}
