import type { Root } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { DocumentFormat } from "../model/source.ts";
import { remarkQuickGfm } from "./remark-quick-gfm.ts";

const markdown = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkQuickGfm)
  .use(remarkFrontmatter, ["yaml"])
  .freeze();
const mdx = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkGfm)
  .use(remarkQuickGfm)
  .use(remarkFrontmatter, ["yaml"])
  .freeze();

/**
 * Parses a text into its Markdown syntax tree: the one remark setup, which site and CLI share.
 *
 * `md` is CommonMark with GFM, `mdx` is MDX with GFM; both know YAML front matter. Nothing of the
 * document is evaluated. Throws a `VFileMessage` with its place where MDX does not parse; never
 * throws for `md`. No I/O.
 */
export function parseMarkdown(text: string, format: DocumentFormat): Root {
  return (format === "mdx" ? mdx : markdown).parse(text);
}
