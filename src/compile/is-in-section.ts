import type { Section, Step } from "../model/runbook.ts";

/** True where a step stands below a heading or in its section's stretch of text. No I/O. */
export function isInSection(step: Step, sectionId: string, sections: readonly Section[]): boolean {
  if (step.sectionPath.includes(sectionId)) return true;
  const section = sections.find(({ id }) => id === sectionId);
  const at = step.span.start.offset;
  return section !== undefined && at >= section.span.start.offset && at < section.span.end.offset;
}
