import { fillNames, namesInText } from "../compile/fill-names.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { TargetAddress, TargetDefinition, TargetDefinitions } from "../model/target.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { Binding } from "./bind-inputs.ts";
import type { SelectedStep } from "./expand-steps.ts";
import { targetOf } from "./target-of.ts";

/**
 * Collects the targets that steps run on, in order of name, with the values of inputs in place.
 *
 * A step whose target is not declared is a problem, as is a target that names what has no value or is
 * secret: a connection's arguments can be read by everybody on this machine. No I/O.
 */
export function collectTargets(
  steps: readonly SelectedStep[],
  declared: TargetDefinitions,
  binding: Binding,
): Checked<readonly TargetAddress[]> {
  const diagnostics: Diagnostic[] = [];
  const targets = new Map<string, TargetAddress>();
  for (const { id, step, runbook } of steps) {
    const name = targetOf(step);
    if (name === undefined) continue;
    const place = { path: runbook.path, span: step.span };
    const definition = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const isAtTerminal = step.kind === "command" && step.attributes.interactive === true;
    if (isAtTerminal && definition !== undefined && typeof definition !== "string") {
      // Its program carries bytes: `docker exec -i`, and not `-it`, whose terminal would change them.
      const feature = `\`interactive\` on the target ${name}, whose \`exec\` gives no terminal (step ${id})`;
      diagnostics.push(makeDiagnostic("not-supported", { feature }, place));
    }
    if (targets.has(name)) continue;
    if (definition === undefined) {
      const known = Object.keys(declared);
      const nearest = findNearest(name, known);
      diagnostics.push(
        makeDiagnostic("undeclared-target", { step: id, target: name, nearest, known }, place),
      );
      continue;
    }
    const reasons = namesIn(definition).flatMap((input) => {
      const reason = judgeName(input, binding);
      return reason === undefined ? [] : [{ target: name, input, reason }];
    });
    diagnostics.push(...reasons.map((args) => makeDiagnostic("target-value", args, place)));
    const target = fillTarget(name, definition, binding.values);
    if (reasons.length === 0 && "ssh" in target && !addressPattern.test(target.ssh)) {
      const args = { target: name, input: target.ssh, reason: "address" } as const;
      diagnostics.push(makeDiagnostic("target-value", args, place));
    }
    targets.set(name, target);
  }
  return {
    value: [...targets.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    diagnostics,
  };
}

/** `ssh://deploy@web1:22`, or with the address of IPv6 in brackets. */
const addressPattern = /^ssh:\/\/(?:[^@:/\s'"`$;]+@)?(?:\w[\w.-]*|\[[\da-f:.]+\])(?::\d+)?$/iu;

function namesIn(definition: TargetDefinition): readonly string[] {
  const texts = typeof definition === "string" ? [definition] : definition.exec;
  return [...new Set(texts.flatMap(namesInText))];
}

function judgeName(
  name: string,
  { definitions, values }: Binding,
): "undeclared" | "secret" | "unset" | undefined {
  const definition = definitions.get(name);
  if (definition === undefined) return "undeclared";
  if (definition.type === "secret") return "secret";
  return values.has(name) ? undefined : "unset";
}

function fillTarget(
  name: string,
  definition: TargetDefinition,
  values: ReadonlyMap<string, string>,
): TargetAddress {
  if (typeof definition === "string") return { name, ssh: fillNames(definition, values) };
  const [program = "", ...rest] = definition.exec.map((word) => fillNames(word, values));
  return { name, exec: [program, ...rest] };
}
