import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { commandLinePage, renderCommandLinePage } from "../../scripts/render-command-line-page.ts";
import { commandTable } from "../../src/cli/command-table.ts";

const root = path.resolve(import.meta.dirname, "../..");

test("the page of the command line is what its help says", async () => {
  const page = await readFile(path.join(root, commandLinePage), "utf8");
  expect(page, "run `npm run docs`").toBe(await renderCommandLinePage());
});

test("the page of the command line tells every command and hides the hidden ones", async () => {
  const page = await renderCommandLinePage();
  for (const { name, summary, isHidden = false } of commandTable) {
    expect(page.includes(`\n## opswright ${name}\n\n${summary}.`), name).toBe(!isHidden);
  }
  expect(page).toContain("| `--allow");
});
