import type { PagePart } from "./runbook-page.ts";

const names: Readonly<Record<string, string>> = {
  linux: "Linux",
  darwin: "macOS",
  macos: "macOS",
  win32: "Windows",
  windows: "Windows",
};

/**
 * Joins steps that follow each other and run on different systems, so that a reader sees one of them.
 *
 * `osOf` tells on which systems alone a step runs; an empty list means on all. Steps that share a
 * system are no alternatives and stay as they are. No I/O.
 *
 * @example steps for linux and darwin → one part `variants` with the parts "Linux" and "macOS"
 */
export function groupVariants(
  parts: readonly PagePart[],
  osOf: (stepId: string) => readonly string[],
): readonly PagePart[] {
  const grouped: PagePart[] = [];
  let run: Extract<PagePart, { kind: "step" }>[] = [];
  const flush = (): void => {
    if (run.length < 2) grouped.push(...run);
    else {
      const variants = run.map((step): PagePart => {
        const os = osOf(step.id).map((name) => names[name] ?? name);
        return { kind: "variant", os: os.join(", "), parts: [step] };
      });
      grouped.push({ kind: "variants", parts: variants });
    }
    run = [];
  };
  for (const part of parts) {
    const os = part.kind === "step" ? osOf(part.id) : [];
    if (part.kind !== "step" || os.length === 0) {
      flush();
      const inner = "parts" in part ? groupVariants(part.parts, osOf) : [];
      grouped.push("parts" in part ? { ...part, parts: inner } : part);
      continue;
    }
    const isShared = run.some((one) => osOf(one.id).some((name) => os.includes(name)));
    if (isShared) flush();
    run.push(part);
  }
  flush();
  return grouped;
}
