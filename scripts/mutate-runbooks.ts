/**
 * Makes one word of a runbook wrong at a time, and counts how many of these mutants the check finds.
 *
 *     npm run mutate                     # every mutant of runbooks/*.mdx
 *     npm run mutate -- --most 120       # an even sample of so many
 *     npm run mutate -- --at-least 90    # fails below so many per cent
 *
 * A mutant is found where the check tells an error or a warning that it does not tell of the runbook
 * as it is. It is done in a copy of the repository; installed tools are asked for their options.
 */
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { Problem } from "../src/model/problem.ts";
import { checkProject, openRepository, type CheckSettings } from "../src/node/check-project.ts";
import { findDocuments } from "../src/node/find-documents.ts";
import { loadShellReader } from "../src/node/load-shell-reader.ts";
import { readProject, type Project } from "../src/node/read-project.ts";
import { listMutants, type Mutant } from "./mutation/list-mutants.ts";

const { values: options } = parseArgs({
  options: {
    most: { type: "string", default: "100000" },
    "at-least": { type: "string", default: "0" },
  },
});

/** What one mutant gave: the codes of what was found, if anything. */
interface Verdict {
  readonly mutant: Mutant;
  readonly codes: readonly string[];
}

const root = path.resolve(import.meta.dirname, "..");
const place = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-mutants-")));
try {
  for (const name of [
    "runbooks",
    "scripts",
    "opswright.config.json",
    "package.json",
    "README.md",
  ]) {
    await cp(path.join(root, name), path.join(place, name), { recursive: true });
  }
  const verdicts = await judgeMutants(await readProject({ root: place }));
  printVerdicts(verdicts);
  const found = verdicts.filter(({ codes }) => codes.length > 0).length;
  const percent = (100 * found) / Math.max(1, verdicts.length);
  if (verdicts.length === 0 || percent < Number(options["at-least"])) process.exitCode = 1;
} finally {
  await rm(place, { recursive: true, force: true });
}

async function judgeMutants(project: Project): Promise<readonly Verdict[]> {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const observers = new Set(["help"] as const);
  const settings: CheckSettings = {
    paths: [],
    observers,
    today: new Date().toISOString().slice(0, 10),
    environment,
    repository: openRepository(project, { observers, environment }),
  };
  const known = tellProblems((await checkProject(project, settings)).problems);
  const verdicts: Verdict[] = [];
  for (const mutant of sample(await collectMutants(project), Number(options.most))) {
    const file = path.join(project.root, mutant.path);
    const original = await readFile(file, "utf8");
    await writeFile(file, mutant.text);
    const { problems } = await checkProject(project, settings);
    await writeFile(file, original);
    const told = [...tellProblems(problems)].filter(([key]) => !known.has(key));
    verdicts.push({ mutant, codes: [...new Set(told.map(([, code]) => code))] });
  }
  return verdicts;
}

async function collectMutants(project: Project): Promise<readonly Mutant[]> {
  const readShell = await loadShellReader();
  const folder = path.join(project.root, project.configuration.runbooks);
  const mutants: Mutant[] = [];
  for (const document of await findDocuments(project.root, folder, folder)) {
    if (!document.path.endsWith(".mdx")) continue;
    mutants.push(...listMutants(document.path, await readFile(document.file, "utf8"), readShell));
  }
  return mutants;
}

/** What is told that counts, by a key that does not depend on lines. */
function tellProblems(problems: readonly Problem[]): ReadonlyMap<string, string> {
  return new Map(
    problems
      // That a text is not the one that was verified says nothing about whether it is wrong.
      .filter(({ code, severity }) => severity !== "info" && !code.startsWith("freshness/"))
      .map((problem) => {
        const words = "words" in problem ? problem.words.message : JSON.stringify(problem.args);
        return [`${problem.code} ${problem.path} ${words}`, problem.code] as const;
      }),
  );
}

/** Every mutant, or an even choice of so many. */
function sample(mutants: readonly Mutant[], most: number): readonly Mutant[] {
  if (mutants.length <= most) return mutants;
  return Array.from(
    { length: most },
    (_, index) => mutants[Math.floor((index * mutants.length) / most)],
  ).filter((mutant) => mutant !== undefined);
}

function printVerdicts(verdicts: readonly Verdict[]): void {
  const ties = "scripts/out-of-sync";
  const kinds = Map.groupBy(verdicts, ({ mutant }) => mutant.kind);
  const row = (name: string, all: readonly Verdict[]): string => {
    const found = all.filter(({ codes }) => codes.length > 0).length;
    const untied = all.filter(({ codes }) => codes.some((code) => code !== ties)).length;
    const cells = [all.length, found, untied].map((count) => String(count).padStart(8));
    return `  ${name.padEnd(18)}${cells.join("")}${`${((100 * found) / all.length).toFixed(1)} %`.padStart(9)}`;
  };
  for (const { mutant, codes } of verdicts) {
    if (codes.length > 0) continue;
    console.log(
      `missed  ${mutant.path}:${mutant.line}  ${mutant.kind}  ${mutant.original} → ${mutant.mutated}`,
    );
  }
  console.log(`\n  ${"kind".padEnd(18)} mutants   found  untied`);
  for (const [kind, all] of [...kinds].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    console.log(row(kind, all));
  }
  if (verdicts.length > 0) console.log(row("all", verdicts));
  console.log(
    "\n`untied` are those found by something other than a script that the block is tied to.",
  );
}
