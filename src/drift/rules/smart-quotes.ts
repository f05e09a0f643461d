import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { hasOverlap } from "../../shell/find-overlap.ts";
import type { DriftDocument } from "../drift-document.ts";
import { listLiteralRanges } from "../literal-ranges.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { defineDocumentRule } from "../rule.ts";

/** A typographic sign in a command, and the ASCII that is meant; without `ascii` it can be two things. */
interface SmartSign {
  readonly sign: string;
  readonly range: TextRange;
  readonly ascii: string | undefined;
}

/** Typographic quotes or dashes in a command, where the shell knows only those of ASCII. */
export const smartQuotes = defineDocumentRule<{ sign: string; ascii: string | undefined }>({
  code: "text/smart-quotes",
  severity: "error",
  title: "Typographic quotes or dashes in a command",
  what: "A command holds `“ ”`, `‘ ’` where quotes are meant, or `–`, `—` where an option begins. Comments and text between ASCII quotes may hold them.",
  why: "A word processor, a chat or a wiki made them of what was typed. To the shell they are letters: the words between them are not held together, and `–force` is a file's name.",
  remedy: "Type `\"`, `'`, `-` and `--` instead. `opswright check --fix` does it.",
  example: {
    language: "bash",
    wrong: "git commit –m “Correct the port”",
    right: 'git commit -m "Correct the port"',
  },
  check(document, report) {
    if (!smartSigns.test(document.parsed.source.text)) return;
    const seen = new Set<number>();
    for (const placed of document.commands) {
      const signs = findSigns(placed, document).filter(
        ({ range }) => !seen.has(placed.locate(range).start.offset),
      );
      const [first] = signs;
      if (first === undefined) continue;
      for (const { range } of signs) seen.add(placed.locate(range).start.offset);
      const edits = signs.map(({ range, ascii }) => ({
        path: document.path,
        span: placed.locate(range),
        text: ascii ?? "",
      }));
      const canFix = signs.every(({ ascii }) => ascii !== undefined);
      report({ sign: first.sign, ascii: first.ascii }, placed.locate(first.range), {
        fix: canFix ? { title: "Write them in ASCII", edits } : undefined,
      });
    }
  },
  message: ({ sign }) => `\`${sign}\` is a letter to the shell, like any other.`,
  hint: ({ ascii }) => `Write ${ascii === undefined ? "`-` or `--`" : `\`${ascii}\``} instead.`,
});

const smartSigns = /[\u2010-\u2015\u2212\u2018-\u201F\u2032\u2033]/u;
const double = /[\u201C-\u201F\u2033]/u;
const single = /[\u2018-\u201B\u2032]/u;

function findSigns(placed: PlacedCommand, document: DriftDocument): readonly SmartSign[] {
  const { command } = placed;
  if (!command.words.some((word) => smartSigns.test(word)) || !isProgram(command)) return [];
  return command.ranges.slice(1).flatMap((range) => {
    const { start, end } = placed.locate(range);
    const source = document.parsed.source.text.slice(start.offset, end.offset);
    // Behind a line's end the document's columns are not the script's.
    if (source.length !== range.end - range.start || !smartSigns.test(source)) return [];
    const literals = listLiteralRanges(source);
    return findInWord(source)
      .filter((one) => !hasOverlap(literals, one.range))
      .map((one) => ({
        ...one,
        range: { start: range.start + one.range.start, end: range.start + one.range.end },
      }));
  });
}

/** Pasted messages (`rm: cannot remove ‘x’`) and prose are no commands; echo may print such signs. */
function isProgram({ name, wrappers }: ShellCommand): boolean {
  if (!/^[a-z_][\w.+-]*$/u.test(name)) return false;
  return wrappers.length === 0 || (name !== "echo" && name !== "printf");
}

function findInWord(word: string): readonly SmartSign[] {
  const dash = /^([-\u2010-\u2015\u2212]+)([A-Za-z][\w-]*|\d+$)/u.exec(word);
  const signs: SmartSign[] = [];
  if (dash !== null && smartSigns.test(dash[1] ?? "")) {
    const [, sign = "", name = ""] = dash;
    signs.push({
      sign,
      range: { start: 0, end: sign.length },
      ascii: asciiDashes(sign, name),
    });
  }
  for (const match of word.matchAll(/[\u2018-\u201F\u2032\u2033]/gu)) {
    const [sign] = match;
    const at = match.index;
    // `it’s` holds an apostrophe.
    const isApostrophe =
      single.test(sign) && /\p{L}/u.test(word[at - 1] ?? "") && /\p{L}/u.test(word[at + 1] ?? "");
    if (isApostrophe) continue;
    const ascii = double.test(sign) ? '"' : "'";
    signs.push({ sign, range: { start: at, end: at + sign.length }, ascii });
  }
  return signs;
}

/** Word processors make one dash of two hyphens; of one letter's option there was one hyphen. */
function asciiDashes(sign: string, name: string): string | undefined {
  if (/^\d/u.test(name)) return "-";
  if (sign.length > 1) return "--";
  if (name.length === 1) return "-";
  return name.length > 3 ? "--" : undefined;
}
