import { placeScripts } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";

/** A prompt in front of a command in the middle of a block that is no transcript. */
export const promptInScript = defineDocumentRule<{ command: string }>({
  code: "shell/prompt-in-script",
  severity: "error",
  title: "A prompt in the middle of a script",
  what: "A line of a shell block begins with `$ `, but the block's first command has no prompt, so the block is a script and no transcript.",
  why: "The shell takes the dollar sign for the command's name and says `$: command not found`.",
  remedy:
    "Remove the prompt; or, if the block shows a session with its output, begin every command of it with `$ `, the first one too. `opswright check --fix` removes the prompt.",
  example: {
    language: "bash",
    wrong: "cd /srv/unioncore\n$ git pull --ff-only",
    right: "cd /srv/unioncore\ngit pull --ff-only",
  },
  check(document, report) {
    for (const script of placeScripts(document)) {
      if (!/^[ \t]*\$ /mu.test(script.text)) continue;
      const seen = new Set<number>();
      for (const { ranges, words } of script.shell.commands) {
        const [prompt, command] = ranges;
        if (prompt === undefined || command === undefined || seen.has(prompt.start)) continue;
        if (script.text.slice(prompt.start, prompt.end) !== "$") continue;
        const lineStart = script.text.lastIndexOf("\n", prompt.start) + 1;
        const isFirst = script.text.slice(lineStart, prompt.start).trim() === "";
        if (!isFirst || script.text[prompt.end] !== " ") continue;
        seen.add(prompt.start);
        const range = { start: prompt.start, end: command.start };
        report({ command: words[1] ?? "" }, script.locate(prompt), {
          severity: document.isStrict ? "error" : "warning",
          fix: { title: "Remove the prompt", edits: [script.edit(range, "")] },
        });
      }
    }
  },
  message: ({ command }) =>
    `The prompt \`$\` in front of \`${command}\` is a command of its own here.`,
  hint: () => "Remove it, or put a prompt in front of the block's first command too.",
});
