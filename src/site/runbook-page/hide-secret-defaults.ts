import type { FrontMatter } from "../../model/front-matter.ts";

/**
 * Takes the defaults of secret inputs out of a document's front matter, for whoever is given the text
 * as it was written. No I/O.
 */
export function hideSecretDefaults(text: string, inputs: FrontMatter["inputs"]): string {
  const secrets = Object.values(inputs ?? {})
    .filter(({ type, default: value }) => type === "secret" && value !== undefined)
    .map(({ default: value }) => String(value))
    .filter((value) => value !== "");
  if (secrets.length === 0) return text;
  const [head = ""] = /^---\r?\n[\s\S]*?\n---/.exec(text) ?? [];
  const hidden = secrets.reduce((shown, secret) => shown.replaceAll(secret, "••••"), head);
  return hidden + text.slice(head.length);
}
