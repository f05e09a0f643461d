import { tidyWords, type SearchAnchor, type SearchFragment } from "./search-index.ts";

/** A stretch of text; `isMatch` where it is what was searched for. */
export interface ExcerptPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** What to show of one page that was found. */
export interface PageMatch {
  readonly title: string;
  readonly path: string;
  /** The page's beginning, where the words stand there or in the title alone. */
  readonly excerpt: readonly ExcerptPiece[];
  /** The steps and sections that hold the words, in the page's order. */
  readonly sections: readonly SectionMatch[];
}

/** A step or section of a page that holds the words. */
export interface SectionMatch {
  readonly title: string;
  readonly anchor: string;
  readonly isStep: boolean;
  readonly excerpt: readonly ExcerptPiece[];
}

const mostSections = 3;
const excerptWordCount = 22;
const wordsBeforeMatch = 5;
const titleWordCount = 8;

interface Section {
  readonly title: string;
  readonly anchor?: string | undefined;
  readonly from: number;
  to: number;
  readonly matches: number[];
  score: number;
}

/**
 * Says where on a page the words that were asked for stand: in which steps and sections, with the
 * text around them. Where one of those has all the words, the others are left out.
 *
 * No I/O.
 */
export function findMatches(fragment: SearchFragment, asked: string): PageMatch {
  // Pagefind counts words so.
  const words = fragment.content.split(/[^\S\uFEFF]+/);
  const [lead, ...sections] = divide(fragment, words);
  for (const { location, balanced_score } of fragment.weighted_locations) {
    const section = sections.findLast(({ from }) => location >= from) ?? lead;
    section.matches.push(location);
    section.score += balanced_score;
  }
  const matched = mergeTwins(sections).filter(({ matches }) => matches.length > 0);
  const terms = tidyWords(asked)
    .toLowerCase()
    .split(/[\s"]+/)
    .filter((term) => term !== "");
  const coverageOf = ({ matches }: Section): number => {
    const held = matches.map((at) => words[at]?.toLowerCase() ?? "");
    return terms.filter((term) => held.some((word) => word.includes(term))).length;
  };
  const coverage = Math.max(...matched.map(coverageOf));
  const best = matched
    .filter((section) => coverageOf(section) === coverage)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, mostSections)
    .toSorted((one, other) => one.from - other.from);
  return {
    title: lead.title,
    path: fragment.raw_url,
    excerpt: lead.matches.length > 0 || best.length === 0 ? excerptOf(lead, words) : [],
    sections: best.map((section) => ({
      title: section.title,
      anchor: section.anchor ?? "",
      isStep: isStepAnchor(section.anchor),
      excerpt: excerptOf(section, words),
    })),
  };
}

function isStepAnchor(id: string | undefined): boolean {
  return id?.startsWith("step-") === true;
}

/** The page's beginning, then each of its sections and steps. */
function divide(
  { meta, anchors }: SearchFragment,
  words: readonly string[],
): readonly [Section, ...Section[]] {
  const places = anchors
    .filter(({ element, id }) => /^h[2-6]$/.test(element) || isStepAnchor(id))
    .toSorted((one, other) => one.location - other.location);
  const titles = new Map(anchors.map(({ id, text }) => [id, text]));
  const titleOf = ({ id, text, location }: SearchAnchor): string =>
    (isStepAnchor(id) ? titles.get(`title:${id.slice("step-".length)}`) : undefined) ||
    text ||
    words.slice(location, location + titleWordCount).join(" ");
  const sections = places.map((place, at): Section => ({
    title: titleOf(place),
    anchor: place.id,
    from: place.location,
    to: places[at + 1]?.location ?? words.length,
    matches: [],
    score: 0,
  }));
  const title = meta["title"] ?? words.slice(0, titleWordCount).join(" ");
  const lead = { title, from: 0, to: places[0]?.location ?? words.length, matches: [], score: 0 };
  return [lead, ...sections];
}

/** A section and the step that opens it often have one title: then the step is the place to go. */
function mergeTwins(sections: readonly Section[]): readonly Section[] {
  const merged: Section[] = [];
  for (const section of sections) {
    const before = merged.at(-1);
    const isTwin = before?.title === section.title && !isStepAnchor(before.anchor);
    if (isTwin && isStepAnchor(section.anchor)) {
      merged.splice(-1, 1, {
        ...section,
        from: before.from,
        matches: [...before.matches, ...section.matches],
        score: before.score + section.score,
      });
    } else merged.push(section);
  }
  return merged;
}

function excerptOf(section: Section, words: readonly string[]): readonly ExcerptPiece[] {
  const { from, to } = withoutTitle(section, words);
  const first = section.matches.find((location) => location >= from);
  const latest = Math.max(from, to - excerptWordCount);
  const start = Math.min(latest, Math.max(from, (first ?? from) - wordsBeforeMatch));
  const end = Math.min(to, start + excerptWordCount);
  const matches = new Set(section.matches);
  const pieces: ExcerptPiece[] = [];
  for (let at = start; at < end; at++) {
    const space = at + 1 < end ? " " : "";
    if (matches.has(at)) {
      pieces.push({ text: words[at] ?? "", isMatch: true }, { text: space, isMatch: false });
    } else pieces.push({ text: `${words[at] ?? ""}${space}`, isMatch: false });
  }
  if (start > from) pieces.unshift({ text: "… ", isMatch: false });
  if (end < to) pieces.push({ text: " …", isMatch: false });
  return joinPieces(pieces);
}

/** The title stands above the excerpt; in it, it would stand twice. */
function withoutTitle(
  { title, from, to }: Section,
  words: readonly string[],
): { readonly from: number; readonly to: number } {
  let start = from;
  for (let more = true; more;) {
    const titleWords = title.split(/\s+/);
    const isHere = titleWords.every((word, at) => {
      const here = words[start + at];
      // Pagefind ends a heading with a full stop.
      return here === word || here === `${word}.`;
    });
    more = isHere && start + titleWords.length <= to;
    if (more) start += titleWords.length;
  }
  return { from: start, to };
}

function joinPieces(pieces: readonly ExcerptPiece[]): readonly ExcerptPiece[] {
  const joined: ExcerptPiece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (before?.isMatch === piece.isMatch) {
      joined.splice(-1, 1, { text: before.text + piece.text, isMatch: piece.isMatch });
    } else if (piece.text !== "") joined.push(piece);
  }
  return joined;
}
