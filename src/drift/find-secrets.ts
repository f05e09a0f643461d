import type { TextRange } from "../model/shell-script.ts";
import { decodeBase64, isSecretValue } from "./is-random.ts";
import { isWebToken, secretShapes } from "./secret-shapes.ts";

/** A secret in a text: what it is, with its article, and where. */
export interface FoundSecret extends TextRange {
  readonly name: string;
  /** True where its looks tell whose key it is; else only its entropy speaks. */
  readonly isKnown: boolean;
}

/**
 * Finds what was made to be secret and stands in a text: keys that are known by their looks, and
 * values that look drawn at random where a password, token or key is assigned.
 *
 * In the order of the text, none within another. Linear in its length; never throws. No I/O.
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found = [...findShapes(text), ...findAssigned(text), ...findInUrls(text)];
  const kept: FoundSecret[] = [];
  // Of several readings of the same text the first is the most telling.
  for (const one of found) {
    if (!kept.some(({ start, end }) => one.start < end && start < one.end)) kept.push(one);
    if (kept.length >= mostSecrets) break;
  }
  return kept.toSorted((a, b) => a.start - b.start);
}

/** A text with more of them is a list of keys; nobody needs to hear of each. */
const mostSecrets = 100;

function* findShapes(text: string): Iterable<FoundSecret> {
  for (const { name, marks, pattern, accepts } of secretShapes) {
    if (!marks.some((mark) => text.includes(mark))) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.["secret"] ?? match[0];
      if (accepts?.(secret) === false) continue;
      yield place(name, match, secret, true);
    }
  }
}

const assignment =
  /(?<word>passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|auth|encryption|signing|session|master|jwt|webhook|private|secret)[_-]?key)["'\]]{0,2}(?:[ \t]{0,3}(?:=>|:=|=|:)[ \t]{0,3}|[ \t])["']?(?<secret>[^\s"'`,;|()<>&\\]{10,200})(?![\w+/=-])/gi;

/** Names that hold no secret though their last word says so, and names of what is printed of one. */
const harmlessName =
  /(?:checksum|hash|digest|sha\d*|md5|fingerprint|public|pub|next|page|continu\w*|csrf|xsrf|sync|resume|idempoten\w*|encrypted|sealed|wrapped|cipher)[\w./-]{0,20}$/iu;

function* findAssigned(text: string): Iterable<FoundSecret> {
  for (const match of text.matchAll(assignment)) {
    const { word = "", secret = "" } = match.groups ?? {};
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (harmlessName.test(before)) continue;
    // With a blank between them it is an option (`--token X`), or else prose.
    const isSpaced = /^["'\]]{0,2}[ \t]["']?$/u.test(
      match[0].slice(word.length, match[0].length - secret.length),
    );
    if (isSpaced && !/--?[\w-]{0,30}$/u.test(before)) continue;
    // Its own shape tells an example from a real one.
    if (isWebToken(secret)) continue;
    // Of badges and links for sharing.
    if (/[?&]$/u.test(before) && secret.length < 20) continue;
    if (isSecretValue(secret)) yield place(`a ${nameWord(word)}`, match, secret);
  }
  for (const match of text.matchAll(basicLogin)) {
    const secret = match.groups?.["secret"] ?? "";
    if (isSecretValue(secret)) yield place("a password", match, secret);
  }
  for (const pattern of passwordOptions) {
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.["secret"] ?? "";
      if (isSecretValue(secret)) yield place("a password", match, secret);
    }
  }
  for (const match of text.matchAll(/\bBasic[ \t]{1,3}(?<secret>[A-Za-z0-9+/]{16,200}={0,2})/g)) {
    const secret = match.groups?.["secret"] ?? "";
    const [, password = ""] = (decodeBase64(secret) ?? "").split(":");
    if (isSecretValue(password)) yield place("a password", match, secret);
  }
}

const basicLogin =
  /(?:\s-u[ \t]?|--user[ =])["']?[\w.@+-]{1,64}:(?<secret>[^\s"'`,;|()<>&\\@]{10,128})/g;

/** Options of one letter that take a password, by program. */
const passwordOptions = [
  /\b(?:mysql|mariadb)(?:-?(?:dump|admin|import))?\b[^\n|;&]{0,120}?\s-p["']?(?<secret>[^\s"'`,;|()<>&\\]{10,128})/g,
  /\bsshpass[ \t]{1,3}-p[ \t]?["']?(?<secret>[^\s"'`,;|()<>&\\]{10,128})/g,
  /\b(?:docker|podman|oc|az|registry|argocd) login\b[^\n|;&]{0,120}?\s-p[ \t]{1,3}["']?(?<secret>[^\s"'`,;|()<>&\\]{10,128})/g,
  /\bredis-cli\b[^\n|;&]{0,120}?\s-a[ \t]{1,3}["']?(?<secret>[^\s"'`,;|()<>&\\]{10,128})/g,
];

function nameWord(word: string): string {
  if (/^(?:passw|pwd)/iu.test(word)) return "password";
  return /key$/iu.test(word) ? "secret key" : word.toLowerCase();
}

const login = /:\/\/[^\s:@/"'`<>]{0,64}:(?<secret>[^\s:@/"'`<>]{10,128})@(?<host>[\w.-]{1,253})/g;
const localHost = /^(?:localhost|127\.|0\.0\.0\.0|host\.docker\.internal|.*\bexample\b)/iu;

function* findInUrls(text: string): Iterable<FoundSecret> {
  for (const match of text.matchAll(login)) {
    const { secret = "", host = "" } = match.groups ?? {};
    if (localHost.test(host)) continue;
    if (isSecretValue(secret)) yield place("a password", match, secret);
  }
}

function place(name: string, match: RegExpExecArray, secret: string, isKnown = false): FoundSecret {
  const start = match.index + match[0].lastIndexOf(secret);
  return { name, start, end: start + secret.length, isKnown };
}
