import { exportLine } from "./fill-script.ts";

/** A step as it goes into a script. */
export interface ScriptStep {
  readonly id: string;
  readonly title: string;
  readonly sort: "command" | "manual" | "include";
  readonly isDestructive: boolean;
  /** `bash`, as the page names it. */
  readonly language: string;
  readonly script: string;
  /** Where it runs, if not here. */
  readonly target?: string | undefined;
  /** `METHOD=manual`, where it is done only then. */
  readonly condition?: string | undefined;
  /** The command line that runs it. */
  readonly commandLine: string;
}

/** What a script is made of. */
export interface ScriptParts {
  /** What it is, and where it was taken from, one line each. */
  readonly about: readonly string[];
  /** Values of inputs. */
  readonly values: Iterable<readonly [string, string]>;
  /** Inputs that have none and must; secrets among them. */
  readonly missing: Iterable<string>;
  /** Inputs that have none and need none. */
  readonly optional: Iterable<string>;
  readonly steps: readonly ScriptStep[];
}

const shells = new Set(["bash", "sh", "shell", "console", "shell-session", "sh-session"]);

/**
 * Writes steps as one bash script that stops at the first that fails.
 *
 * What a person does, what another runbook has, what runs elsewhere, and what is no shell script is a comment. A secret's
 * value is never in it: the script asks the environment for it. No I/O.
 */
export function composeScript({ about, values, missing, optional, steps }: ScriptParts): string {
  const inputs = [
    ...[...values].map(([name, value]) => exportLine(name, value)),
    ...[...optional].map((name) => `export ${name}="\${${name}-}"`),
    ...[...missing].map((name) => `: "\${${name}:?Set it before you run this script}"`),
  ];
  return [
    "#!/usr/bin/env bash",
    ...about.map(comment),
    "set -euo pipefail",
    ...(inputs.length > 0 ? ["", ...inputs] : []),
    ...steps.flatMap((step) => ["", ...writeStep(step)]),
    "",
  ].join("\n");
}

function writeStep(step: ScriptStep): readonly string[] {
  const { title, id, condition, sort, language } = step;
  const head = [
    comment(`${title} (${id})${step.isDestructive ? ": destructive" : ""}`),
    ...(condition === undefined ? [] : [comment(condition)]),
  ];
  if (sort === "manual") return [...head, comment("By hand: do it before what follows.")];
  if (sort === "include") return [...head, comment(`Another runbook: ${step.commandLine}`)];
  const isHere = step.target === undefined;
  if (isHere && shells.has(language)) return [...head, step.script.replace(/\n+$/, "")];
  const why = isHere
    ? `This is ${language || "no shell script"}`
    : `This is for the target ${step.target}, not for this machine`;
  return [
    ...head,
    comment(`${why}; run it with: ${step.commandLine}`),
    ...step.script.trimEnd().split("\n").map(comment),
  ];
}

/** A line feed would end the comment. */
function comment(text: string): string {
  return `# ${text.replaceAll(/[\r\n\u2028\u2029]+/g, " ")}`.trimEnd();
}
