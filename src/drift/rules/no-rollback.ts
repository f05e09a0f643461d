import type { CommandStep, Procedure, Runbook } from "../../model/runbook.ts";
import { listProcedures } from "../procedure-steps.ts";
import { speaksOfGoingBack } from "../procedure-words.ts";
import { defineDocumentRule } from "../rule.ts";
import { findLosses } from "../step-effects.ts";

/** A runbook that deploys or destroys, and does not say how to go back. */
export const noRollback = defineDocumentRule<{ step: string; procedure: string | undefined }>({
  code: "safety/no-rollback",
  severity: "warning",
  title: "No way to roll back",
  what: "An active `.mdx` runbook deploys, migrates or destroys something, and nowhere says how to go back: no procedure has an `onFailure`, and no procedure, section, step or link is about a rollback, a revert, an undo, a restore or a recovery.",
  why: "The moment in which a release turns out to be broken is the worst one to find out how to take it back.",
  remedy:
    "Write down how to go back, as a procedure of its own, and name it in `onFailure`. Where there is no way back, say so under a heading of that name.",
  example: {
    language: "mdx",
    wrong:
      '---\ntitle: Deploy\nstatus: active\nowner: Platform team\n---\n\n```bash title="Deploy"\nhelm upgrade app ./chart\n```',
    right:
      '---\ntitle: Deploy\nstatus: active\nowner: Platform team\n---\n\n```bash title="Deploy"\nhelm upgrade app ./chart\n```\n\n## Rollback\n\n```bash title="Roll back" norun\nhelm rollback app\n```',
  },
  check({ runbook, parsed, isStrict }, report) {
    if (!isStrict || runbook.frontMatter.status !== "active") return;
    if (saysHowToGoBack(runbook)) return;
    if (parsed.links.some(({ text, target }) => speaksOfGoingBack(`${text} ${target}`))) return;
    for (const { procedure, steps } of listProcedures(runbook)) {
      const step = steps.find(
        (one) => one.kind === "command" && needsWayBack(one, procedure, runbook),
      );
      if (step?.kind !== "command") continue;
      const span = parsed.frontMatter?.spans.get(`procedures.${procedure.name}`);
      report(
        { step: step.id, procedure: span === undefined ? undefined : procedure.name },
        span ?? step.codeSpan,
      );
      return;
    }
  },
  message: ({ step, procedure }) =>
    `${procedure === undefined ? "The runbook" : `The procedure \`${procedure}\``} changes production by \`${step}\`, and the runbook does not say how to go back.`,
  hint: () => "Add a procedure `rollback`, and `onFailure: rollback` to the one that can fail.",
});

const deploying = /deploy|releas|roll[- _]?out|upgrad|migrat|promot|publish/i;
const deployments = new Set(
  `git-push railway-change heroku-change fly-change helm-change kubectl-change compose-change
  terraform-change pulumi-change gitops-change alembic flask-db rails-db django-change ansible
  publish`.split(/\s+/),
);

function saysHowToGoBack({ id, title, procedures, sections, steps }: Runbook): boolean {
  return (
    speaksOfGoingBack(`${id} ${title}`) ||
    procedures.some(
      (one) => one.onFailure !== undefined || speaksOfGoingBack(`${one.name} ${one.title}`),
    ) ||
    sections.some((section) => speaksOfGoingBack(section.title)) ||
    steps.some((step) => speaksOfGoingBack(`${step.id} ${step.title}`))
  );
}

function needsWayBack(step: CommandStep, procedure: Procedure, runbook: Runbook): boolean {
  if (findLosses(step).length > 0) return true;
  const isDeployment = step.risk.reasons.some(({ rule }) => deployments.has(rule));
  const names = [runbook.id, runbook.title, procedure.name, procedure.title, step.id, step.title];
  return isDeployment && deploying.test(names.join(" "));
}
