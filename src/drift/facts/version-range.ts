import { intersects, validRange } from "semver";

/** Longer ones are not written by people. */
const mostCharacters = 200;

/**
 * A range of npm's manner from one of Python's (PEP 440) or Poetry's; undefined where it is none.
 *
 * Where the two differ, the result is the wider one. No I/O.
 *
 * @example fromPythonRange(">=3.11,<4") === ">=3.11 <4"; fromPythonRange("==3.11.*") === "3.11.x"
 */
export function fromPythonRange(text: string): string | undefined {
  if (text.length > mostCharacters) return undefined;
  const alternatives = text.split("||").map((alternative) =>
    alternative
      .split(",")
      .map((part) => convert(part.replaceAll(/\s+/g, "")))
      .join(" "),
  );
  return toRange(alternatives.join(" || "));
}

function convert(part: string): string {
  const [, operator = "", version = ""] =
    /^(~=|===?|!=|[<>]=?|[\^~])?v?([\d.*]+)$/.exec(part) ?? [];
  const numbers = version.replace(/\.?\*.*$/, "").split(".");
  const bare = numbers.join(".");
  switch (operator) {
    case "!=":
      return "*";
    case "~=": {
      const above = numbers.slice(0, -1);
      const next = [...above.slice(0, -1), Number(above.at(-1) ?? "0") + 1];
      return `>=${bare} <${next.join(".")}`;
    }
    case "==":
    case "===":
    case "":
      return part === "*" ? "*" : bare === "" ? part : withX(bare);
    case ">":
      return `>=${bare}`;
    default:
      return `${operator}${bare}`;
  }
}

/**
 * The range that a version stands for where it is pinned: `3.11` for all of `3.11.x`; undefined for
 * what is no plain version (`lts/*`, `3.13-dev`). No I/O.
 *
 * @example fromVersion("v20.11") === "20.11.x"
 */
export function fromVersion(text: string): string | undefined {
  const version = /^v?(\d{1,6}(?:\.\d{1,6}){0,2})$/.exec(text.trim())?.[1];
  return version === undefined ? undefined : withX(version);
}

function withX(version: string): string {
  return version.split(".").length >= 3 ? version : `${version}.x`;
}

/** The text where it is a range of npm's manner, else undefined. No I/O. */
export function toRange(text: string): string | undefined {
  return text.length <= 2 * mostCharacters && validRange(text) !== null ? text : undefined;
}

/** True where no version is in both ranges; both must be valid. No I/O. */
export function excludesEachOther(one: string, other: string): boolean {
  return !intersects(one, other, { includePrerelease: true });
}
