import { countNoun } from "../count-noun.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import type { Colors } from "../text-style.ts";

/**
 * Shows a command as it will be run, line by line, with every control character visible.
 *
 * The first line has `$ `, the others are indented to the same depth; another interpreter than the
 * session's shell is named above. Lines are not broken, so that they can be copied. No I/O.
 *
 * @example "  $ git add .", "    git commit"
 */
export function renderScript(
  command: { readonly script: string; readonly interpreter: string },
  colors: Colors,
  options: { readonly indent: string; readonly mostLines?: number | undefined },
): string[] {
  const lines = escapeControlCharacters(command.script.replaceAll("\r\n", "\n")).split("\n");
  const most = options.mostLines ?? Number.POSITIVE_INFINITY;
  const shown = lines.length > most ? lines.slice(0, most - 1) : lines;
  const isShell = command.interpreter === "bash";
  const rendered = shown.map((line, index) => {
    const prompt = isShell && index === 0 ? "$ " : "  ";
    return `${options.indent}${colors.dim(`${prompt}${line}`)}`.trimEnd();
  });
  if (!isShell) {
    rendered.unshift(
      `${options.indent}${colors.dim(`(${escapeControlCharacters(command.interpreter)})`)}`,
    );
  }
  if (shown.length < lines.length) {
    const rest = countNoun(lines.length - shown.length, "more line");
    rendered.push(`${options.indent}  ${colors.dim(`… ${rest}`)}`);
  }
  return rendered;
}
