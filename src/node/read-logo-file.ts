import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { isInside } from "./is-inside.ts";

const kinds = [".svg", ".png", ".webp", ".jpg"];

/**
 * Finds the file that the configuration names as the site's logo, or says what keeps it from being it.
 *
 * A picture that can run something is refused: opened by itself it stands under no policy of a page.
 * Reads the file.
 */
export async function readLogoFile(
  root: string,
  name: string,
): Promise<{ readonly file: string } | { readonly fault: string }> {
  const fault = (reason: string): { readonly fault: string } => ({
    fault: `The site's logo \`${name}\` ${reason} See \`site.logo\` in the configuration.`,
  });
  const file = await realpath(path.resolve(root, name)).catch(() => undefined);
  if (file === undefined) return fault("is not there.");
  if (!isInside(file, root)) return fault("lies outside of the repository.");
  const kind = path.extname(file).toLowerCase();
  if (!kinds.includes(kind)) return fault(`must be one of ${kinds.join(", ")}.`);
  const text = kind === ".svg" ? await readFile(file, "utf8") : "";
  return canRun.test(text)
    ? fault("holds a script, a handler or foreign content. Save it as a plain picture.")
    : { file };
}

const canRun =
  /<\s*(?:[\w-]+:)?(?:script|foreignObject|iframe|embed|object|handler|set|animate\w*)\b|[\s"'/]on[a-z]+\s*=|(?:java|vb)script:|<!ENTITY|<\?xml-stylesheet/iu;
