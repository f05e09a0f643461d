import type { InputDefinition } from "../model/front-matter.ts";
import type { CommandStep, ConditionExpression } from "../model/runbook.ts";
import type { Flow, FlowEntry, FlowNeed } from "../plan/plan-flow.ts";
import { commentMarksOf } from "./create-region.ts";

/** The files of other languages by their endings, for their comments; what is not here has `#`. */
const endings: Readonly<Record<string, string>> = {
  node: "js",
  lua: "lua",
  psql: "sql",
};

/**
 * Writes a flow as an executable bash script: usage, inputs, a function with a region for each step,
 * and what is done in which order.
 *
 * `name` is the script's for its usage. Manual steps, questions and destructive steps ask at the
 * terminal, and end the script with 7 where there is none. What a script cannot do as a run does
 * (timeouts, expected output) is said in its head. No I/O.
 */
export function tangleScript(flow: Flow, name: string): string {
  const functions = nameFunctions(flow.entries);
  const counts = new Map<string, number>();
  for (const { step } of flow.entries) counts.set(step.id, (counts.get(step.id) ?? 0) + 1);
  const steps = [...new Map(flow.entries.map((entry) => [entry.step.id, entry])).values()];
  const main = renderMain(flow.entries, functions);
  const parts = [
    renderHead(flow),
    renderUsage(flow, name),
    renderInputs(flow),
    renderQuestions(main),
    ...steps.flatMap(({ step: { id, step, runbook } }) =>
      step.kind === "command"
        ? [renderFunction(id, step, runbook.path, functions, (counts.get(id) ?? 0) > 1)]
        : [],
    ),
    main,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function renderHead({ title, target, entries, onFailure }: Flow): string {
  const commands = entries.flatMap(({ step: { step } }) => (step.kind === "command" ? [step] : []));
  const differences = [
    commands.some(({ attributes }) => attributes.timeoutMs !== undefined)
      ? "Steps have no timeout here."
      : "",
    commands.some(({ expectation }) => expectation !== undefined)
      ? "What steps print is not compared with what is expected."
      : "",
    onFailure === undefined
      ? ""
      : `Where it fails, nothing is taken back: see ${target.split(/[:#]/u)[0]}:${onFailure}.`,
  ].filter((sentence) => sentence !== "");
  return [
    "#!/usr/bin/env bash",
    `# ${oneLine(title)}`,
    "#",
    `# Made by \`opswright tangle ${oneLine(target)}\`.`,
    ...differences.map((sentence) => `# ${oneLine(sentence)}`),
    ...excuse(commands),
    "set -euo pipefail",
  ].join("\n");
}

/** What shellcheck cannot know: that steps hand variables on, and that a sourced file is elsewhere. */
function excuse(commands: readonly CommandStep[]): readonly string[] {
  const shells = commands.flatMap(({ shell }) => shell ?? []);
  const read = new Set(shells.flatMap(({ reads }) => reads.map(({ name }) => name)));
  const isUnread = shells.some(({ writes }) => writes.some(({ name }) => !read.has(name)));
  const codes = [
    ...(shells.some(({ sourcesFiles }) => sourcesFiles) ? ["SC1091"] : []),
    ...(isUnread ? ["SC2034"] : []),
  ];
  return codes.length === 0 ? [] : [`# shellcheck disable=${codes.join(",")}`];
}

function renderUsage({ title, inputs, needs, entries }: Flow, name: string): string {
  const rows = [
    ...[...inputs].map(([input, definition]) => [input, describeInput(definition)] as const),
    ...needs
      .filter((need) => !inputs.has(need.name))
      .map((need) => [need.name, `${oneLine(need.description)} (must be set)`] as const),
  ];
  const width = Math.max(0, ...rows.map(([input]) => input.length));
  const numbers = new Set(entries.map(({ step }) => step.id)).size;
  const lines = [
    oneLine(title),
    "",
    `Usage: ${rows.length === 0 ? "" : "[NAME=VALUE…] "}${name}`,
    "",
    `${numbers} step${numbers === 1 ? "" : "s"}. Values are taken from the environment:`,
    ...rows.map(([input, text]) => `  ${input.padEnd(width)}  ${text}`.trimEnd()),
  ];
  const text = rows.length === 0 ? lines.slice(0, 3) : lines;
  return [
    "usage() {",
    "  cat <<'USAGE'",
    ...text,
    "USAGE",
    "}",
    "",
    "case ${1-} in",
    '"") ;;',
    "-h | --help)",
    "  usage",
    "  exit 0",
    "  ;;",
    "*)",
    "  usage >&2",
    "  exit 2",
    "  ;;",
    "esac",
  ].join("\n");
}

function describeInput({
  description = "",
  required,
  default: value,
  choices,
}: InputDefinition): string {
  const notes = [
    required === true && value === undefined ? "required" : "",
    choices === undefined ? "" : `one of ${choices.join(", ")}`,
    value === undefined ? "" : `default: ${textOf(value)}`,
  ].filter((note) => note !== "");
  return oneLine(`${description}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`);
}

function renderInputs({ inputs, needs }: Flow): string {
  const lines: string[] = [];
  for (const [name, { default: value }] of inputs) {
    const isAlways = needs.some((need) => need.name === name && isUnconditional(need));
    if (!isAlways)
      lines.push(`: "\${${name}:=${escapeExpansion(value === undefined ? "" : textOf(value))}}"`);
  }
  // What is always needed comes first, so that it is asked for at once.
  for (const need of needs.toSorted(
    (one, other) => Number(isUnconditional(other)) - Number(isUnconditional(one)),
  )) {
    const check = `: "\${${need.name}:?${escapeExpansion(oneLine(need.description) || "it must have a value")}}"`;
    if (isUnconditional(need)) lines.push(check);
    else {
      const when = need.when.map((all) => renderTest(all)).join(" || ");
      lines.push(`if ${when}; then`, `  ${check}`, "fi");
    }
  }
  for (const [name, { choices, type }] of inputs) {
    if (choices === undefined || choices.length === 0 || type === "list") continue;
    const words = choices.map((choice) => quote(String(choice))).join(" | ");
    // An input that nobody asks for may stay empty.
    lines.push(
      `case $${name} in`,
      `"" | ${words}) ;;`,
      "*)",
      `  echo ${quote(`${name} must be one of: ${choices.join(", ")}`)} >&2`,
      "  exit 2",
      "  ;;",
      "esac",
    );
  }
  if (inputs.size > 0) lines.push(`export ${[...inputs.keys()].join(" ")}`);
  return lines.join("\n");
}

function isUnconditional({ when }: FlowNeed): boolean {
  return when.some((conditions) => conditions.length === 0);
}

/** The functions that talk to a person, as far as they are used. */
function renderQuestions(main: string): string {
  const say = ["say() { # say TITLE", String.raw`  printf '\n== %s\n' "$1" >&2`, "}"];
  const byHand = [
    "by_hand() { # by_hand TITLE TEXT: waits until a person has done it",
    '  say "$1"',
    String.raw`  printf '%s\n' "$2" >&2`,
    "  if [[ ! -t 0 ]]; then",
    "    echo 'A person must do this, and there is no terminal.' >&2",
    "    exit 7",
    "  fi",
    "  read -r -p 'Press Enter when it is done, Ctrl-C to stop. ' _",
    "}",
  ];
  const ask = [
    "ask() { # ask QUESTION: goes on after a yes alone",
    "  if [[ ! -t 0 ]]; then",
    String.raw`    printf '%s\nA person must answer this, and there is no terminal.\n' "$1" >&2`,
    "    exit 7",
    "  fi",
    "  local answer",
    '  read -r -p "$1 [y/N] " answer',
    "  if [[ $answer != [yY]* ]]; then",
    "    echo 'Stopped.' >&2",
    "    exit 7",
    "  fi",
    "}",
  ];
  const uses = (word: string): boolean => new RegExp(`^ *${word} `, "mu").test(main);
  return [
    ...(uses("say") || uses("by_hand") ? [say] : []),
    ...(uses("by_hand") ? [byHand] : []),
    ...(uses("ask") ? [ask] : []),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function nameFunctions(entries: readonly FlowEntry[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { step } of entries) {
    if (names.has(step.id)) continue;
    const base = `step_${step.id.replaceAll(/\W/gu, "_")}`;
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
    taken.add(name);
    names.set(step.id, name);
  }
  return names;
}

function renderFunction(
  id: string,
  step: CommandStep,
  path: string,
  functions: ReadonlyMap<string, string>,
  isRepeated: boolean,
): string {
  const { attributes, interpreter, script } = step;
  const name = functions.get(id) ?? "";
  const before: string[] = [];
  const after: string[] = [];
  if (isRepeated) before.push(`  [[ -z \${done_${name}-} ]] || return 0`, `  done_${name}=yes`);
  for (const [variable, value] of Object.entries(attributes.env ?? {})) {
    before.push(`  local -x ${variable}=${quote(value)}`);
  }
  if (attributes.dir !== undefined) {
    before.push("  local started_in=$PWD", `  cd -- ${quote(attributes.dir)}`);
    after.push('  cd -- "$started_in"');
  }
  const program = interpreter.split(" ")[0] ?? "";
  const [open, close] = commentMarksOf(endings[program] ?? "sh");
  const region = [
    `${open}opswright:begin ${id}${close}`,
    script,
    `${open}opswright:end ${id}${close}`,
  ];
  const end = findDelimiter(script);
  const body =
    interpreter === "bash" ? region : [`  ${interpreter} /dev/stdin <<'${end}'`, ...region, end];
  return [
    `# ${oneLine(step.title)}`,
    `# ${path}#${step.id}`,
    `${name}() {`,
    ...before,
    ...body,
    ...after,
    "}",
  ].join("\n");
}

/** A word that is on no line of its own in the code. */
function findDelimiter(code: string): string {
  const lines = new Set(code.split("\n"));
  let word = "END_OF_CODE";
  while (lines.has(word)) word += "_";
  return word;
}

function renderMain(entries: readonly FlowEntry[], functions: ReadonlyMap<string, string>): string {
  const lines: string[] = [];
  let test = "";
  const close = (): void => {
    if (test !== "") lines.push("fi");
  };
  for (const entry of entries) {
    const next = renderTest(entry.conditions, entry);
    if (next !== test) {
      close();
      if (next !== "") lines.push(`if ${next}; then`);
      test = next;
    }
    const indent = test === "" ? "" : "  ";
    lines.push(...renderCall(entry, functions).map((line) => indent + line));
  }
  close();
  return lines.join("\n");
}

function renderCall(
  { step: { id, step } }: FlowEntry,
  functions: ReadonlyMap<string, string>,
): readonly string[] {
  if (step.kind !== "command") {
    return step.kind === "manual"
      ? [`by_hand ${quoteLine(step.title)} ${quoteLine(step.text)}`]
      : [];
  }
  const { attributes, risk, title } = step;
  const name = functions.get(id) ?? "";
  const question =
    attributes.confirm ??
    (risk.level === "destructive" ? `This destroys something: ${title}. Go on?` : undefined);
  const lines = [
    `say ${quoteLine(title)}`,
    ...(question === undefined ? [] : [`ask ${quoteLine(question)}`]),
  ];
  const { exit, continueOnError } = attributes;
  if (exit === undefined && continueOnError !== true) return [...lines, `${name} </dev/null`];
  // The one way to know the exit code and to stop inside at the first failure all the same.
  return [
    ...lines,
    "# In a shell of its own, to know its exit code: what it sets does not last.",
    "set +e",
    `(set -e; ${name}) </dev/null`,
    "status=$?",
    "set -e",
    ...judgeStatus(exit, continueOnError === true, id),
  ];
}

function judgeStatus(
  exit: CommandStep["attributes"]["exit"],
  goesOn: boolean,
  id: string,
): readonly string[] {
  const codes = exit === "any" ? "*" : (exit ?? [0]).join(" | ");
  const report = `printf 'The step ${id} ended with exit code %d.\\n' "$status" >&2`;
  return codes === "*"
    ? []
    : [
        "case $status in",
        `${codes}) ;;`,
        "*)",
        `  ${report}`,
        ...(goesOn ? [] : ['  exit "$status"']),
        "  ;;",
        "esac",
      ];
}

const systemNames: Readonly<Record<string, string>> = {
  linux: "Linux",
  darwin: "Darwin",
  windows: "MINGW*",
};

/** Conditions as one test, the system that a step is for among them; empty where there are none. */
function renderTest(conditions: readonly ConditionExpression[], entry?: FlowEntry): string {
  const step = entry?.step.step;
  const systems = step?.kind === "command" ? step.attributes.os : undefined;
  const parts = [
    ...conditions.map((one) => renderExpression(one, conditions.length > 1)),
    ...(systems === undefined
      ? []
      : [`$(uname -s) == @(${systems.map((one) => systemNames[one] ?? one).join("|")})`]),
  ];
  return parts.length === 0 ? "" : `[[ ${parts.join(" && ")} ]]`;
}

function renderExpression(expression: ConditionExpression, isInner: boolean): string {
  switch (expression.kind) {
    case "equals":
      return `\${${expression.name}-} == ${quote(expression.value)}`;
    case "set": {
      const both = `-n \${${expression.name}-} && \${${expression.name}-} != false`;
      return isInner ? `(${both})` : both;
    }
    case "not":
      return `! (${renderExpression(expression.of, false)})`;
    case "and":
    case "or": {
      const sign = expression.kind === "and" ? " && " : " || ";
      const all = expression.all.map((one) => renderExpression(one, true)).join(sign);
      return isInner ? `(${all})` : all;
    }
  }
}

function textOf(value: NonNullable<InputDefinition["default"]>): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** A word of shell source, without quotes where it needs none. */
function quote(text: string): string {
  return /^[\w./:@%+-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function quoteLine(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What stands behind `:=` and `:?` in double quotes. */
function escapeExpansion(text: string): string {
  return text.replaceAll(/[\\"$`}]/gu, String.raw`\$&`);
}
