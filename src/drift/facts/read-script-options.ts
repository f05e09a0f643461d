import { readArgparseOptions } from "./read-argparse-options.ts";
import { readClickOptions } from "./read-click-options.ts";
import { readNodeOptions } from "./read-node-options.ts";
import { readShellOptions } from "./read-shell-options.ts";
import type { ReadScriptOptions } from "./script-options.ts";

/** Larger files are programs made by a machine. */
const mostCharacters = 256 * 1024;

/**
 * Reads which options a script knows from its text; nothing is executed.
 *
 * Its language is that of its first line (`#!`), else that of its name. No I/O.
 *
 * @example readScriptOptions("scripts/deploy.sh", "while getopts 'n' …") knows `-n`
 */
export function readScriptOptions(path: string, text: string): ReadScriptOptions {
  if (text.length > mostCharacters) return { kind: "unknown", reason: "the script is very long" };
  switch (findLanguage(path, text)) {
    case "shell":
      return readShellOptions(text);
    case "python":
      // What others read by typer, docopt or fire is in no call that could be found.
      return /^[ \t]*(?:import|from)[ \t]+(?:rich_)?click\b/m.test(text)
        ? readClickOptions(text)
        : readArgparseOptions(text);
    case "node":
      return readNodeOptions(text);
    default:
      return { kind: "unknown", reason: "the script's language is not read" };
  }
}

function findLanguage(path: string, text: string): "shell" | "python" | "node" | undefined {
  const first = text.startsWith("#!") ? text.slice(0, 200).split("\n")[0] : undefined;
  if (first !== undefined) {
    if (/\b(?:ba|da|k|z|a)?sh\b/.test(first)) return "shell";
    if (/\bpython[\d.]*\b/.test(first)) return "python";
    return /\b(?:node|tsx|ts-node|bun|deno)\b/.test(first) ? "node" : undefined;
  }
  if (/\.(?:ba|z|k)?sh$/.test(path)) return "shell";
  if (path.endsWith(".py")) return "python";
  return /\.[cm]?[jt]s$/.test(path) ? "node" : undefined;
}
