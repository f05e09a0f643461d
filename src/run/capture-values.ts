import type { CaptureRule } from "../model/fence-attributes.ts";
import type { RunEvent } from "../model/run-event.ts";
import { listInForce } from "./list-in-force.ts";
import { listNotableEvents } from "./list-notable-events.ts";

/** What a step gave to later ones, or why it did not. */
export type CaptureResult =
  | { readonly values: Readonly<Record<string, string>> }
  | { readonly reason: string };

/** A variable of an environment can hold no more than twice that. */
const mostCharacters = 65_536;

/**
 * Takes the values that a step's rules name out of its standard output.
 *
 * `text` is all of the output without the line ends at its end, as the shell's `$(…)` has it; a pattern
 * gives its first group, or all that it matched; a path into JSON gives a text as it is and anything else
 * as JSON. The first rule that finds nothing is the reason. No I/O.
 *
 * @example captureValues([{ name: "ID", from: "json", path: ".id" }], '{"id": 7}') → { values: { ID: "7" } }
 */
export async function captureValues(
  rules: readonly CaptureRule[],
  output: string,
): Promise<CaptureResult> {
  const values: Record<string, string> = {};
  for (const rule of rules) {
    const found = await findValue(rule, output);
    if ("reason" in found)
      return { reason: `Nothing was captured for ${rule.name}: ${found.reason}` };
    if (found.value.includes("\0")) {
      return {
        reason: `What was captured for ${rule.name} holds a zero byte, which no variable can.`,
      };
    }
    // It was taken out of the output: what is left would be given on as if it were the value.
    const [, secret] = /\[secret (\w+)\]/u.exec(found.value) ?? [];
    if (secret !== undefined) {
      return {
        reason: `What was captured for ${rule.name} holds the secret ${secret}, which no record may have. Keep it in the shell: export ${rule.name}=…`,
      };
    }
    if (found.value.length > mostCharacters) {
      return {
        reason: `What was captured for ${rule.name} is longer than ${mostCharacters} characters.`,
      };
    }
    values[rule.name] = found.value;
  }
  return { values };
}

/**
 * The values that a run has set since it began, by name: those that steps which passed have captured, and
 * inputs that a person has changed. The later one counts; secrets are not among them. No I/O.
 */
export function listSet(events: readonly RunEvent[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const event of listSetting(events)) {
    if (event.type === "step-ended") Object.assign(values, event.captured);
    else if (event.type === "input-changed" && event.to !== undefined) {
      values[event.name] = event.to;
    }
  }
  return values;
}

/** The values of names that expected output has bound since the run began; the first one counts. No I/O. */
export function listMatched(events: readonly RunEvent[]): Readonly<Record<string, string>> {
  const matched: Record<string, string> = {};
  for (const event of listSetting(events)) {
    if (event.type !== "step-ended") continue;
    // The first value of a name counts.
    for (const [name, value] of Object.entries(event.matched ?? {})) matched[name] ??= value;
  }
  return matched;
}

/** The names of secrets that a person has changed in this run. No I/O. */
export function listChangedSecrets(events: readonly RunEvent[]): readonly string[] {
  const names = new Set<string>();
  for (const event of listNotableEvents(events)) {
    if (event.type === "input-changed" && event.isSecret === true) names.add(event.name);
  }
  return [...names];
}

/** The values that the conditions and probes of a run can ask for: inputs, and what the run has set. No I/O. */
export function listValues(events: readonly RunEvent[]): ReadonlyMap<string, string> {
  const [start] = events;
  const inputs = start?.type === "run-started" ? start.plan.inputs : [];
  return new Map([
    ...inputs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    ...Object.entries(listSet(events)),
  ]);
}

/** What sets values and has not been gone back behind. */
function listSetting(events: readonly RunEvent[]): readonly RunEvent[] {
  const inForce = listInForce(events);
  return inForce === events ? listNotableEvents(events) : inForce;
}

type Found = { readonly value: string } | { readonly reason: string };

async function findValue(rule: CaptureRule, output: string): Promise<Found> {
  switch (rule.from) {
    case "text":
      return { value: output.replace(/\n+$/u, "") };
    case "pattern": {
      // Loaded where a pattern is there: most runs have none.
      const { findPattern } = await import("../match/find-pattern.ts");
      const value = findPattern(rule.pattern, output);
      return value === undefined
        ? { reason: `/${rule.pattern}/ matches nothing of the output.` }
        : { value };
    }
    case "json":
      return findInJson(rule.path, output);
  }
}

function findInJson(path: string, output: string): Found {
  let found: unknown;
  try {
    found = JSON.parse(output);
  } catch (error) {
    return {
      reason: `the output is no JSON (${error instanceof Error ? error.message : String(error)}).`,
    };
  }
  for (const [, key, index] of path.matchAll(/\.([\w-]+)|\[(\d+)\]/gu)) {
    const isInside =
      typeof found === "object" && found !== null && Object.hasOwn(found, key ?? index ?? "");
    if (!isInside) return { reason: `the output has no ${path}.` };
    found = (found as Record<string, unknown>)[key ?? index ?? ""];
  }
  if (found === undefined || found === null) return { reason: `${path} is null.` };
  return { value: typeof found === "string" ? found : JSON.stringify(found) };
}
