import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  generatedFolders,
  renderDocumentationPages,
} from "../src/report/documentation/documentation-pages.ts";
import { commandLinePage, renderCommandLinePage } from "./render-command-line-page.ts";

const root = path.resolve(import.meta.dirname, "..");
const pages = new Map([
  ...renderDocumentationPages(),
  [commandLinePage, await renderCommandLinePage()],
]);

for (const [name, text] of pages) {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

// A rule that was renamed leaves no page behind.
for (const folder of generatedFolders) {
  for (const entry of await readdir(path.join(root, folder), { recursive: true })) {
    const name = path.posix.join(folder, entry.split(path.sep).join("/"));
    if (name.endsWith(".md") && !pages.has(name)) await rm(path.join(root, name));
  }
}
process.stdout.write(`Wrote ${pages.size} pages.\n`);
