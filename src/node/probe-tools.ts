import type { Diagnostic, Severity } from "../model/diagnostic.ts";
import type { PlannedTool } from "../model/plan.ts";
import { findPrograms } from "./find-program.ts";
import { runProbe } from "./run-probe.ts";

const timeoutMs = 5000;

/**
 * Looks for each tool of a plan on the environment's PATH, and asks those with a version range for
 * their version, all at once.
 *
 * `missing-tool` and `tool-version` are errors, warnings for tools that are `optional`. A version
 * that cannot be learned counts as one that will not do. Relative entries of PATH, and the probes
 * themselves, go from `directory`. Starts processes; in the order of `tools`.
 */
export async function probeTools(
  tools: readonly PlannedTool[],
  environment: Readonly<Record<string, string>>,
  directory: string = process.cwd(),
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(tools.map((tool) => probeTool(tool, environment, directory)));
  return found.flat();
}

async function probeTool(
  tool: PlannedTool,
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<readonly Diagnostic[]> {
  const { name, definition, neededBy } = tool;
  const { install, version: required } = definition;
  const severity: Severity = definition.optional === true ? "warning" : "error";
  const file = findPrograms(name, { path: environment["PATH"], directory })[0];
  if (file === undefined) {
    const args = { tool: name, neededBy: neededBy.join(", "), install };
    return [{ code: "missing-tool", args, severity }];
  }
  if (required === undefined) return [];
  const { satisfies, validRange } = await import("semver");
  if (validRange(required) === null) {
    const reason = `"${required}" is not a version range such as ">=2.30"`;
    return [
      { code: "invalid-value", args: { key: `tools.${name}.version`, reason }, severity: "error" },
    ];
  }
  const found = await readVersion(tool, file, environment, directory);
  if (
    found.version !== undefined &&
    satisfies(found.version, required, { includePrerelease: true })
  ) {
    return [];
  }
  const args = { tool: name, required, found: found.text, install };
  return [{ code: "tool-version", args, severity }];
}

/**
 * The versions that tools have here, by name, as far as they say: `{ git: "2.39.5" }`.
 *
 * Starts processes, all at once; never throws.
 */
export async function readToolVersions(
  tools: readonly PlannedTool[],
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    tools.map(async (tool): Promise<readonly (readonly [string, string])[]> => {
      const file = findPrograms(tool.name, { path: environment["PATH"], directory })[0];
      if (file === undefined) return [];
      const { version, text } = await readVersion(tool, file, environment, directory);
      return version === undefined ? [] : [[tool.name, text]];
    }),
  );
  return new Map(found.flat());
}

async function readVersion(
  tool: PlannedTool,
  file: string,
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<{ readonly version?: string; readonly text: string }> {
  const { probe } = tool.definition;
  const result =
    probe === undefined
      ? await runProbe(file, ["--version"], { environment, directory, timeoutMs })
      : await runProbe("bash", ["-c", probe], { environment, directory, timeoutMs });
  const command = probe ?? `${tool.name} --version`;
  if (result.kind === "failed") return { text: `unknown: of ${command}, ${result.reason}` };
  if (result.exitCode !== 0) {
    return { text: `unknown: ${command} ended with exit code ${result.exitCode}` };
  }
  const text = findVersionText(`${result.stdout}\n${result.stderr}`);
  const { coerce } = await import("semver");
  const version = text === undefined ? undefined : coerce(text)?.version;
  if (text === undefined || version === undefined) {
    return { text: `unknown: ${command} printed no version` };
  }
  return { version, text };
}

/**
 * The first dotted number of a text, else the first number; undefined where there is none. No I/O.
 *
 * @example findVersionText("git version 2.39.5 (Debian)") === "2.39.5"
 */
export function findVersionText(text: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? /\d+/.exec(text)?.[0];
}
