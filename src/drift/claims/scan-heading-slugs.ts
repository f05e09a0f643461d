import { slug } from "github-slugger";

/** Markup that a slug does not show: such a heading is left to the parser. */
const markup = /[[\]<>&\\_*{}~:!]/;

/**
 * Finds the slugs of a document's plain headings without parsing it: most links lead to such ones,
 * and parsing every linked document anew would take as long as reading it the first time.
 *
 * Headings of `#` alone, outside of fences, without markup but back-ticks; of headings with one name,
 * the first. No I/O.
 */
export function scanHeadingSlugs(text: string): ReadonlySet<string> {
  const slugs = new Set<string>();
  let fence = "";
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, marks] = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/.exec(line) ?? [];
    if (marks !== undefined) {
      const closes = marks[0] === fence[0] && marks.length >= fence.length;
      if (fence === "") fence = marks;
      else if (closes) fence = "";
    }
    if (fence !== "") continue;
    const [, title] = /^#{1,6}[ \t]+(\S.*)$/.exec(line) ?? [];
    if (title === undefined || title.length > 300 || markup.test(title)) continue;
    slugs.add(
      slug(
        title
          .replace(/[ \t]+#+[ \t]*$/, "")
          .replaceAll("`", "")
          .trim(),
      ),
    );
  }
  return slugs;
}
