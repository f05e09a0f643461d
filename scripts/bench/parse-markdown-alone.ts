/**
 * Reads every runbook below a folder and parses it with remark as it comes, and does nothing else:
 * what a check of the same files is measured against.
 *
 *     node scripts/bench/parse-markdown-alone.ts FOLDER
 */
import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";

const [folder = "."] = process.argv.slice(2);
const parser = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkGfm)
  .use(remarkFrontmatter, ["yaml"])
  .freeze();

let count = 0;
for await (const name of glob("**/*.mdx", { cwd: folder })) {
  parser.parse(await readFile(path.join(folder, name), "utf8"));
  count++;
}
console.log(count);
