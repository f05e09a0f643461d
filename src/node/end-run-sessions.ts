import { BashSession } from "./bash-session.ts";
import { countSessions, nameSessionFiles, readCard } from "./session-files.ts";

/**
 * Ends everything that the sessions of a run have left running: shells, background jobs, servers.
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
