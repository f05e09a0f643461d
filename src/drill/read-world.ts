import { parseDocument as parseYaml } from "yaml";
import type { Checked } from "../model/diagnostic.ts";
import { worldSchema, type WorldDefinition } from "../model/world.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/**
 * Reads the text of a `world.yaml`.
 *
 * Text that is no YAML, or no world, gives `configuration-syntax` for each problem and no value. No
 * I/O.
 */
export function readWorld(path: string, text: string): Checked<WorldDefinition> {
  const lines = createLineIndex(text);
  const document = parseYaml(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      diagnostics: document.errors.map((error) =>
        makeDiagnostic(
          "configuration-syntax",
          { reason: error.message },
          { path, span: lines.spanOf(error.pos[0], error.pos[1]) },
        ),
      ),
    };
  }
  const result = worldSchema.safeParse(document.toJS() as unknown);
  if (result.success) return { value: result.data, diagnostics: [] };
  return {
    diagnostics: result.error.issues.map((issue) => {
      const reason = [issue.path.join("."), issue.message].filter((part) => part !== "").join(": ");
      return makeDiagnostic("configuration-syntax", { reason }, { path });
    }),
  };
}
