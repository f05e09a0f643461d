import type { TextRange } from "../model/shell-script.ts";
import type { ReadCommand } from "./read-command.ts";
import { readOptions } from "./read-options.ts";
import type { ScannedCommand, ScannedVariable, ScannedWord } from "./scanned-script.ts";
import type { ScriptText } from "./script-text.ts";

const assignment = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/u;
const variableName = /^[A-Za-z_]\w*$/u;
const readValued = new Set(["-a", "-d", "-i", "-n", "-N", "-p", "-t", "-u"]);
const mapfileValued = new Set(["-d", "-n", "-O", "-s", "-u", "-C", "-c"]);

/** Variables that the assignments before a command set; offsets are into `source`. No I/O. */
export function findLeadingAssignments(
  command: ScannedCommand,
  source: ScriptText,
): ScannedVariable[] {
  const found: ScannedVariable[] = [];
  for (const word of command.words) {
    const variable = readAssignment(source.text, word);
    if (variable === undefined) break;
    found.push(variable);
  }
  return found;
}

function readAssignment(text: string, word: ScannedWord): ScannedVariable | undefined {
  const name = assignment.exec(text.slice(word.start, Math.min(word.end, word.start + 200)))?.[1];
  if (name === undefined) return undefined;
  return { name, range: { start: word.start, end: word.start + name.length }, hasDefault: false };
}

/**
 * Variables that a command sets by its arguments: `export X`, `read x`, `mapfile a`,
 * `printf -v x`, `getopts ab o`, `let i=1`, `env X=1 cmd`; offsets are into its source.
 *
 * Rules: bash(1), SHELL BUILTIN COMMANDS. No I/O.
 */
export function findAssignedByCommand(command: ReadCommand): ScannedVariable[] {
  const { values, scanned, source } = command;
  switch (command.name) {
    case "export":
    case "declare":
    case "typeset":
    case "local":
    case "readonly":
      return findDeclared(command);
    case "read": {
      const line = readOptions(values, 1, readValued, false);
      const places = [...line.operandPlaces, ...optionPlace(values, "-a")];
      return namedAt(command, places, "REPLY");
    }
    case "mapfile":
    case "readarray":
      return namedAt(
        command,
        readOptions(values, 1, mapfileValued, false).operandPlaces,
        "MAPFILE",
      );
    case "printf":
    case "wait":
      return namedAt(command, optionPlace(values, command.name === "printf" ? "-v" : "-p"));
    case "getopts": {
      const range = wordRange(scanned[0]);
      const own = ["OPTARG", "OPTIND"].map((name) => ({ name, range, hasDefault: false }));
      return [...namedAt(command, [2]), ...own];
    }
    case "let":
    case "env":
      return scanned.slice(1).flatMap((word) => readAssignment(source.text, word) ?? []);
    default:
      return [];
  }
}

function findDeclared(command: ReadCommand): ScannedVariable[] {
  const { values, scanned, source } = command;
  if (values.some((value, index) => index > 0 && /^-\w*[fFp]/u.test(value))) return [];
  return scanned.slice(1).flatMap((word, index) => {
    const assigned = readAssignment(source.text, word);
    if (assigned !== undefined) return [assigned];
    const name = values[index + 1] ?? "";
    return variableName.test(name) ? [{ name, range: wordRange(word), hasDefault: false }] : [];
  });
}

/** Where the value of a separate option stands, as a list of one or none. */
function optionPlace(values: readonly string[], option: string): number[] {
  const letter = option.charAt(1);
  const at = values.findIndex(
    (value) => value === option || (/^-[a-z]+$/u.test(value) && value.endsWith(letter)),
  );
  return at > 0 ? [at + 1] : [];
}

function namedAt(
  command: ReadCommand,
  places: readonly number[],
  otherwise?: string,
): ScannedVariable[] {
  const found = places.flatMap((place) => {
    const word = command.scanned[place];
    const name = /^[A-Za-z_]\w*/u.exec(command.values[place] ?? "")?.[0];
    return word === undefined || name === undefined
      ? []
      : [{ name, range: wordRange(word), hasDefault: false }];
  });
  if (found.length > 0 || otherwise === undefined) return found;
  return [{ name: otherwise, range: wordRange(command.scanned[0]), hasDefault: false }];
}

function wordRange(word: ScannedWord | undefined): TextRange {
  return { start: word?.start ?? 0, end: word?.end ?? 0 };
}

/**
 * True where the command takes in shell text or names that are known only when it runs: `. file`,
 * `source <(…)`, `eval "$(…)"`, `export $(…)`. No I/O.
 */
export function takesUnknownText(command: ReadCommand): boolean {
  switch (command.name) {
    case "source":
    case ".":
      return true;
    case "eval":
      return command.isLiteral.includes(false);
    case "export":
    case "declare":
    case "local":
      return command.values.some((value, index) => index > 0 && /^["']?[$`]/u.test(value));
    default:
      return false;
  }
}

/** Variables that `-v NAME` asks for in `[[ … ]]`, `[ … ]` and `test`; offsets are into its source. */
export function findTestedVariables(command: ReadCommand): ScannedVariable[] {
  if (!/^(?:\[\[?|test)$/u.test(command.name || (command.values[0] ?? ""))) return [];
  return command.values.flatMap((value, index) => {
    const place = value === "-v" ? index + 1 : -1;
    return namedAt(command, [place]).map((variable) => ({ ...variable, hasDefault: true }));
  });
}
