import { parse, TomlError } from "smol-toml";
import type { RuleFinding } from "../../model/rule-finding.ts";
import { reportUnreadable } from "../rules/unreadable-file.ts";
import type { FactFile } from "./read-fact-file.ts";

/** A TOML file's data, or the problem that it is not valid, with its place. No I/O. */
export function readTomlFile({
  path,
  text,
  lines,
}: FactFile):
  | { readonly kind: "data"; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: "problem"; readonly problem: RuleFinding } {
  try {
    return { kind: "data", data: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) {
      return { kind: "problem", problem: reportUnreadable(path, "it is nested too deeply") };
    }
    const at = lines.lineStart(error.line) + Math.max(0, error.column - 1);
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { kind: "problem", problem: reportUnreadable(path, reason, lines.spanOf(at, at + 1)) };
  }
}
