import process from "node:process";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { InputDefinition } from "../model/front-matter.ts";
import type { Plan } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { findInputProblem } from "../plan/check-input-value.ts";
import { describeSecretSource } from "../report/describe-secret-source.ts";
import {
  escapeControlCharacters,
  sanitiseProgramOutput,
} from "../report/sanitise-terminal-text.ts";
import { listLateSecrets } from "../run/list-late-secrets.ts";
import type { CommandContext } from "./command-context.ts";

/** For a person who looks for a passphrase. */
const timeoutMs = 120_000;

/** What a run is about to begin with. */
export interface Beginning {
  readonly plan: Plan;
  /** The environment of its session, without the secrets that are read from a source. */
  readonly environment: Readonly<Record<string, string>>;
  readonly definitions: ReadonlyMap<string, InputDefinition>;
  /** Where commands are run and paths begin, absolute. */
  readonly directory: string;
}

/** What was read. */
export interface LateSecrets {
  /** Values by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Why others could not be read. */
  readonly diagnostics: readonly Diagnostic[];
  readonly isInterrupted: boolean;
}

/**
 * Reads the secrets that a run's environment lacks from their sources, one after the other; all that
 * cannot be read are told together.
 *
 * At a terminal the person sees what is read, and a command can ask for a passphrase. Side effects:
 * those of the commands, signal handlers while it lasts.
 */
export async function readLateSecrets(
  { plan, environment, definitions, directory }: Beginning,
  { terminal, options }: CommandContext,
): Promise<LateSecrets> {
  const late = listLateSecrets(plan, environment);
  const values: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  if (late.length === 0) return { values, diagnostics, isInterrupted: false };
  const { readSecretSource } = await import("../node/read-secret-source.ts");
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of signals) process.on(signal, interrupt);
  try {
    for (const { name, source } of late) {
      if (options.json !== true && options.quiet !== true) {
        const words = `Reading ${name} from ${describeSecretSource(source)}`;
        terminal.writeError(`${escapeControlCharacters(words)}\n`);
      }
      const reading = await readSecretSource(source, {
        directory,
        environment,
        timeoutMs,
        hasTerminal: process.stdin.isTTY,
        interrupted: interruption.signal,
        onMessage: (text) => {
          const shown = sanitiseProgramOutput(text, { keepsColours: false }).trimEnd();
          terminal.writeError(`${shown}\n`);
        },
      });
      if (reading.kind === "interrupted") return { values, diagnostics, isInterrupted: true };
      const reason =
        reading.kind === "failed"
          ? reading.reason
          : findMisfit(reading.value, definitions.get(name));
      if (reason !== undefined) {
        diagnostics.push(makeDiagnostic("secret-source", { name, source, reason }));
      } else if (reading.kind === "read") values[name] = reading.value;
    }
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  return { values, diagnostics, isInterrupted: false };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function findMisfit(value: string, definition: InputDefinition | undefined): string | undefined {
  if (definition === undefined) return undefined;
  const problem = findInputProblem(value, definition);
  return problem === undefined ? undefined : `its value does not fit: expected ${problem}`;
}
