import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { InputDefinition } from "../model/front-matter.ts";
import type { BoundInput, SecretSource } from "../model/plan.ts";
import type { Runbook } from "../model/runbook.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { findInputProblem } from "./check-input-value.ts";
import { listReferences } from "../compile/list-references.ts";
import { readSecretFrom } from "../compile/read-secret-from.ts";

/** Inputs with their values; `values` holds secrets too and goes into no plan. */
export interface Binding {
  readonly definitions: ReadonlyMap<string, InputDefinition>;
  readonly values: ReadonlyMap<string, string>;
  /** Where secrets are read where nothing gives them a value. */
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Collects the inputs that a runbook and all that it includes declare, by name; an outer runbook's
 * declaration stands before an included one's.
 *
 * No I/O.
 */
export function collectInputs(
  runbook: Runbook,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
): ReadonlyMap<string, InputDefinition> {
  const definitions = new Map<string, InputDefinition>();
  for (const { frontMatter } of collectRunbooks(runbook, runbooks)) {
    for (const [name, definition] of Object.entries(frontMatter.inputs ?? {})) {
      if (!definitions.has(name)) definitions.set(name, definition);
    }
  }
  return definitions;
}

/** True where commands that read the input cannot do without; whoever says where a secret is means that. No I/O. */
export function isRequired({ type, required, from }: InputDefinition): boolean {
  return required === true || (type === "secret" && from !== undefined);
}

/** Lists a runbook and all that it includes, directly or through others, nearest first. No I/O. */
export function collectRunbooks(
  runbook: Runbook,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
): readonly Runbook[] {
  const found = new Set([runbook]);
  // What is added while a set is walked is walked too.
  for (const current of found) {
    for (const { runbook: id } of listReferences(current)) {
      const next = runbooks.get(id)?.value;
      if (next !== undefined) found.add(next);
    }
  }
  return [...found];
}

/**
 * Gives each input its value: the given one, else the default; each is checked against its type.
 *
 * A given name that no runbook declares is `undeclared-input`, a value that does not fit is
 * `input-value` (which never holds the value). Whether one is missing depends on the selected steps
 * and is not judged here. Of a rehearsal no secret has a source. No I/O.
 */
export function bindInputs(
  definitions: ReadonlyMap<string, InputDefinition>,
  given: ReadonlyMap<string, string>,
  isRehearsal = false,
): Binding {
  const values = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const name of given.keys()) {
    if (definitions.has(name)) continue;
    const nearest = findNearest(name, definitions.keys());
    diagnostics.push(makeDiagnostic("undeclared-input", { name, nearest }));
  }
  for (const [name, definition] of definitions) {
    const value = given.get(name) ?? defaultText(definition);
    if (value === undefined) continue;
    const reason = findInputProblem(value, definition);
    if (reason === undefined) values.set(name, value);
    else diagnostics.push(makeDiagnostic("input-value", { name, type: definition.type, reason }));
  }
  const sources = isRehearsal ? [] : [...definitions].flatMap(findSource);
  return { definitions, values, sources: new Map(sources), diagnostics };
}

function findSource([name, { type, from }]: readonly [
  string,
  InputDefinition,
]): readonly (readonly [string, SecretSource])[] {
  return type === "secret" && from !== undefined ? [[name, readSecretFrom(from)]] : [];
}

function defaultText({ default: value }: InputDefinition): string | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(",") : String(value);
}

/**
 * Describes the bound inputs for a plan, in order of name, without the values of secrets. One of
 * `wanted` that has no value is read from its source. No I/O.
 */
export function describeInputs(
  binding: Binding,
  given: ReadonlyMap<string, string>,
  wanted: ReadonlySet<string>,
): readonly BoundInput[] {
  return [...binding.definitions]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { type, description }]): BoundInput => {
      const value = binding.values.get(name);
      const from = binding.sources.get(name);
      if (value === undefined) {
        const isRead = from !== undefined && wanted.has(name);
        return { name, type, description, value, source: isRead ? "from" : "unset", from };
      }
      if (type === "secret") {
        return { name, type, description, value: undefined, source: "secret", from };
      }
      return { name, type, description, value, source: given.has(name) ? "given" : "default" };
    });
}
