import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

const page = await readFile(path.join(root, "docs/running.md"), "utf8");
const rows = page.split("\n").flatMap((line) => {
  const [, promise = "", file = "", name = ""] =
    /^\| \*\*(R\d+)\*\* .*\| `(test\/[\w./-]+)`\s+"(.+)"\s*\|$/u.exec(line) ?? [];
  return promise === "" ? [] : [{ promise, file, name }];
});

const faults = page
  .split("\n## ")
  .filter((section) => section.startsWith("What may go wrong\n"))
  .flatMap((section) =>
    section
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .slice(2),
  )
  .map((line) => {
    const [, fault = line, file = "", name = ""] =
      /^\| (.+?) +\| .*\| `(test\/[\w./-]+)`\s+"(.+)"\s*\|$/u.exec(line) ?? [];
    return { fault, file, name };
  });

test("the page of promises states all twelve", () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `R${index + 1}`);
  expect(rows.map(({ promise }) => promise)).toEqual(numbers);
});

test.each(rows)("$promise has the test that the page names", async ({ file, name }) => {
  const text = await readFile(path.join(root, file), "utf8");
  expect(text).toContain(`("${name}"`);
});

test("the page tells what may go wrong", () => {
  expect(faults.length).toBeGreaterThan(10);
});

test.each(faults)("the test that the page names is there: $fault", async ({ file, name }) => {
  expect(await readFile(path.join(root, file), "utf8")).toContain(`"${name}"`);
});
