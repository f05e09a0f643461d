import type { Runbook } from "../../model/runbook.ts";
import type { Span } from "../../model/source.ts";
import { createLineIndex } from "../../parse/line-index.ts";
import { scriptTieClaims } from "../claims/script-tie-claims.ts";
import { folderOf } from "../file-tree.ts";
import { tiedScriptFacts, type TiedScriptFacts } from "../facts/tied-script-facts.ts";
import { readRegions } from "../read-regions.ts";
import { defineProjectRule, type DriftProject } from "../rule.ts";

/** A script, or a region of a tied one, that no runbook names. */
export const orphanScript = defineProjectRule<{
  script: string;
  region: string | undefined;
}>({
  code: "scripts/orphan",
  severity: "info",
  title: "A script that no runbook names",
  what: "A script lies beside scripts that runbooks are tied to, or has region markers of its own, and no runbook names it: neither by `script=` nor in a command. Or one region of a tied script is named by none. Only the folder of scripts is looked at, and in it only what begins with `#!` and not with `_` or `.`; a project that ties no script has no orphans.",
  why: "What nobody reads about, nobody keeps right: it is the script that is found at 3 a.m. and does what was true two years ago.",
  remedy:
    "Describe the script in a runbook and tie the block to it, or remove it. A script that other scripts call and nobody runs by hand can begin with `_`.",
  example: {
    language: "bash",
    wrong:
      "#!/usr/bin/env bash\n# scripts/ops/restart.sh, which no runbook names\nsystemctl restart api",
    right:
      "#!/usr/bin/env bash\n# opswright:begin restart\nsystemctl restart api\n# opswright:end restart",
  },
  message: ({ script, region }) =>
    region === undefined
      ? `No runbook names the script \`${script}\`.`
      : `No runbook is tied to the region \`${region}\` of \`${script}\`.`,
  hint: ({ script, region }) =>
    region === undefined
      ? `Tie a block to it with \`script=${script}\`, or remove it.`
      : `Tie a block to it with \`script=${script}#${region}\`, or remove its markers.`,
  async check(project, report) {
    if (!isWholeProject(project)) return;
    const ties = project.claimsOf(scriptTieClaims).map(({ value }) => value.place);
    if (ties.length === 0) return;
    const scripts = await project.factsOf(tiedScriptFacts);
    const tiedPaths = new Set(ties.map(({ path }) => path));
    const candidates = await readCandidates(scripts, project.folders.scripts, tiedPaths);
    const words = [...project.runbooks.values()].flatMap(commandTexts);
    for (const { path, text } of candidates) {
      if (tiedPaths.has(path)) {
        const own = ties.filter((tie) => tie.path === path);
        if (own.some(({ region }) => region === undefined)) continue;
        const regions = new Set(own.map(({ region }) => region));
        for (const { name, beginLine } of readRegions(text).regions.values()) {
          if (regions.has(name)) continue;
          report({ script: path, region: name }, { path, span: spanOfLine(text, beginLine) });
        }
        continue;
      }
      const others = candidates.filter((one) => one.path !== path).map((one) => one.text);
      if (isNamed(path, [...words, ...others])) continue;
      report({ script: path, region: undefined }, { path, span: spanOfLine(text, 1) });
    }
  },
});

/** What was left out of a narrowed check may name a script. */
function isWholeProject({ documents, runbooks }: DriftProject): boolean {
  const asked = new Set(documents.map(({ path }) => path));
  return [...runbooks.values()].every(({ path }) => asked.has(path));
}

interface Candidate {
  readonly path: string;
  readonly text: string;
}

/** More files than that are no folder of scripts. */
const mostScripts = 2000;

/** Scripts with regions of their own, and those in a folder from which one is tied. */
async function readCandidates(
  { files, readScript }: TiedScriptFacts,
  folder: string,
  tied: ReadonlySet<string>,
): Promise<readonly Candidate[]> {
  const tiedFolders = new Set([...tied].map(folderOf));
  const below = files.filter((file) => {
    const rest = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined;
    return rest !== undefined && !/(?:^|\/)(?:[_.]|node_modules\/)/u.test(rest);
  });
  const found: Candidate[] = [];
  for (const path of below.slice(0, mostScripts)) {
    const read = await readScript(path);
    if (read.kind !== "text") continue;
    const isCandidate =
      tied.has(path) ||
      (read.text.startsWith("#!") &&
        (tiedFolders.has(folderOf(path)) || readRegions(read.text).regions.size > 0));
    if (isCandidate) found.push({ path, text: read.text });
  }
  return found;
}

function commandTexts(runbook: Runbook): readonly string[] {
  return runbook.steps.flatMap((step) => {
    if (step.kind === "command") return [step.script];
    return step.kind === "manual" ? [step.text] : [];
  });
}

/** By its path or by its bare name: where a command starts is not worth a false alarm here. */
function isNamed(path: string, texts: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const escaped = name.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  const isWord = new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, "u");
  return texts.some((text) => text.includes(name) && isWord.test(text));
}

function spanOfLine(text: string, line: number): Span {
  const lines = createLineIndex(text);
  const start = lines.lineStart(line);
  return lines.spanOf(start, start + lines.lineText(line).length);
}
