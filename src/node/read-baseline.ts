import { readFile } from "node:fs/promises";
import { baselineSchema, type Baseline } from "../model/baseline.ts";
import type { Checked } from "../model/diagnostic.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { ProjectError } from "./read-project.ts";

/**
 * Reads a baseline; undefined where the file is not there.
 *
 * `file` is absolute, `shown` names it in problems. A file that is no baseline is a problem without
 * a value. Throws `ProjectError` where it cannot be read. Reads the file system.
 */
export async function readBaseline(
  file: string,
  shown: string,
): Promise<Checked<Baseline> | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProjectError(`${shown} cannot be read.`, { cause: error });
  }
  const refuse = (reason: string): Checked<Baseline> => ({
    diagnostics: [makeDiagnostic("baseline-syntax", { reason }, { path: shown })],
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const result = baselineSchema.safeParse(data);
  if (result.success) return { value: result.data, diagnostics: [] };
  const [issue] = result.error.issues;
  const place = issue?.path.join(".") ?? "";
  return refuse(`${place === "" ? "" : `${place}: `}${issue?.message ?? "it is no baseline"}`);
}
