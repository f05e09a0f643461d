import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** The part of axe's results that is read. */
export type AxeViolations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

/**
 * Lists what axe has against a page as it is now, by all of its rules.
 *
 * It runs in the page alone, since ours have no frames, and collects nothing of what is well: a
 * quarter of the time.
 */
export async function findAxeViolations(page: Page): Promise<AxeViolations> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations;
}
