import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { hasOverlap } from "../../shell/find-overlap.ts";
import { scanScript } from "../../shell/scan-script.ts";
import { placeScripts } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";

/** A fixed time to wait for something that may take longer. */
export const bareSleep = defineDocumentRule<{ seconds: number }>({
  code: "shell/bare-sleep",
  severity: "warning",
  title: "Waiting by the clock",
  what: "A command waits a fixed time of five seconds or more, outside of a loop.",
  why: "On a slow day the time is too short and the next command fails; on every other day it is lost. Nobody learns what was waited for.",
  remedy:
    "Ask for the state that is waited for: `until COMMAND; do sleep 2; done` with a `timeout` of the step, the `retry` of a `check` step, or the tool's own way (`kubectl wait`, `curl --retry`).",
  example: {
    language: "bash",
    wrong: "docker compose up --detach\nsleep 30\ndocker compose exec api alembic upgrade head",
    right:
      "docker compose up --detach\nuntil docker compose exec api alembic current; do sleep 2; done\ndocker compose exec api alembic upgrade head",
  },
  check(document, report) {
    for (const script of placeScripts(document)) {
      const { commands } = script.shell;
      if (!commands.some(({ name }) => name === "sleep")) continue;
      const { masked } = scanScript(script.text);
      const loops = findLoops(masked);
      for (const [index, command] of commands.entries()) {
        const { name, words, isLiteral, wrappers, range } = command;
        if (name !== "sleep" || wrappers.length > 0 || words.length !== 2) continue;
        const seconds = readSeconds(words[1] ?? "");
        if (isLiteral[1] !== true || seconds === undefined || seconds < fewestSeconds) continue;
        // Alone it is a demonstration; before `kill` it gives a process time to end.
        if (commands.length === 1 || commands[index + 1]?.name === "kill") continue;
        if (isInBackground(command, masked) || hasOverlap(loops, range)) continue;
        report({ seconds }, script.locate(range), {
          severity: document.isStrict ? "warning" : "info",
        });
      }
    }
  },
  message: ({ seconds }) =>
    `The step waits ${seconds} seconds, whether it is too long or too short.`,
  hint: () =>
    "Ask for what is waited for: `until COMMAND; do sleep 2; done`, or `retry=5` on a check.",
});

/** Shorter pauses are made for other reasons than waiting. */
const fewestSeconds = 5;

const unitSeconds: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

function readSeconds(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,9})?)([smhd]?)$/u.exec(text);
  return match === null ? undefined : Number(match[1]) * (unitSeconds[match[2] ?? ""] ?? 1);
}

/** `sleep 60 &`, `sleep 60 && reload &`, `(sleep 60; reload) &`: nobody waits for it. */
function isInBackground({ range, scopeEnd }: ShellCommand, masked: string): boolean {
  const rest = masked.slice(range.end, range.end + longestLine);
  if (/^(?:[^\n;&|()]|[<>]&|&&|\|)*&(?![&>])/u.test(rest)) return true;
  return (
    scopeEnd !== undefined && /^\s*\)?\s*&(?![&>])/u.test(masked.slice(scopeEnd, scopeEnd + 40))
  );
}

const longestLine = 1000;

/** From `do` to `done`, outermost alone: there a loop asks again, or leaves time between its rounds. */
function findLoops(masked: string): readonly TextRange[] {
  const loops: TextRange[] = [];
  let depth = 0;
  let start = 0;
  for (const match of masked.matchAll(loopKeywords)) {
    if (match[1] === "do") {
      if (depth === 0) start = match.index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) loops.push({ start, end: match.index });
    }
  }
  return loops;
}

/** Where a command can begin. */
const loopKeywords = /(?<=^|[;\n&|(){}]|\b(?:then|else|do))[ \t]*\b(do|done)\b/gu;
