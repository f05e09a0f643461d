import type { Checked } from "../model/diagnostic.ts";
import type { Span } from "../model/source.ts";
import { worldSchema, type WorldDefinition } from "../model/world.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { parseFrontMatter } from "../parse/parse-front-matter.ts";

/**
 * Reads the text of a `world.yaml`.
 *
 * Text that is no YAML, or no world, gives `configuration-syntax` for each problem, at the key that
 * it is about, and no value. No I/O.
 */
export function readWorld(path: string, text: string): Checked<WorldDefinition> {
  const lines = createLineIndex(text);
  const whole = lines.spanOf(0, text.length);
  const { frontMatter, diagnostics } = parseFrontMatter(path, text, 0, whole, lines);
  if (diagnostics.length > 0) {
    return {
      diagnostics: diagnostics.map(({ args, span }) => {
        const reason = "reason" in args ? args.reason : "it is no YAML";
        return makeDiagnostic("configuration-syntax", { reason }, { path, span });
      }),
    };
  }
  const result = worldSchema.safeParse(frontMatter.data);
  if (result.success) return { value: result.data, diagnostics: [] };
  return {
    diagnostics: result.error.issues.map((issue) => {
      const key = issue.path.join(".");
      const reason = [key, issue.message].filter((part) => part !== "").join(": ");
      const span = spanOfKey(issue.path.map(String), frontMatter.spans);
      return makeDiagnostic("configuration-syntax", { reason }, { path, span });
    }),
  };
}

/** The span of a key, or of the nearest one around it; none for the whole. */
function spanOfKey(path: readonly string[], spans: ReadonlyMap<string, Span>): Span | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const span = spans.get(path.slice(0, length).join("."));
    if (span !== undefined) return span;
  }
  return undefined;
}
