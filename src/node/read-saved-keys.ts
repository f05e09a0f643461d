import { readFileSync } from "node:fs";
import { parseControlRecord } from "./control-log.ts";
import { nameSessionFiles, readCard } from "./session-files.ts";
import { SessionHistory } from "./session-history.ts";

/**
 * Reads after which steps an earlier session of a run has a complete snapshot that counts, in order; none
 * where the session was never opened. `number` counts the run's sessions from 1. Reads the run's folder.
 */
export function readSavedKeys(runDirectory: string, number: number): readonly string[] {
  const files = nameSessionFiles(runDirectory, number);
  const card = readCard(files);
  if (card === undefined) return [];
  const history = new SessionHistory();
  // latin1, as whoever follows the log reads it.
  for (const line of readFileSync(files.control, "latin1").split("\n")) {
    const record = parseControlRecord(line, card.token);
    if (record !== undefined) history.hear(record);
  }
  return history.savedKeys;
}
