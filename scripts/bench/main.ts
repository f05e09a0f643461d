/**
 * Prints the budgets of time and memory beside what was measured, as ratios, in one table.
 *
 *     npm run bench                      # the built command line
 *     npm run bench -- --sources         # the sources, as they are
 *     npm run bench -- --only check      # one budget: version, first-step, steps, test, output,
 *                                        # check or site
 *     npm run bench -- --short --no-fail # few turns; being over is told, not judged
 *
 * `test` is compared with clitest and txm where these are on PATH.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { BenchPlace } from "./bench-place.ts";
import { budgets, type Row } from "./budgets.ts";

const { values: options } = parseArgs({
  options: {
    sources: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    only: { type: "string" },
    "no-fail": { type: "boolean", default: false },
  },
});

const root = path.resolve(import.meta.dirname, "../..");
const main = path.join(root, options.sources ? "src/cli/main.ts" : "dist/cli/bin.js");
if (!existsSync(main)) {
  console.error(`${path.relative(root, main)} does not exist. Run: npm run build`);
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, measure] of budgets) {
  if (options.only !== undefined && options.only !== name) continue;
  // A place for each: a run reads every runbook of its project, those of other budgets too.
  await using place = await BenchPlace.open(main);
  rows.push(...(await measure(place, options.short ? 1 : 7)));
}

if (rows.length === 0) {
  console.error(`There is no budget ${options.only}. There is: ${[...budgets.keys()].join(", ")}`);
  process.exit(2);
}

const widths = {
  what: Math.max(...rows.map((row) => row.what.length)),
  measured: Math.max(...rows.map((row) => row.measured.length)),
  budget: Math.max(...rows.map(({ budget = "" }) => budget.length)),
};
console.log(`${path.relative(root, main)} on Node ${process.versions.node}, medians\n`);
for (const row of rows) {
  const cells = [
    row.what.padEnd(widths.what),
    row.measured.padEnd(widths.measured),
    (row.budget ?? "").padEnd(widths.budget),
    row.isWithin === undefined ? "" : row.isWithin ? "ok" : "over",
  ];
  console.log(`  ${cells.join("   ")}`.trimEnd());
}
if (rows.some((row) => row.isWithin === false) && !options["no-fail"]) process.exitCode = 1;
