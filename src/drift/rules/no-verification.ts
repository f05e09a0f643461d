import type { CommandStep } from "../../model/runbook.ts";
import { looksAtSomething } from "../looking-commands.ts";
import { listProcedures, wordsOfStep, type ProcedureStep } from "../procedure-steps.ts";
import { defineDocumentRule } from "../rule.ts";
import { findSystemChanges } from "../step-effects.ts";

/** A procedure that ends with a change, and nobody looks whether it worked. */
export const noVerification = defineDocumentRule<{ procedure: string | undefined; step: string }>({
  code: "safety/no-verification",
  severity: "warning",
  title: "No verification after a change",
  what: "A procedure of a strict runbook (`.mdx`) changes something that others use, and nothing looks at it afterwards: no `check`, no expected output, nothing for a person to do, no include, no command that asks how things are. What a procedure does to files beside it, to the local repository, and to the tools and the set-up of its operator's machine is not meant.",
  why: "A command that ends with 0 was accepted, no more. Whether the service works after it is found out by whoever uses it next.",
  remedy:
    "End the procedure with a `check` that fails where the change did not take, or with a manual step that says where to look.",
  example: {
    language: "mdx",
    wrong: '```bash title="Restart"\nsystemctl restart app\n```',
    right:
      '```bash title="Restart"\nsystemctl restart app\n```\n\n```bash check title="It answers"\ncurl --fail --silent http://localhost:8080/health\n```',
  },
  check({ runbook, parsed, isStrict }, report) {
    if (!isStrict) return;
    for (const { procedure, steps: order } of listProcedures(runbook)) {
      const at = order.findLastIndex(
        (step) => step.kind === "command" && findSystemChanges(step).length > 0,
      );
      const last = order[at];
      if (last?.kind !== "command" || verifiesItself(last)) continue;
      if (order.slice(at + 1).some(verifies)) continue;
      const key = `procedures.${procedure.name}`;
      const span = parsed.frontMatter?.spans.get(key);
      report(
        { procedure: span === undefined ? undefined : procedure.name, step: last.id },
        span ?? last.codeSpan,
      );
    }
  },
  message: ({ procedure, step }) =>
    `${procedure === undefined ? "The runbook" : `The procedure \`${procedure}\``} changes something, last by \`${step}\`, and does not look whether it worked.`,
  hint: () => "Add a `check` behind it, or a `<Manual>` step that says where to look.",
});

/** Words of commands and titles that look at something: `rollout status`, `curl … /health`. */
const looking =
  /\bcheck|\bverif|\bhealth|\bready|\bstatus\b|\bwait\b|\buntil\b|\btest\b|\bgrep\b|\[ |\bconfirm that\b|--fail\b|\bsmoke|\bdescribe\b|\bkubectl get\b|\bps\b/i;

function verifies(step: ProcedureStep): boolean {
  if (step.kind !== "command") return true;
  return isAssertion(step) || looking.test(wordsOfStep(step)) || looksAtSomething(step, 0);
}

function isAssertion({ attributes, expectation }: CommandStep): boolean {
  return attributes.check === true || expectation !== undefined;
}

/** What stands behind the change counts: in front of it, one looks whether it is needed. */
function verifiesItself(step: CommandStep): boolean {
  const end = Math.max(0, ...findSystemChanges(step).map(({ range }) => range.end));
  return isAssertion(step) || looking.test(step.script.slice(end)) || looksAtSomething(step, end);
}
