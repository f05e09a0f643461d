import type { DriftDocument } from "../drift-document.ts";

const fileLanguages = new Set(["yaml", "yml", "json", "toml", "dockerfile", "docker", "hcl"]);

/**
 * The words of the files that a document shows or writes: a Compose file of its own, a manifest.
 *
 * What such a file makes is no claim about the repository. No I/O.
 *
 * @example for a fence of YAML with `ports: ["8080:80"]`: "ports", "8080", "80"
 */
export function readShownNames({ parsed, commands }: DriftDocument): ReadonlySet<string> {
  const names = new Set<string>();
  const addWords = (text: string): void => {
    for (const [word] of text.matchAll(/\w[\w.-]*/g)) names.add(word);
  };
  for (const block of parsed.blocks) {
    if (block.kind !== "fence") continue;
    if (fileLanguages.has(block.language?.toLowerCase() ?? "")) addWords(block.code);
  }
  for (const { command } of commands) {
    const writes = command.name === "cat" || command.name === "tee";
    if (writes && command.stdinText !== undefined) addWords(command.stdinText);
  }
  return names;
}
