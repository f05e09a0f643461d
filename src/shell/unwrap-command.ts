import {
  baseName,
  type CommandTraits,
  type ReadCommand,
  type ScriptContext,
} from "./read-command.ts";
import { readOptions } from "./read-options.ts";
import { findSourceEnd, joinWordsAsScript, type ScriptText } from "./script-text.ts";
import { wrappers, type Wrapper } from "./wrapper-table.ts";

/** What a command runs: another command by its words, or a script. */
export type InnerCommand =
  | { readonly kind: "command"; readonly command: ReadCommand }
  | { readonly kind: "script"; readonly source: ScriptText; readonly context: ScriptContext };

/** More wrappers around a command than any person writes. */
const maximumDepth = 12;

interface WrapperRow {
  readonly wrapper: Wrapper;
  readonly path: readonly string[];
  readonly valued: ReadonlySet<string>;
}

const rowsByProgram = indexWrappers();

function indexWrappers(): ReadonlyMap<string, readonly WrapperRow[]> {
  const rows = new Map<string, WrapperRow[]>();
  for (const wrapper of wrappers) {
    const valued = new Set(wrapper.valued.split(" "));
    for (const path of wrapper.path.split("|").map((text) => text.split(" "))) {
      const program = path[0] ?? "";
      rows.set(program, [...(rows.get(program) ?? []), { wrapper, path, valued }]);
    }
  }
  return rows;
}

/**
 * The commands and scripts that `command` runs by itself: none for most, several for `find`.
 *
 * Words after `sudo`, `env`, `xargs`, `docker exec C`… are commands; the text after `bash -c`,
 * `ssh HOST` and `eval`, and what is fed to a shell's standard input, are scripts. No I/O.
 */
export function unwrapCommand(command: ReadCommand): readonly InnerCommand[] {
  if (command.depth >= maximumDepth) return [];
  const program = programName(command);
  if (program === "find") return unwrapFind(command);
  const row = rowsByProgram
    .get(program)
    ?.find(({ path, valued }) => matchPath(command, path, valued) !== -1);
  if (row === undefined) return [];
  return unwrapByRow(command, row);
}

/** The name, also where only the directory is not literal: `"$BIN/psql"` is psql. */
export function programName(command: ReadCommand): string {
  if (command.name !== "") return command.name;
  const value = command.values[0] ?? "";
  const last = baseName(value);
  return last !== value && /^[\w.+-]+$/u.test(last) ? last : "";
}

/** Where the words behind `path` begin, options between its parts skipped; -1 where it differs. */
function matchPath(
  command: ReadCommand,
  path: readonly string[],
  valued: ReadonlySet<string>,
): number {
  if (path.length === 1) return 1;
  const line = readOptions(command.values, 1, valued, false);
  const isSame = path.slice(1).every((part, index) => line.operands[index] === part);
  return isSame ? (line.operandPlaces[path.length - 2] ?? 0) + 1 : -1;
}

function unwrapByRow(command: ReadCommand, row: WrapperRow): readonly InnerCommand[] {
  const { wrapper, path, valued } = row;
  const start = matchPath(command, path, valued);
  const label =
    wrapper.place ??
    (path.length > 1 && wrapper.keepsLast !== true ? path.join(" ") : (path[0] ?? ""));
  if (wrapper.keepsLast === true)
    return [innerCommand(command, wordsFrom(command, start - 1), wrapper, label)];
  const line = readOptions(command.values, start, valued, true);
  const stops = wrapper.unless?.split(" ") ?? [];
  if (line.options.some((option) => stops.includes(option))) return [];

  const script = findScriptOption(command, wrapper, start, valued);
  if (script !== undefined) return [innerScript(command, script, wrapper, label)];
  const places = innerPlaces(command, wrapper, line.firstOperand, start, valued);
  const isShellAlone = wrapper.readsScript === true && places.length === 0;
  if (isShellAlone) return readsStandardInput(command, wrapper, line.firstOperand, label);
  if (places.length === 0) return [];
  if (wrapper.gives === "script") {
    const words = places.flatMap((place) => command.scanned[place] ?? []);
    return [innerScript(command, joinWordsAsScript(command.source, words), wrapper, label)];
  }
  return [innerCommand(command, places, wrapper, label)];
}

function wordsFrom(command: ReadCommand, start: number): number[] {
  return command.values.flatMap((_, index) => (index >= start ? [index] : []));
}

/** The places of the inner command's words; empty where there is none. */
function innerPlaces(
  command: ReadCommand,
  wrapper: Wrapper,
  firstOperand: number,
  start: number,
  valued: ReadonlySet<string>,
): number[] {
  const { values } = command;
  // `su USER` has operands, and no command among them; `runuser -u USER CMD` has one
  const isRunuser =
    command.name === "runuser" && readOptions(values, start, valued, true).values.has("-u");
  if (wrapper.gives === "option" && !isRunuser) return [];
  const hyphens = wrapper.hasDoubleHyphen === true ? values.indexOf("--", start) : -1;
  let at = hyphens === -1 ? firstOperand : hyphens + 1;
  if (hyphens === -1 || wrapper.operands === undefined) {
    for (let count = hyphens === -1 ? (wrapper.operands ?? 0) : 0; count > 0; count -= 1) {
      at += 1;
      if (wrapper.mixesOptions === true) at = readOptions(values, at, valued, true).firstOperand;
    }
  }
  if (wrapper.takesAssignments === true) {
    while (/^[A-Za-z_]\w*=/u.test(values[at] ?? "")) at += 1;
  }
  const places = wordsFrom(command, at);
  const entrypoint = values.indexOf("--entrypoint", start);
  if (entrypoint !== -1 && entrypoint < at) return [entrypoint + 1, ...places];
  // `docker run IMAGE --flag` passes the flag to the image's own program
  return (values[at] ?? "").startsWith("-") ? [] : places;
}

function findScriptOption(
  command: ReadCommand,
  wrapper: Wrapper,
  start: number,
  valued: ReadonlySet<string>,
): ScriptText | undefined {
  if (wrapper.scriptOptions === undefined) return undefined;
  // `su - USER -c '…'` has its option behind the operand
  const isMixed = wrapper.gives === "option" && !/^(?:ba|z|da|k|a)?sh$/u.test(command.name);
  const scriptOptions = wrapper.scriptOptions.split(" ");
  const { values } = command;
  const end = isMixed ? values.length : readOptions(values, start, valued, true).firstOperand;
  for (let at = start; at < end; at += 1) {
    const value = values[at] ?? "";
    const word = command.scanned[at];
    const option = scriptOptions.find(
      (name) => value === name || value.startsWith(`${name}=`) || isBundle(value, name),
    );
    if (option === undefined || word === undefined) continue;
    const equals =
      value.startsWith(`${option}=`) && option.startsWith("--") ? value.indexOf("=") + 1 : -1;
    if (equals !== -1) return dropStart(joinWordsAsScript(command.source, [word]), equals);
    const next = command.scanned[at + 1];
    return next === undefined ? undefined : joinWordsAsScript(command.source, [next]);
  }
  return undefined;
}

/** `-lc` and `-euc` hold `-c`, if it is their last letter. */
function isBundle(value: string, name: string): boolean {
  return name.length === 2 && /^-[A-Za-z]+$/u.test(value) && value.endsWith(name.charAt(1));
}

function dropStart(source: ScriptText, length: number): ScriptText {
  return {
    text: source.text.slice(length),
    starts: source.starts?.slice(length),
    ends: source.ends?.slice(length),
    expanded: source.expanded
      .filter((range) => range.end > length)
      .map((range) => ({ start: Math.max(0, range.start - length), end: range.end - length })),
  };
}

/** A shell without a script reads one from its standard input, if the text has it. */
function readsStandardInput(
  command: ReadCommand,
  wrapper: Wrapper,
  firstOperand: number,
  label: string,
): readonly InnerCommand[] {
  const operand = command.values[firstOperand];
  const isShell = wrapper.gives === "option" && !/^(?:su|runuser)$/u.test(command.name);
  const readsFile =
    isShell && operand !== undefined && operand !== "-" && !command.values.includes("-s");
  if (readsFile || command.stdinScript === undefined) return [];
  return [innerScript(command, command.stdinScript, wrapper, label)];
}

function innerContext(command: ReadCommand, wrapper: Wrapper, label: string): ScriptContext {
  const { traits } = command;
  const terminal = wrapper.terminalOptions?.split(" ");
  const next: CommandTraits = {
    isProvided: wrapper.providesProgram === true,
    hasForeignVariables: traits.hasForeignVariables || wrapper.setsVariables === true,
    isTimeLimited: traits.isTimeLimited || wrapper.limitsTime === true,
    isDetached: traits.isDetached || (terminal !== undefined && !hasTerminal(command, terminal)),
  };
  return {
    wrappers: [...command.wrappers, label],
    place: wrapper.place ?? command.place,
    depth: command.depth + 1,
    traits: next,
    setting: {
      isBackground: command.setting.isBackground,
      hasInput: hasInput(command),
      ...(command.isTolerated === true ? { isTolerated: true } : {}),
    },
    scopeEnd: command.scopeEnd,
  };
}

function hasTerminal(command: ReadCommand, options: readonly string[]): boolean {
  return command.values.some(
    (value) => options.includes(value) || (/^-[a-z]+$/u.test(value) && /[it]/u.test(value)),
  );
}

function innerScript(
  command: ReadCommand,
  source: ScriptText,
  wrapper: Wrapper,
  label: string,
): InnerCommand {
  const context = innerContext(command, wrapper, label);
  // a script that comes from standard input leaves nothing there for its commands
  const input = source === command.stdinScript ? undefined : command.stdinScript;
  // `eval` alone runs its text in the shell that it is called in.
  const scopeEnd =
    command.name === "eval" ? command.scopeEnd : Math.max(command.range.end, findSourceEnd(source));
  return { kind: "script", source, context: { ...context, input, scopeEnd } };
}

function innerCommand(
  command: ReadCommand,
  places: readonly number[],
  wrapper: Wrapper,
  label: string,
): InnerCommand {
  const context = innerContext(command, wrapper, label);
  return { kind: "command", command: selectWords(command, places, context) };
}

/** The command that these words of `outer` are. */
function selectWords(
  outer: ReadCommand,
  places: readonly number[],
  { wrappers: around, place, depth, traits, setting }: ScriptContext,
): ReadCommand {
  const isLiteral = places.map((index) => outer.isLiteral[index] ?? false);
  const values = places.map((index) => outer.values[index] ?? "");
  const ranges = places.flatMap((index) => outer.ranges[index] ?? []);
  const start = ranges[0]?.start ?? outer.range.start;
  return {
    ...outer,
    wrappers: around,
    place,
    depth,
    traits,
    setting: { ...outer.setting, hasInput: setting.hasInput },
    name: isLiteral[0] === true ? baseName(values[0] ?? "") : "",
    words: places.map((index) => outer.words[index] ?? ""),
    ranges,
    isLiteral,
    values,
    scanned: places.flatMap((index) => outer.scanned[index] ?? []),
    range: { start, end: Math.max(ranges.at(-1)?.end ?? start, start) },
    // the outer command has them: told once
    redirections: [],
  };
}

/** True where something other than the terminal is the command's standard input. */
export function hasInput({ setting, redirections, stdinScript, feeder }: ReadCommand): boolean {
  if (setting.hasInput || stdinScript !== undefined || feeder !== undefined) return true;
  return redirections.some(({ operator }) => /^0?<[<&>]*$/u.test(operator));
}

/** `find … -exec CMD {} \;`: each of them. */
function unwrapFind(command: ReadCommand): readonly InnerCommand[] {
  const inner: InnerCommand[] = [];
  const { values } = command;
  const wrapper: Wrapper = { path: "find", valued: "", gives: "words" };
  for (let at = 1; at < values.length && inner.length < 20; at += 1) {
    if (!/^-(?:exec|execdir|ok|okdir)$/u.test(values[at] ?? "")) continue;
    let end = at + 1;
    while (end < values.length && values[end] !== ";" && values[end] !== "+") end += 1;
    const places = wordsFrom(command, at + 1).filter((place) => place < end);
    if (places.length > 0) inner.push(innerCommand(command, places, wrapper, "find"));
    at = end;
  }
  return inner;
}
