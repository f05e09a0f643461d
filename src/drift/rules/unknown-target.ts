import { collectInputs } from "../../plan/bind-inputs.ts";
import { resolveTarget } from "../../plan/resolve-target.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Runbook } from "../../model/runbook.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { runbookTargetClaims, type RunbookTargetClaim } from "../claims/runbook-target-claims.ts";
import { fileTreeFacts } from "../facts/file-tree-facts.ts";
import type { FileTree } from "../file-tree.ts";
import { agreed, defineProjectRule, differed, unjudged, type Verdict } from "../rule.ts";

interface TargetArgs extends Record<string, unknown> {
  readonly target: string;
  /** The input that the runbook has not; absent where the target itself is not known. */
  readonly input: string | undefined;
  readonly nearest: readonly string[];
}

/** A call of Opswright names a runbook, a part of one, or an input that is not there. */
export const unknownTarget = defineProjectRule<TargetArgs>({
  code: "runbooks/unknown-target",
  severity: "error",
  title: "A target or input that no runbook has",
  what: "A call of `opswright run`, `plan`, `show` or `drill` in a document names a runbook, procedure, section or step that is not there, or gives an input that neither that runbook nor one that it includes declares.",
  why: "The call is refused before anything runs, in an incident of all times: usually the other runbook was renamed.",
  remedy: "Write the target as `opswright list` and `opswright show RUNBOOK` name it.",
  example: {
    language: "md",
    wrong: "To go back: `opswright run deploy:rolback`",
    right: "To go back: `opswright run deploy:rollback`",
  },
  async check(project, report) {
    const { root } = await project.factsOf(fileTreeFacts);
    const runbooks = new Map(
      [...project.runbooks].map(([id, value]) => [id, { value, diagnostics: [] }]),
    );
    const { folders } = project;
    // Where others alone were asked for, what runbooks there are is not known.
    const isRead = [...project.runbooks.values()].some(({ path }) =>
      path.startsWith(`${folders.runbooks}/`),
    );
    for (const claim of project.claimsOf(runbookTargetClaims)) {
      const verdict = isRead
        ? judgeTarget(claim.value, runbooks, root)
        : unjudged("no runbook of the project was read");
      project.settle(claim, verdict);
      if (verdict.kind === "differed") report(verdict.args, claim, verdict);
    }
  },
  message: ({ target, input }) =>
    input === undefined
      ? `There is no \`${target}\`.`
      : `Neither \`${target}\` nor what it includes has an input \`${input}\`.`,
  hint: ({ nearest }) =>
    nearest.length === 0
      ? "`opswright list` shows every runbook, `opswright show RUNBOOK` its parts and inputs."
      : `Did you mean ${nearest.map((one) => `\`${one}\``).join(" or ")}?`,
});

function judgeTarget(
  { target, input }: RunbookTargetClaim,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
  tree: FileTree,
): Verdict<TargetArgs> {
  const { value: resolved, diagnostics } = resolveTarget(target, runbooks);
  if (resolved === undefined) {
    const [id = ""] = target.split(/[:#]/, 1);
    const isKnown = runbooks.has(id);
    if (!isKnown && isInTree(id, tree)) return unjudged("the runbook that it names was not read");
    // The target itself is told once.
    if (input !== undefined) return unjudged("the runbook that it names is not there");
    const nearest = diagnostics.flatMap((problem) =>
      problem.code === "unknown-target" ? (problem.args.nearest ?? []) : [],
    );
    const path = runbooks.get(id)?.value?.path;
    const related = path === undefined ? [] : [{ path, text: "this is the runbook" }];
    return differed({ target, input, nearest: nearest.slice(0, 2) }, { related });
  }
  if (input === undefined) return agreed;
  const inputs = collectInputs(resolved.runbook, runbooks);
  if (inputs.has(input)) return agreed;
  const near = findNearest(input, inputs.keys());
  return differed(
    { target, input, nearest: near === undefined ? [] : [near] },
    { related: [{ path: resolved.runbook.path, text: "this is the runbook" }] },
  );
}

/** A document that does not compile, or was not asked for, is no runbook that is known. */
function isInTree(id: string, tree: FileTree): boolean {
  const names = [id, `${id}.md`, `${id}.mdx`];
  return tree.files.some((file) =>
    names.some((name) => file === name || file.endsWith(`/${name}`)),
  );
}
