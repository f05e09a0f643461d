import { locateInCode } from "../../compile/locate-in-code.ts";
import type { CommandStep } from "../../model/runbook.ts";
import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { nameCommand } from "../name-command.ts";
import { isPassingOn, isPrinting } from "../printing-commands.ts";
import { defineDocumentRule } from "../rule.ts";

/** A check that passes whatever it finds. */
export const checkCannotFail = defineDocumentRule<{ what: string }>({
  code: "checks/cannot-fail",
  severity: "warning",
  title: "A check that cannot fail",
  what: "A step marked `check` has no expected output, and all that it does is print: `git status`, `docker ps`, `kubectl get pods`, `curl` without `--fail`, or anything before `|| true`. Such commands exit with 0 whatever they find. A check whose exit code decides (`test`, `grep --quiet`, `curl --fail`) needs no expected output.",
  why: "The run counts the check as passed, and the page shows it as passed, when the service is down.",
  remedy:
    "Add the output that it must have in an `output` fence, or let an exit code decide: `curl --fail`, `… | grep --quiet ready`, `test`. Where a person is to look, make it a `<Manual>` step.",
  example: {
    language: "mdx",
    wrong: '```bash check title="It is up"\ncurl --silent "$APP_URL/health"\n```',
    right: '```bash check title="It is up"\ncurl --fail --silent "$APP_URL/health"\n```',
  },
  check({ runbook, lines }, report) {
    for (const step of runbook.steps) {
      if (step.kind !== "command" || !step.isRunnable || step.attributes.check !== true) continue;
      if (step.expectation !== undefined) continue;
      if (step.attributes.exit === "any") {
        report({ what: "exit=any" }, step.codeSpan);
        continue;
      }
      const range = findPrinting(step);
      if (range === undefined) continue;
      report(
        { what: nameCommand(step.script, range) },
        locateInCode(step.script, step.codeSpan.start.line, range.start, range.end, lines),
      );
    }
  },
  message: ({ what }) =>
    what === "exit=any"
      ? "The check passes with any exit code, and no output is expected of it."
      : `The check passes whatever \`${what}\` finds, and no output is expected of it.`,
  hint: () =>
    "Add an `output` fence, or let an exit code decide: `curl --fail`, `… | grep --quiet …`, `test`.",
});

/** Words after which another command decides than the last one printed. */
const deciding = /\[\[|\(\(|<<|(?:^|[\s;|&])(?:!|if|while|until|for|case|select|function)\s/m;

/** The first command that prints, where nothing in the script can say no. */
function findPrinting({ script, shell }: CommandStep): TextRange | undefined {
  if (shell === undefined || shell.syntaxErrors.length > 0 || deciding.test(script)) {
    return undefined;
  }
  const { commands } = shell;
  const isHarmless = (command: ShellCommand): boolean =>
    isPrinting(command) || isExcused(command, script);
  if (!commands.every(isHarmless)) return undefined;
  const found = commands.find((command) => !isPassingOn(command)) ?? commands[0];
  return found?.range;
}

/** Stands before an `|| true` that is the end of its line. */
function isExcused({ range, name }: ShellCommand, script: string): boolean {
  if (/^(?:exit|return|false)$/.test(name)) return false;
  const from = script.lastIndexOf("\n", range.start) + 1;
  const next = script.indexOf("\n", range.end);
  const line = script.slice(from, next < 0 ? undefined : next);
  if (/;|&&|\|\|.*\|\|/.test(line)) return false;
  return /\|\|\s*(?:true|:|(?:echo|printf)\b[^|&]*)\s*$/.test(line);
}
