import type { frontMatterSchema } from "../model/front-matter.ts";

/** One thing that the schema has against a front matter. */
export type FrontMatterIssue = NonNullable<
  ReturnType<typeof frontMatterSchema.safeParse>["error"]
>["issues"][number];

/**
 * Names what the schema wants in the words of the one who wrote the front matter, as what stands
 * behind "expected": `text; put a number in quotes`.
 *
 * `value` is what is there instead. Reasons that the schema words itself are kept. No I/O.
 */
export function explainIssue(issue: FrontMatterIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      if (durationKeys.has(String(issue.path[0]))) return "a duration such as 30s, 10m or 1h30m";
      return explainType(issue.expected, value);
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "string" ? "text that is not empty" : "at least one entry";
    case "invalid_format":
      if (issue.format === "date") return "a date such as 2026-02-03";
      return isGeneric(issue.message) ? "lower-case letters, digits and hyphens" : issue.message;
    case "invalid_key": {
      const [own] = issue.issues as readonly FrontMatterIssue[];
      return own === undefined ? issue.message : explainIssue(own, undefined);
    }
    case "invalid_union": {
      if (!isGeneric(issue.message)) return issue.message;
      const kinds = issue.errors.flat().flatMap((own) => ("expected" in own ? [own.expected] : []));
      return kinds.map((kind) => kindsInWords[kind] ?? kind).join(", or ");
    }
    default:
      return issue.message;
  }
}

const durationKeys = new Set(["timeout", "reviewEvery"]);

function isGeneric(message: string): boolean {
  return message.startsWith("Invalid");
}

const kindsInWords: Readonly<Partial<Record<string, string>>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list such as [a, b]",
  object: "a map of `key: value` lines",
  record: "a map of `key: value` lines",
};

function explainType(expected: string, value: unknown): string {
  const wanted = kindsInWords[expected] ?? expected;
  if (expected !== "string" || (typeof value !== "number" && typeof value !== "boolean")) {
    return wanted;
  }
  const kind = typeof value === "number" ? "a number" : "true or false";
  return `${wanted}, and without quotes this is ${kind}; put it in quotes`;
}
