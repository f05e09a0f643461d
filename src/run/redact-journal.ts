import type { RunEventBody } from "../model/run-event.ts";
import type { Redactor } from "./create-redactor.ts";
import type { RunSecrets } from "./create-run-secrets.ts";
import type { Journal } from "./ports.ts";

/**
 * What an event has of its plan, and what a run is found by. A plan holds no values of secrets, and a
 * script in it must stay what was judged and digested.
 */
const keptFields: ReadonlySet<string> = new Set([
  "type",
  "run",
  "plan",
  "steps",
  "stepId",
  "phase",
  "title",
  "outcome",
  "signal",
  "host",
  "user",
  "directory",
  "version",
  "machine",
]);

/** A journal whose events have no form of a secret in reasons, differences, answers and notices. */
export function redactJournal(journal: Journal, secrets: Pick<RunSecrets, "redactor">): Journal {
  return {
    run: journal.run,
    append: (event) => {
      const { redactor } = secrets;
      return journal.append(redactor === undefined ? event : redactEvent(event, redactor));
    },
    flush: () => journal.flush(),
  };
}

function redactEvent(event: RunEventBody, redactor: Redactor): RunEventBody {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      keptFields.has(name) ? value : redactValue(value, redactor),
    ]),
  ) as RunEventBody;
}

function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.redactText(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactor));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, redactValue(item, redactor)]),
  );
}
