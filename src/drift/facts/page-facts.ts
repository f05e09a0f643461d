import type { ParsedDocument } from "../../model/parsed-document.ts";
import type { SourceFile } from "../../model/source.ts";
import { createLineIndex, type LineIndex } from "../../parse/line-index.ts";
import { parseDocument } from "../../parse/parse-document.ts";
import { readAnchors, type Anchors } from "../claims/read-anchors.ts";
import { scanHeadingSlugs } from "../claims/scan-heading-slugs.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";

/** A Markdown document of the repository, as links and lists see it. */
export interface Page {
  /** True for the slug of a plain heading; false says nothing. */
  hasHeading(slug: string): boolean;
  /** Undefined where the document does not parse. */
  parse(): ParsedPage | undefined;
}

/** The same document, parsed. */
export interface ParsedPage {
  readonly anchors: Anchors;
  readonly links: ParsedDocument["links"];
  readonly lines: LineIndex;
}

/** Markdown documents that others link to; each is read and parsed once, when it is asked for. */
export interface PageFacts {
  /** By its path relative to the root; undefined for what is no Markdown or cannot be read. */
  readPage(path: string): Promise<Page | undefined>;
}

/** Facts of the documents that runbooks link to. */
export const pageFacts: FactSource<PageFacts> = {
  name: "pages",
  title: "linked documents",
  description:
    "Reads the Markdown documents that a runbook links to, and the index pages of folders of runbooks: their headings, anchors and links.",
  observe(place) {
    const pages = new Map<string, Promise<Page | undefined>>();
    const facts: PageFacts = {
      readPage(path) {
        const known = pages.get(path) ?? readPage(place, path);
        pages.set(path, known);
        return known;
      },
    };
    return Promise.resolve({ facts, problems: [] });
  },
};

async function readPage({ repository }: FactPlace, path: string): Promise<Page | undefined> {
  const [, ending] = /\.(mdx?|markdown)$/i.exec(path) ?? [];
  if (ending === undefined) return undefined;
  const read = await repository.readText(path);
  if (read.kind !== "text") return undefined;
  const { text } = read;
  const format = ending.toLowerCase() === "mdx" ? "mdx" : "md";
  let slugs: ReadonlySet<string> | undefined;
  let parsed: { readonly page: ParsedPage | undefined } | undefined;
  return {
    hasHeading: (slug) => (slugs ??= scanHeadingSlugs(text)).has(slug),
    parse: () => (parsed ??= { page: parsePage({ path, id: path, format, text }) }).page,
  };
}

function parsePage(source: SourceFile): ParsedPage | undefined {
  const { value } = parseDocument(source);
  if (value === undefined) return undefined;
  return {
    anchors: readAnchors(value),
    links: value.links,
    lines: createLineIndex(source.text),
  };
}
