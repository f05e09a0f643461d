import type { Placeholder } from "../model/shell-script.ts";
import { hasOverlap } from "./find-overlap.ts";
import { matchAngleBlank, matchBraceBlank } from "./match-blank.ts";
import type { QuotedText, ScannedBlank, ScannedScript } from "./scanned-script.ts";

const htmlTags = new Set(
  "a abbr article aside b base body br button canvas caption center code col dd details div dl dt em embed fieldset figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main meta nav ol option p pre q s samp script section select small span strong style sub sup svg table tbody td template textarea tfoot th thead time title tr tt u ul video".split(
    " ",
  ),
);
const fromOutput = /^(?:echo|printf|tr|grep|egrep|sed|awk)$/u;
const ellipses = new Set(["...", "....", ".....", "…", '"..."', "'...'", '"…"', "[...]", "[…]"]);
const dottedPrograms = /^(?:go|gofmt|golangci-lint|echo|printf|staticcheck|bazel)$/u;

/**
 * The blanks that a person must fill before the script can run, in order, none within another.
 *
 * Comments hold none. How far each sign can be trusted was counted on 6,762 shell blocks of 16 teams;
 * signs that were mostly wrong (`FOO_BAR`, `my-app`, `{{x}}`) are not taken. No I/O.
 *
 * @example `git revert <commit-hash>` → [{ text: "<commit-hash>", form: "angle", … }]
 */
export function findPlaceholders(scanned: ScannedScript): Placeholder[] {
  const found: Placeholder[] = [];
  const { text } = scanned;
  const add = (form: Placeholder["form"], start: number, end: number): void => {
    found.push({ text: text.slice(start, end), form, range: { start, end } });
  };
  for (const blank of scanned.blanks)
    if (isCodeBlank(blank, scanned)) add(blank.form, blank.start, blank.end);
  const closedTags = findClosedTags(text);
  for (const quoted of scanned.quoted) addQuoted(quoted, text, closedTags, add);
  addPathTo(text, add);
  addYour(text, add);
  addXs(text, add);
  addEllipses(scanned, add);
  return keepApart(found.filter(({ range }) => !hasOverlap(scanned.comments, range)));
}

type Add = (form: Placeholder["form"], start: number, end: number) => void;

/** The earliest first, and of those the longest; what overlaps it says nothing new. */
function keepApart(found: Placeholder[]): Placeholder[] {
  const kept: Placeholder[] = [];
  let end = -1;
  for (const one of found.toSorted(
    (a, b) => a.range.start - b.range.start || b.range.end - a.range.end,
  )) {
    if (one.range.start < end) continue;
    kept.push(one);
    end = one.range.end;
  }
  return kept;
}

function isCodeBlank(blank: ScannedBlank, { text, commands }: ScannedScript): boolean {
  if (blank.form === "angle") return true;
  const before = lineBefore(text, blank.start);
  if (blank.form === "bracket") {
    const command = commandAt(commands, blank.start);
    const name =
      command === undefined ? "" : text.slice(command.words[0]?.start, command.words[0]?.end);
    return !fromOutput.test(name) && name !== "[" && name !== "test";
  }
  const name = text.slice(blank.start, blank.end);
  // xargs and parallel replace it; jsonpath and templates have braces of their own
  if (/-I ?(?:\{|$)/u.test(before)) return false;
  if (/(?:jsonpath|go-template|custom-columns|template)(?:=|\s)\S*$/u.test(before)) return false;
  if (/^\{(?:owner|repo|branch)\}$/u.test(name) && /\bgh api\b/u.test(before)) return false;
  return !/^\{(?:print|end|next|exit)\}$/u.test(name);
}

/** The last command that begins before `at`; commands are in order of their beginnings. */
function commandAt(
  commands: ScannedScript["commands"],
  at: number,
): ScannedScript["commands"][number] | undefined {
  let low = 0;
  let high = commands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle]?.start ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return commands[low - 1];
}

/** The text on the same line before `at`, as far as it matters. */
function lineBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - 300), at);
  return near.slice(near.lastIndexOf("\n") + 1);
}

/** Names of mark-up elements that the text closes somewhere. */
function findClosedTags(text: string): ReadonlySet<string> {
  if (!text.includes("</")) return new Set();
  return new Set([...text.matchAll(/<\/([A-Za-z][\w:.-]*)>/gu)].map((match) => match[1] ?? ""));
}

function addQuoted(
  quoted: QuotedText,
  text: string,
  closedTags: ReadonlySet<string>,
  add: Add,
): void {
  const { start, end } = quoted;
  for (
    let at = nextIndex(text, "<", start, end);
    at !== -1;
    at = nextIndex(text, "<", at + 1, end)
  ) {
    const close = matchAngleBlank(text, at);
    if (close !== -1 && close <= end && isQuotedBlank(text, at, close, closedTags))
      add("angle", at, close);
  }
  if (quoted.quote === "here-document" || end - start > 300) return;
  const inner = text.slice(start, end);
  // only in text like a path or an address: elsewhere braces are JSON, templates, regular expressions
  if (!inner.includes("/") || /[\s|"'()\\]|^s[/|#,]|^\/.*\/$|jsonpath/u.test(inner)) return;
  for (let at = inner.indexOf("{"); at !== -1; at = inner.indexOf("{", at + 1)) {
    const close = matchBraceBlank(text, start + at);
    if (close !== -1 && close <= end) add("brace", start + at, close);
  }
}

function nextIndex(text: string, sought: string, from: number, limit: number): number {
  const found = text.slice(from, limit).indexOf(sought);
  return found === -1 ? -1 : from + found;
}

/** Between quotes, angle brackets are often mark-up, types, addresses or regular expressions. */
function isQuotedBlank(
  text: string,
  start: number,
  end: number,
  closedTags: ReadonlySet<string>,
): boolean {
  const inner = text.slice(start + 1, end - 1);
  const tag = /^[A-Za-z][\w:.-]*/u.exec(inner)?.[0] ?? "";
  if (htmlTags.has(tag.toLowerCase()) || inner.endsWith("/") || inner.includes("=")) return false;
  if (closedTags.has(tag)) return false;
  if (/^\S+@\S+\.\S+$/u.test(inner)) return false;
  const before = text.slice(Math.max(0, start - 10), start);
  // (?<name>…), \<word\>, s/<pattern>/, #include <header>, Vec<u8>
  return !/(?:\?P?|\\k?|\bs[/|#,@]|#include |[A-Za-z0-9_)\]])$/u.test(before);
}

function addPathTo(text: string, add: Add): void {
  const pattern = /(?<![\w.-])[~.]?\/?path\/to(?![\w-])(?:\/[\w.@-]+)*\/?/giu;
  for (const match of text.matchAll(pattern))
    add("path-to", match.index, match.index + match[0].length);
}

function addYour(text: string, add: Add): void {
  for (const match of text.matchAll(/(?<![\w$])(?:YOUR|[Yy]our)[_-][A-Za-z0-9][\w-]*/gu)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    const isName = before.endsWith("${") || (/(?:^|\s)$/u.test(before) && text[end] === "=");
    if (!isName) add("your", match.index, end);
  }
}

/** `xxx` and `pod-xxxxx`, with the letters and digits around; no `mktemp` template, no device. */
function addXs(text: string, add: Add): void {
  for (const match of text.matchAll(/x{3,}|X{3,}/gu)) {
    const from = match.index;
    const to = from + match[0].length;
    const isJoined =
      /[A-Za-z0-9$\\%]/u.test(text.charAt(from - 1)) || /[A-Za-z0-9]/u.test(text.charAt(to));
    if (isJoined && match[0].length < 5) continue;
    const head = /[\w.-]*$/u.exec(text.slice(Math.max(0, from - 60), from))?.[0] ?? "";
    const tail = /^[\w.-]*/u.exec(text.slice(to, to + 60))?.[0] ?? "";
    const start = from - head.length;
    if (/[$\\%]$/u.test(text.slice(Math.max(0, start - 1), start)) || head === "-") continue;
    if (text.slice(Math.max(0, start - 5), start) === "/dev/") continue;
    if (/mktemp/u.test(lineBefore(text, from))) continue;
    add("xxx", start, to + tail.length);
  }
}

function addEllipses({ text, commands, quoted }: ScannedScript, add: Add): void {
  for (const command of commands) {
    for (const word of command.words) {
      if (word.end - word.start > 5 || !ellipses.has(text.slice(word.start, word.end))) continue;
      const first = command.words[0];
      if (dottedPrograms.test(text.slice(first?.start, first?.end))) continue;
      add("ellipsis", word.start, word.end);
    }
  }
  for (const { quote, start, end } of quoted) {
    if (quote !== "here-document") continue;
    // without an indent it ends a YAML document
    for (const match of text.slice(start, end).matchAll(/^[ \t]+(\.{3}|…)[ \t]*$/gmu)) {
      const at = start + match.index + match[0].search(/[.…]/u);
      add("ellipsis", at, at + (match[1]?.length ?? 1));
    }
  }
}
