import type { KnownValues } from "./known-values.ts";

/** An address of a service on this machine, or below an input that is one, in some text. */
export interface LocalUrl {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The input or variable of type url that it stands behind: `APP_URL`; absent for localhost. */
  readonly base?: string | undefined;
  readonly port?: number | undefined;
  readonly path: string;
}

const host = "localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1\\]|\\[::\\]";
const port = "(?::(\\d{1,5}|\\$\\{\\w+:?-\\d{1,5}\\}|\\$\\{?\\w+\\}?)(?![\\w:@]))?";
const path = "(/[^\\s\"'`<>()|?#\\\\]*)?";
const withScheme = new RegExp(`https?://(?:${host})(?![\\w@-]|\\.\\w)${port}${path}`, "gi");
const withoutScheme = new RegExp(
  `(?<=^["']?)(?:localhost|127\\.0\\.0\\.1)(?=:)${port}${path}`,
  "gi",
);
const behindVariable = new RegExp(`(?<=^["']?)\\$\\{?(\\w+)\\}?(?=/)${path}`, "g");

/**
 * Finds the addresses of local services in a piece of text.
 *
 * A port that is a variable counts as its known value; without one the address has no port. With
 * `isArgument` the text is a word of a client such as curl: the scheme can be missing, and
 * `$APP_URL/health` is an address where `APP_URL` is one. No I/O.
 *
 * @example findLocalUrls("see http://localhost:5000/health.", values, false): one of port 5000, path
 *   "/health"
 */
export function findLocalUrls(
  text: string,
  values: KnownValues,
  isArgument: boolean,
): readonly LocalUrl[] {
  const found: LocalUrl[] = [];
  const add = (
    match: RegExpMatchArray,
    parts: Pick<LocalUrl, "base" | "port"> & { readonly above?: string },
  ): void => {
    const given = match[2] ?? "";
    const written = trimPath(given);
    const whole = match[0].slice(0, match[0].length - (given.length - written.length));
    const start = match.index ?? 0;
    const { above = "", ...rest } = parts;
    found.push({ start, end: start + whole.length, text: whole, path: above + written, ...rest });
  };
  if (text.includes("://")) {
    for (const match of text.matchAll(withScheme)) add(match, { port: readPort(match[1], values) });
  }
  if (!isArgument || found.length > 0) return found;
  for (const match of text.matchAll(withoutScheme))
    add(match, { port: readPort(match[1], values) });
  for (const match of text.matchAll(behindVariable)) {
    const name = match[1] ?? "";
    const value = values.valueOf(name);
    if (value !== undefined && /^https?:\/\//i.test(value)) {
      const [url] = findLocalUrls(value, values, false);
      if (url !== undefined) {
        add(match, { port: url.port, above: url.path.replace(/\/$/, "") });
        continue;
      }
    }
    if (values.isAddress(name)) add(match, { base: name });
  }
  return found;
}

/** A sentence's full stop and a Markdown mark are not part of the address. */
function trimPath(text: string): string {
  let end = text.length;
  while (end > 0 && ".,;:!*]".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function readPort(text: string | undefined, values: KnownValues): number | undefined {
  const [, name, byDefault] = /^\$\{?(\w+)(?::?-(\d+))?\}?$/.exec(text ?? "") ?? [];
  const digits = name === undefined ? text : (values.valueOf(name) ?? byDefault);
  return digits !== undefined && /^\d{1,5}$/.test(digits) ? Number(digits) : undefined;
}
