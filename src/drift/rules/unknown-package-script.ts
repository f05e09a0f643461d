import { findNearest } from "../../parse/find-nearest.ts";
import { packageScriptClaims, type PackageScriptClaim } from "../claims/package-script-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import type { FactSource } from "../fact-source.ts";
import { joinPath } from "../file-tree.ts";
import {
  findPackage,
  packageFacts,
  type PackageFacts,
  type PackageFile,
} from "../facts/package-facts.ts";
import { agreed, defineClaimRule, differed, unjudged, type Verdict } from "../rule.ts";
import { isLikelyProgram } from "./is-likely-program.ts";
import { suggestName } from "./suggest-name.ts";

interface Args extends Readonly<Record<string, unknown>> {
  readonly script: string;
  readonly file: string;
  readonly nearest: string | undefined;
  readonly known: readonly string[];
}

/** A command runs a script that the package does not have. */
export const unknownPackageScript = defineClaimRule<
  PackageScriptClaim,
  { npm: FactSource<PackageFacts> },
  Args
>({
  code: "npm/unknown-script",
  severity: "error",
  title: "A script that the package does not have",
  what: "A command runs a script by npm, pnpm, yarn or bun, and the `package.json` that it would be taken from has no script of that name.",
  why: "The command stops with `Missing script`: usually the script was renamed, and the runbook was not.",
  remedy:
    "Write the script's name as `package.json` has it. Where another package is meant, say so: `npm --prefix FOLDER run …`, `cd FOLDER` in the same section, or the fence's `dir`. A word behind `yarn`, `bun` or `pnpm` alone can also be a program of a dependency, and is then not judged.",
  example: {
    language: "bash",
    wrong: "npm run migrat",
    right: "npm run migrate",
    file: { path: "package.json", text: '{ "scripts": { "migrate": "knex migrate:latest" } }\n' },
  },
  claims: packageScriptClaims,
  facts: { npm: packageFacts },
  judge({ value }, { npm }) {
    const { script, start, workspace } = value;
    const place = settlePlace(start, npm.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const folders = place.folders.filter((folder) => findPackage(npm, folder) !== undefined);
    const [folder] = place.folders;
    const own = findPackage(npm, folder);
    if (own === undefined) return unjudged("there is no `package.json` where it is started");
    if (workspace !== undefined) return judgeWorkspace(value, folder, own, npm);
    if (folders.some((one) => hasScript(findPackage(npm, one), script))) return agreed;
    // npm starts `server.js` where nothing else is said.
    if (
      value.manager === "npm" &&
      script === "start" &&
      npm.tree.hasFile(joinPath(own.folder, "server.js"))
    ) {
      return agreed;
    }
    if (npm.packages.some((one) => hasScript(one, script))) {
      return unjudged("the package of another folder has the script");
    }
    return judgeMissing(value, [own], npm);
  },
  message: ({ script, file }) => `\`${file}\` has no script \`${script}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});

function hasScript(one: PackageFile | undefined, script: string): boolean {
  return one?.scripts.some(({ name }) => name === script) === true;
}

function judgeWorkspace(
  value: PackageScriptClaim,
  folder: string,
  own: PackageFile,
  npm: PackageFacts,
): Verdict<Args> {
  const { script, workspace = "" } = value;
  if (workspace === "*") {
    if (npm.packages.some((one) => hasScript(one, script))) return agreed;
    return judgeMissing(value, [own], npm);
  }
  const path = joinPath(folder, workspace);
  const named = npm.packages.filter((one) => one.name === workspace || one.folder === path);
  if (named.length === 0) return unjudged("the workspace is not in the repository");
  return named.some((one) => hasScript(one, script)) ? agreed : judgeMissing(value, named, npm);
}

function judgeMissing(
  { script, canBeProgram }: PackageScriptClaim,
  packages: readonly PackageFile[],
  npm: PackageFacts,
): Verdict<Args> {
  const [own] = packages;
  const scripts = packages.flatMap((one) => one.scripts);
  const known = scripts.map(({ name }) => name);
  const dependencies = npm.packages.flatMap((one) => one.dependencies);
  if (canBeProgram && isLikelyProgram(script, known, dependencies)) {
    return unjudged("it can be a program of a dependency");
  }
  const file = own?.path ?? "package.json";
  const nearest = findNearest(script, known);
  const near = scripts.find(({ name }) => name === nearest);
  const related =
    near === undefined
      ? { path: file, text: "the package of the folder" }
      : { path: near.path, span: near.span, text: `the script \`${near.name}\` is here` };
  return differed({ script, file, nearest, known }, { related: [related] });
}
