import type { CommandAttributes } from "../../model/fence-attributes.ts";
import { countNoun } from "../../report/count-noun.ts";
import { formatExactDuration } from "../../report/format-duration.ts";

/**
 * Says how a command is run, in short phrases: each attribute that a reader must know of and that
 * the page does not show in another way.
 *
 * `timeoutMs` is the one in force, the runbook's default included. No I/O.
 *
 * @example ["at most 30s", "tried again 2 times, 1s apart"]
 */
export function describeCommand(
  attributes: CommandAttributes,
  timeoutMs: number | undefined,
): readonly string[] {
  const facts: string[] = [];
  const add = (text: string, isSo = true): void => {
    if (isSo) facts.push(text);
  };
  const { retry, intervalMs, exit, dir, env, os, capture } = attributes;
  if (timeoutMs !== undefined) add(`at most ${formatExactDuration(timeoutMs)}`);
  if (retry !== undefined) {
    const apart = intervalMs === undefined ? "" : `, ${formatExactDuration(intervalMs)} apart`;
    add(`tried again up to ${countNoun(retry, "time")}${apart}`);
  }
  if (exit !== undefined) {
    add(exit === "any" ? "any exit code will do" : `exit codes that will do: ${exit.join(", ")}`);
  }
  if (dir !== undefined) add(`in the folder ${dir}`);
  for (const [name, value] of Object.entries(env ?? {})) add(`with ${name}=${value}`);
  if (os !== undefined) add(`only on ${os.join(", ")}`);
  add("connected to your terminal", attributes.interactive === true);
  add("keeps running until the run ends", attributes.background === true);
  for (const { name } of capture ?? []) add(`its output becomes ${name}`);
  if (attributes.script !== undefined) add(`the same text as ${attributes.script}`);
  add("the run goes on if it fails", attributes.continueOnError === true);
  return facts;
}
