import { listShellCases, type ShellCase, type ShellCaseArm } from "./list-shell-cases.ts";
import { blankOut, listShellFunctions, maskShell, type ShellFunction } from "./mask-shell.ts";
import { readGetopt, readGetopts } from "./read-getopt.ts";
import type { ReadScriptOptions, ScriptCommand, ScriptOption } from "./script-options.ts";

/** What the body of an arm says that refuses an argument. */
const refusal =
  /\b(?:exit|return [1-9]|\w*usage|\w*help|die|\w*error|err|fail|fatal|abort|invalid|unknown|unrecognized|unsupported)\b/i;
const anyArgument = /\$(?:[1-9@*#]|\{#?[1-9@*])|\bshift\b|\bBASH_ARG[CV]\b/;
const allArguments = /\$(?:[@*]|\{[@*])/;
const source = /^[ \t]*(?:source|\.)[ \t]/m;

/**
 * Reads which options and sub-commands a shell script knows: by `getopts`, by `getopt`, by `case` on
 * its arguments. A script that reads no argument knows none.
 *
 * Linear in time; never throws. POSIX `getopts`, util-linux `getopt`. No I/O.
 *
 * @example for `case "$1" in --force|-f) …`: the option `--force`, `-f`
 */
export function readShellOptions(text: string): ReadScriptOptions {
  const masked = maskShell(text);
  const functions = listShellFunctions(masked);
  const { code, passesOn } = findEntryCode(masked, functions);
  const parsed = [...readGetopts(text, code), ...readGetopt(text, code)];
  const variables = findArgumentVariables(code);
  const cases = listShellCases(text, code).filter(({ subject }) => variables.has(subject));
  const words = readWords(cases, code, functions, variables);
  const optionCases = cases.filter(({ arms }) => arms.some(hasOption));
  if (parsed.length === 0 && optionCases.length === 0 && words.commands.length === 0) {
    if (passesOn) return { kind: "unknown", reason: "the script hands its arguments on" };
    // Quotes can be read wrongly; where a sign of an argument is in the plain text, nothing is sure.
    if (anyArgument.test(blankOut(text, functions)) || source.test(code)) {
      return { kind: "unknown", reason: "how the script reads its arguments is not known" };
    }
    return makeKnown("no arguments", { options: [], commands: [], isStrict: false });
  }
  const isParsed = parsed.length > 0;
  return makeKnown(
    isParsed ? "getopts" : "case",
    {
      options: [
        ...parsed.flatMap(({ options }) => options),
        ...optionCases.flatMap(({ arms }) => arms.flatMap(readArmOptions)),
      ],
      openReason: passesOn
        ? "the script hands its arguments on"
        : (parsed.find(({ openReason }) => openReason !== undefined)?.openReason ??
          (isParsed ? undefined : findOpening(optionCases, code, variables))),
      ...words,
    },
    parsed.some(({ allowsAbbreviations }) => allowsAbbreviations),
  );
}

function makeKnown(
  manner: string,
  root: Pick<ScriptCommand, "options" | "commands" | "isStrict" | "openReason">,
  allowsAbbreviations = false,
): ReadScriptOptions {
  const itself = { name: "", aliases: [], range: { start: 0, end: 0 }, ...root };
  return {
    kind: "known",
    options: { manner, root: itself, common: [], allowsAbbreviations, isExact: false },
  };
}

/** Functions within functions that get all arguments are rare beyond this. */
const mostRounds = 10;

/**
 * The code that sees the script's own arguments: what stands in no function, and the functions that
 * get all of them (`main "$@"`).
 */
function findEntryCode(
  masked: string,
  functions: readonly ShellFunction[],
): { code: string; passesOn: boolean } {
  const names = new Set(functions.map(({ name }) => name));
  const entries = new Set<string>();
  let code = masked;
  for (let round = 0; round < mostRounds; round += 1) {
    code = blankOut(
      masked,
      functions.filter(({ name }) => !entries.has(name)),
    );
    const lines = code.split("\n").filter((line) => allArguments.test(line));
    const called = lines.flatMap((line) => readCalledFunction(line, names) ?? []);
    const before = entries.size;
    for (const name of called) entries.add(name);
    if (entries.size === before) {
      const passesOn = lines.some(
        (line) => readCalledFunction(line, names) === undefined && !keepsArguments(line),
      );
      return { code, passesOn };
    }
  }
  return { code, passesOn: true };
}

function readCalledFunction(line: string, names: ReadonlySet<string>): string | undefined {
  const at = line.search(allArguments);
  const before = line.slice(Math.max(0, at - 300), at);
  const words = before.split(/[;&|({!]|\b(?:if|then|do|else|while|until)\b/).at(-1) ?? "";
  const first = words.trim().split(/\s+/)[0] ?? "";
  return names.has(first) ? first : undefined;
}

/** True where a line looks at all arguments and gives them to nobody. */
function keepsArguments(line: string): boolean {
  if (/\bfor[ \t]+\w+[ \t]+in\b|\bgetopts?\b|\bcase[ \t]/.test(line)) return true;
  if (/^[ \t]*(?:echo|printf|log\w*|info|warn\w*|set[ \t]+--|:)(?:[ \t]|$)/.test(line)) return true;
  return !allArguments.test(line.replaceAll(/\[[^\]]{0,200}\]/g, ""));
}

/** Variables that hold an argument, with where they get it; `1` holds the first one from the start. */
function findArgumentVariables(code: string): ReadonlyMap<string, VariableSource> {
  const found = new Map<string, VariableSource>([["1", { at: 0, isLoop: false }]]);
  for (const match of code.matchAll(
    /\bfor[ \t]+(\w+)(?:[ \t]+in[ \t]+"?\$\{?[@*]|[ \t]*[;\n]|[ \t]+do\b)/g,
  )) {
    found.set(match[1] ?? "", { at: match.index, isLoop: true });
  }
  for (const match of code.matchAll(/(?<=^|[\s;])(\w+)="?\$(?:1\b|\{1\b)/g)) {
    if (!found.has(match[1] ?? "")) found.set(match[1] ?? "", { at: match.index, isLoop: false });
  }
  return found;
}

interface VariableSource {
  readonly at: number;
  readonly isLoop: boolean;
}

const isOption = (pattern: string): boolean => /^--?[A-Za-z0-9[]/.test(pattern);
const isWord = (pattern: string): boolean => /^[A-Za-z][\w:.-]*$/.test(pattern);
const catchesOptions = /^(?:\*|--?\*|-?\?\*|--\?\*)$/;

function hasOption({ patterns }: ShellCaseArm): boolean {
  return patterns.some(({ text }) => isOption(text));
}

function readArmOptions({ patterns, body }: ShellCaseArm): readonly ScriptOption[] {
  const named = patterns.filter(({ text }) => isOption(text));
  const [first] = named;
  if (first === undefined) return [];
  const takesValue = /\$(?:2|\{2)|\bshift[ \t]+2\b|\bshift\b[\s\S]*\$\{?1/.test(
    body.slice(0, 2000),
  );
  const names = named.map(({ text }) => text.replace(/=\*?$/, ""));
  return [{ names, takesValue, range: first.range }];
}

/** Why options can be taken that no pattern names; undefined where such are refused or lost. */
function findOpening(
  cases: readonly ShellCase[],
  code: string,
  variables: ReadonlyMap<string, VariableSource>,
): string | undefined {
  if (cases.length === 0) return "which options the script takes is not known";
  const patterns = cases.flatMap(({ arms }) => arms.flatMap((arm) => arm.patterns));
  if (patterns.some(({ text }) => isOption(text) && /[[?]|\*(?!$)/.test(text))) {
    return "a pattern stands for options of the script";
  }
  const answers = new Set(cases.map((one) => judgeUnknown(one, code, variables)));
  if (answers.has("refused")) return undefined;
  return answers.has("kept") ? "the script keeps arguments it does not know" : undefined;
}

function judgeUnknown(
  { arms, range, subject }: ShellCase,
  code: string,
  variables: ReadonlyMap<string, VariableSource>,
): "refused" | "kept" | "lost" {
  const arm = arms.find(({ patterns }) => patterns.some(({ text }) => catchesOptions.test(text)));
  if (arm !== undefined) {
    if (refusal.test(arm.body)) return "refused";
    const isUsed = /\+=|\$[@*1]|\$\{[@*1]/.test(arm.body) || arm.body.includes(`$${subject}`);
    return isUsed || arm.body.includes(`\${${subject}`) ? "kept" : "lost";
  }
  const isInLoop =
    variables.get(subject)?.isLoop === true ||
    /\bwhile\b/.test(code.slice(Math.max(0, range.start - 300), range.start));
  return isInLoop ? "lost" : "kept";
}

/** The words that the first argument can be: sub-commands, where others are refused. */
function readWords(
  cases: readonly ShellCase[],
  code: string,
  functions: readonly ShellFunction[],
  variables: ReadonlyMap<string, VariableSource>,
): Pick<ScriptCommand, "commands" | "isStrict"> {
  const isInFunction = (at: number): boolean =>
    functions.some(({ start, end }) => at >= start && at < end);
  const withWords = cases.filter(
    ({ subject, arms }) =>
      variables.get(subject)?.isLoop === false &&
      arms.some(({ patterns }) => patterns.some(({ text }) => isWord(text))),
  );
  const patterns = withWords.flatMap(({ arms }) => arms.flatMap((arm) => arm.patterns));
  const commands = patterns
    .filter(({ text }) => isWord(text))
    .map(({ text, range }): ScriptCommand => ({
      name: text,
      aliases: [],
      range,
      options: [],
      commands: [],
      isStrict: false,
    }));
  // Behind a `shift`, the first argument is another one than that which the command gives first.
  const topLevel = blankOut(code, functions);
  const isFirst = ({ subject, range }: ShellCase): boolean => {
    const at = subject === "1" ? range.start : (variables.get(subject)?.at ?? 0);
    const hasShift = isInFunction(at) && /\bshift\b/.test(topLevel);
    return !hasShift && !/\bshift\b/.test(code.slice(0, at));
  };
  const refusesOthers = ({ arms }: ShellCase): boolean => {
    const rest = arms.find((arm) => arm.patterns.some(({ text }) => text === "*"));
    return rest !== undefined && refusal.test(rest.body);
  };
  const isStrict =
    withWords.length > 0 &&
    withWords.every((one) => refusesOthers(one) && isFirst(one)) &&
    !patterns.some(({ text }) => /[[?*]/.test(text) && text !== "*" && !text.startsWith("-"));
  return { commands, isStrict };
}
