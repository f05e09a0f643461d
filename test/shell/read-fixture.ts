import type { ShellCommand, ShellScript, TextRange } from "../../src/model/shell-script.ts";
import { loadShellReader } from "../../src/node/load-shell-reader.ts";

/** The real reader, with the real grammar. */
export const readShell = await loadShellReader();

/** The commands of a script as short text: `sudo>git[here] git push`. */
export function describeCommands(script: string): string[] {
  return readShell(script).commands.map(describeCommand);
}

function describeCommand({ words, wrappers, place }: ShellCommand): string {
  const around = wrappers.length > 0 ? `${wrappers.join(">")}: ` : "";
  const where = place === "here" ? "" : ` @${place}`;
  return `${around}${words.join(" ")}${where}`;
}

/** The text at a place. */
export function textAt(script: string, range: TextRange): string {
  return script.slice(range.start, range.end);
}

/** The risk of a script as short text: `destructive: git-push-force`. */
export function describeRisk(script: string): string {
  const { level, reasons }: ShellScript["risk"] = readShell(script).risk;
  const rules = [...new Set(reasons.map(({ rule }) => rule))];
  return rules.length === 0 ? level : `${level}: ${rules.join(" ")}`;
}
