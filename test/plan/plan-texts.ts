import type { Checked, Diagnostic } from "../../src/model/diagnostic.ts";
import { linkRunbooks } from "../../src/compile/link-runbooks.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Runbook } from "../../src/model/runbook.ts";
import type { TargetDefinitions } from "../../src/model/target.ts";
import { planTarget } from "../../src/plan/plan-target.ts";
import type { StepSelection } from "../../src/plan/select-steps.ts";
import { compileText } from "../compile/compile-text.ts";

/** Texts by id; one that begins with front matter is `.mdx`, any other `.md`. */
export type Texts = Readonly<Record<string, string>>;

/** What is asked for beside the target. */
export interface Asked {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly selection?: Partial<StepSelection>;
  readonly targets?: TargetDefinitions;
}

/** Compiles and links texts as a project's, and plans a target of them. */
export function planTexts(texts: Texts, target: string, asked: Asked = {}): Checked<Plan> {
  const { inputs = {}, selection = {}, targets } = asked;
  return planTarget({
    target,
    runbooks: compileTexts(texts),
    inputs: new Map(Object.entries(inputs)),
    selection: { only: [], skip: [], ...selection },
    targets,
  });
}

/** Compiles and links texts as a project's, by id. */
export function compileTexts(texts: Texts): ReadonlyMap<string, Checked<Runbook>> {
  const runbooks = new Map<string, Checked<Runbook>>();
  for (const [id, text] of Object.entries(texts)) {
    runbooks.set(id, compileText(text, text.startsWith("---") ? "mdx" : "md", id));
  }
  const linked = new Map<string, Runbook>();
  for (const [id, { value }] of runbooks) if (value !== undefined) linked.set(id, value);
  for (const diagnostic of linkRunbooks(linked)) addDiagnostic(diagnostic, runbooks);
  return runbooks;
}

function addDiagnostic(diagnostic: Diagnostic, runbooks: Map<string, Checked<Runbook>>): void {
  for (const [id, checked] of runbooks) {
    if (checked.value?.path !== diagnostic.path) continue;
    runbooks.set(id, { ...checked, diagnostics: [...checked.diagnostics, diagnostic] });
  }
}

/** Ids of a plan's steps, joined by blanks. */
export function idsOf(plan: Checked<Plan>): string | undefined {
  return plan.value?.steps.map(({ id }) => id).join(" ");
}

/** Codes with the names that they are about: `missing-input COMMIT`. */
export function codesOf({ diagnostics }: Checked<unknown>): readonly string[] {
  return diagnostics.map(({ code, args }) => {
    const name = "name" in args ? args.name : "text" in args ? args.text : undefined;
    return name === undefined ? code : `${code} ${name}`;
  });
}
