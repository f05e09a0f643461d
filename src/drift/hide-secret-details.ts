import type { RuleFinding } from "../model/rule-finding.ts";

/**
 * Takes the details from findings whose place holds a secret that another one found: a difference
 * would show it.
 *
 * No I/O.
 */
export function hideSecretDetails(findings: readonly RuleFinding[]): readonly RuleFinding[] {
  const secrets = findings.filter(({ isSecret }) => isSecret === true);
  if (secrets.length === 0) return findings;
  return findings.map((finding) => {
    const { detail, path, span } = finding;
    if (detail === undefined || span === undefined) return finding;
    const holdsSecret = secrets.some(
      (one) =>
        one.path === path &&
        one.span !== undefined &&
        one.span.start.offset < span.end.offset &&
        one.span.end.offset > span.start.offset,
    );
    return holdsSecret ? { ...finding, detail: undefined } : finding;
  });
}
