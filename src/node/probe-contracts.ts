import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import { findPrograms } from "./find-program.ts";
import { runProbe } from "./run-probe.ts";

const timeoutMs = 30_000;

type PlannedContract = Plan["contracts"][number];

/**
 * Checks that the places which a plan's contracts describe have their variables, all at once.
 *
 * A contract's `probe` is run by bash in `directory` and prints `NAME=value` lines; without one the
 * given environment is looked at. A variable that is there and empty is missing. What is `required`
 * outright is an error, required for something (`for documents`, `recommended`) a warning. A probe
 * that fails is `contract-probe`: nothing is known then. Values are in no result. Starts processes.
 */
export async function probeContracts(
  contracts: Plan["contracts"],
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    contracts.map((contract) => probeContract(contract, environment, directory)),
  );
  return found.flat();
}

async function probeContract(
  contract: PlannedContract,
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<readonly Diagnostic[]> {
  const { probe } = contract.definition;
  if (probe === undefined) {
    const names = Object.keys(environment).filter((name) => environment[name] !== "");
    return findMissing(contract, new Set(names));
  }
  const fail = (reason: string): readonly Diagnostic[] => [
    {
      code: "contract-probe",
      args: { contract: contract.name, command: probe, reason },
      severity: "error",
    },
  ];
  const bash = findPrograms("bash", { path: environment["PATH"], directory })[0];
  if (bash === undefined) return fail("bash is not on PATH");
  const result = await runProbe(bash, ["-c", probe], { environment, directory, timeoutMs });
  if (result.kind === "failed") return fail(result.reason);
  // What it printed stays out of the message: it may hold values.
  if (result.exitCode !== 0) return fail(`exit code ${result.exitCode}`);
  return findMissing(contract, readVariableNames(result.stdout));
}

/**
 * The names of the variables that have a value, from `NAME=value` lines; values are not kept.
 *
 * No I/O.
 *
 * @example readVariableNames("A=1\nB=\nexport C='x'") → Set { "A", "C" }
 */
export function readVariableNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    const [, name, value] = match ?? [];
    if (name !== undefined && !/^\s*(?:''|"")?\s*$/.test(value ?? "")) names.add(name);
  }
  return names;
}

function findMissing(contract: PlannedContract, present: ReadonlySet<string>): Diagnostic[] {
  return Object.entries(contract.definition.variables).flatMap(([name, variable]): Diagnostic[] => {
    if (present.has(name) || variable.required === false) return [];
    const purpose = typeof variable.required === "string" ? ` (${variable.required})` : "";
    const description = `${variable.description ?? ""}${purpose}`.trim();
    return [
      {
        code: "missing-variable",
        args: { contract: contract.name, name, description },
        severity: variable.required === true ? "error" : "warning",
      },
    ];
  });
}
