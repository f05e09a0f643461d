import type { Claim } from "../../model/drift.ts";
import type { Fix } from "../../model/text-edit.ts";
import { factClaims, type FactClaim } from "../claims/fact-claims.ts";
import { factValueFacts, type FactValues } from "../facts/fact-value-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A `<Fact>` says another value than the repository has. */
export const factDiffers = defineClaimRule<
  FactClaim,
  { values: FactSource<FactValues> },
  { of: string; written: string; actual: string }
>({
  code: "facts/differs",
  severity: "error",
  title: "A fact that is another one in the repository",
  what: 'The text of a `<Fact of="…">` is not the value that its source has: the key of a file, a whole small file, or what a declared command prints.',
  why: "Somebody marked the value as one that drifts, and it did: readers act on what is no longer so.",
  remedy:
    "Write the source's value; `opswright check --fix` does. A `v` in front of a version counts as no difference. Commands of the configuration's `facts` are run only by `opswright check --observe commands`; without it, their values are counted as not judged.",
  example: {
    language: "mdx",
    wrong: 'The database runs <Fact of="docker-compose.yml#services.db.image">postgres:14</Fact>.',
    right: 'The database runs <Fact of="docker-compose.yml#services.db.image">postgres:15</Fact>.',
    file: { path: "docker-compose.yml", text: "services:\n  db:\n    image: postgres:15\n" },
  },
  claims: factClaims,
  facts: { values: factValueFacts },
  async judge(claim, { values }) {
    const { of, value } = claim.value;
    const found = await values.lookUp(of);
    if (found.kind === "unjudged") return unjudged(found.reason);
    if (found.kind === "missing") return unjudged("its source does not exist");
    const written = normalise(value);
    if (found.forms.some((form) => normalise(form) === written)) return agreed;
    const related =
      found.path === undefined
        ? []
        : [{ path: found.path, span: found.span, text: "the value in the repository" }];
    return differed(
      { of, written: value, actual: shorten(found.text) },
      { related, fix: makeFix(claim, found.text) },
    );
  },
  message: ({ of, written, actual }) =>
    `The fact is \`${written}\` here, and \`${actual}\` in \`${of}\`.`,
  hint: ({ actual }) => `Write \`${actual}\`; \`opswright check --fix\` does it.`,
});

const hasVersionSign = (text: string): boolean => /^v\d/i.test(text);

function normalise(text: string): string {
  const bare = text.replaceAll(/\s+/g, " ").trim();
  return hasVersionSign(bare) ? bare.slice(1) : bare;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** None where the value would be Markdown, or where what is there is more than the value. */
function makeFix({ path, span, value }: Claim<FactClaim>, actual: string): Fix | undefined {
  const { value: written, isPlain } = value;
  if (!isPlain || actual === "" || /[<>{}`*[\]\\&~|\n\r]|(?:^|\W)_|_(?:\W|$)/.test(actual))
    return undefined;
  const sign = hasVersionSign(written) && !hasVersionSign(actual) ? written.slice(0, 1) : "";
  return {
    title: "Write the repository's value",
    edits: [{ path, span, text: `${sign}${actual}` }],
  };
}
