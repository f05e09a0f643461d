import type { ParsedComponent } from "../../model/parsed-document.ts";
import type { Span } from "../../model/source.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";

/** The value of a `<Fact>` and where it is from: `of` is `package.json#version` or `command:heads`. */
export interface FactClaim {
  readonly of: string;
  readonly value: string;
  /** True where nothing but the value stands at the claim's place, so that it can be replaced. */
  readonly isPlain: boolean;
}

/** Values of `<Fact>` components. */
export const factClaims: ClaimKind<FactClaim> = {
  name: "fact",
  title: "values of facts",
  description:
    'The text of each `<Fact of="FILE#KEY">…</Fact>`, in a line or on lines of its own: the value of a key of a JSON, YAML or TOML file (`docker-compose.yml#services.db.image`, numbers for items of lists), of a whole small file (`VERSION`), or of a command that the configuration declares (`command:heads`), which is run only with `--observe commands`. This is how an alembic head or the routes of an application are checked.',
  collect: (document) => listFacts(document).flatMap((fact) => readValue(fact, document)),
};

/** Sources that `<Fact>` components name. */
export const factSourceClaims: ClaimKind<{ readonly of: string }> = {
  name: "fact-source",
  title: "sources of facts",
  description: 'The file, key or command that a `<Fact of="…">` names.',
  collect: (document) =>
    listFacts(document).flatMap((fact) => {
      const of = readSource(fact);
      const attribute = fact.attributes.get("of");
      if (of === undefined || attribute === undefined) return [];
      const span = narrowTo(of, attribute.span, document);
      return [{ value: { of }, span, text: of, origin: "prose" as const }];
    }),
};

function listFacts({ parsed }: DriftDocument): readonly ParsedComponent[] {
  return parsed.blocks.flatMap((block) =>
    block.kind === "component" && block.name === "Fact" ? block : [],
  );
}

function readSource({ attributes }: ParsedComponent): string | undefined {
  const value = attributes.get("of")?.value;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function narrowTo(text: string, span: Span, { parsed, lines }: DriftDocument): Span {
  const { start, end } = span;
  const at = parsed.source.text.slice(start.offset, end.offset).indexOf(text);
  return at === -1 ? span : lines.spanOf(start.offset + at, start.offset + at + text.length);
}

function readValue(
  fact: ParsedComponent,
  document: DriftDocument,
): readonly FoundClaim<FactClaim>[] {
  const of = readSource(fact);
  const value = fact.text.replaceAll(/\s+/g, " ").trim();
  if (of === undefined || value === "") return [];
  const { text } = document.parsed.source;
  const range = findContent(fact, text);
  const content = range === undefined ? "" : text.slice(range.start, range.end);
  // Back-ticks and stars around the value stay when it is replaced.
  const at = content.indexOf(value);
  const isPlain = at !== -1 && !content.includes(value, at + 1);
  const start = (range?.start ?? 0) + (isPlain ? at : content.length - content.trimStart().length);
  const length = isPlain ? value.length : content.trim().length;
  const span = range === undefined ? fact.span : document.lines.spanOf(start, start + length);
  return [{ value: { of, value, isPlain }, span, text: value, origin: "prose" }];
}

/** What stands between the tags, as offsets of the document. */
function findContent(
  { span, attributes }: ParsedComponent,
  text: string,
): { readonly start: number; readonly end: number } | undefined {
  const behind = Math.max(
    span.start.offset,
    ...[...attributes.values()].map((attribute) => attribute.span.end.offset),
  );
  const start = text.indexOf(">", behind) + 1;
  const end = text.lastIndexOf("</", span.end.offset);
  return start === 0 || end < start ? undefined : { start, end };
}
