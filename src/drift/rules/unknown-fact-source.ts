import { factSourceClaims } from "../claims/fact-claims.ts";
import { factValueFacts, type FactValues } from "../facts/fact-value-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { suggestName } from "./suggest-name.ts";

/** A `<Fact>` names a source that does not exist. */
export const unknownFactSource = defineClaimRule<
  { readonly of: string },
  { values: FactSource<FactValues> },
  {
    what: "file" | "key" | "command";
    name: string;
    container: string;
    nearest: string | undefined;
    known: readonly string[];
  }
>({
  code: "facts/unknown-source",
  severity: "error",
  title: "A fact whose source does not exist",
  what: 'The file, the key or the declared command that a `<Fact of="…">` names is not there.',
  why: "A value without a source is checked by nobody: it looks as if it were kept true, and is not.",
  remedy:
    "Write the source as it is: a path below the folder that the runbook speaks of or below the root, `#` and the keys divided by dots, numbers for items of lists; or `command:NAME` with a name of the configuration's `facts`. A file that `.gitignore` keeps out is no source.",
  example: {
    language: "mdx",
    wrong: 'It is version <Fact of="package.json#verison">1.4.0</Fact>.',
    right: 'It is version <Fact of="package.json#version">1.4.0</Fact>.',
    file: { path: "package.json", text: '{ "version": "1.4.0" }\n' },
  },
  claims: factSourceClaims,
  facts: { values: factValueFacts },
  async judge({ value: { of } }, { values }) {
    const found = await values.lookUp(of);
    if (found.kind === "value") return agreed;
    if (found.kind === "unjudged") return unjudged(found.reason);
    const { what, name, container, nearest, known, path } = found;
    return differed(
      { what, name, container, nearest, known },
      { related: path === undefined ? [] : [{ path, text: "the file of the fact" }] },
    );
  },
  message: ({ what, name, container }) =>
    what === "command"
      ? `The configuration declares no command \`${name}\` under \`facts\`.`
      : what === "file"
        ? `There is no file \`${name}\` in the repository.`
        : `\`${container}\` has no key \`${name}\` there.`,
  hint: ({ what, nearest, known }) =>
    what === "file" && nearest === undefined
      ? "Write the path of a file that git tracks."
      : suggestName(nearest, known),
});
