import type { Claim } from "../../model/drift.ts";
import { urlClaims, type UrlClaim } from "../claims/url-claims.ts";
import { composeFacts } from "../facts/compose-facts.ts";
import { isWebPort, listWebPorts } from "../facts/web-ports.ts";
import { defineProjectRule } from "../rule.ts";

/** Two documents ask the same path of this machine at different ports. */
export const portDisagreement = defineProjectRule<{
  path: string;
  port: number;
  otherPort: number;
  other: string;
}>({
  code: "http/port-disagreement",
  severity: "warning",
  title: "Documents that disagree about a port",
  what: "Two documents name the same path of `localhost` (`/health`) at two different ports, and no Compose file says which port it is. Where there is a Compose file with ports for HTTP, the wrong port is found by `http/unpublished-port` instead. Pages such as `/` and `/metrics`, which every service has, are not compared.",
  why: "One of the two is out of date, and at night nobody knows which.",
  remedy: "Find out where the service listens, and write it in both documents.",
  example: {
    language: "bash",
    wrong: "curl --fail http://localhost:8000/health",
    right: "curl --fail http://localhost:5000/health",
    file: {
      path: "runbooks/other.md",
      text: "# Other\n\n```bash\ncurl --fail http://localhost:5000/health\n```\n",
    },
  },
  async check(project, report) {
    const compose = await project.factsOf(composeFacts);
    const groups = new Map<string, Claim<UrlClaim>[]>();
    for (const claim of project.claimsOf(urlClaims)) {
      if (!isComparable(claim.value)) continue;
      const key = `${claim.subject}\n${claim.value.path.replace(/\/$/, "")}`;
      groups.set(key, [...(groups.get(key) ?? []), claim]);
    }
    for (const claims of groups.values()) {
      const prefix = claims[0]?.subject === "" ? "" : `${claims[0]?.subject}/`;
      const services = compose.services.filter(({ path }) => path.startsWith(prefix));
      if (listWebPorts({ ...compose, services }).length > 0) continue;
      const wrong = findMinority(claims);
      if (wrong === undefined) continue;
      const { claim, other } = wrong;
      const { port = 0, path } = claim.value;
      const { port: otherPort = 0 } = other.value;
      report({ path, port, otherPort, other: other.path }, claim, {
        related: [{ path: other.path, span: other.span, text: `the port is ${otherPort} here` }],
      });
    }
  },
  message: ({ path, port, otherPort, other }) =>
    `\`${path}\` is at the port ${port} here, and at ${otherPort} in \`${other}\`.`,
  hint: () => "Find out which one holds, and write it in both documents.",
});

function isComparable({ base, port, path, isElsewhere, started }: UrlClaim): boolean {
  if (base !== undefined || port === undefined || isElsewhere || started !== "no") return false;
  return isWebPort(port) && !/^\/?$|^\/metrics\/?$|^\/-\/|[$*{]/.test(path);
}

/**
 * The first claim of the port that fewer documents name, or that of the later document; none where
 * more than two ports are named or a document names both: then they are different services.
 */
function findMinority(
  claims: readonly Claim<UrlClaim>[],
): { readonly claim: Claim<UrlClaim>; readonly other: Claim<UrlClaim> } | undefined {
  const portsByDocument = new Map<string, Set<number>>();
  const byPort = new Map<number, Claim<UrlClaim>[]>();
  for (const claim of claims) {
    const { port } = claim.value;
    if (port === undefined) continue;
    portsByDocument.set(claim.path, (portsByDocument.get(claim.path) ?? new Set()).add(port));
    byPort.set(port, [...(byPort.get(port) ?? []), claim]);
  }
  if (byPort.size !== 2 || [...portsByDocument.values()].some(({ size }) => size > 1)) {
    return undefined;
  }
  const [one, two] = [...byPort.values()];
  const [first] = one ?? [];
  const [second] = two ?? [];
  if (first === undefined || second === undefined) return undefined;
  const difference = countDocuments(one ?? []) - countDocuments(two ?? []);
  const isFirstWrong = difference === 0 ? first.path > second.path : difference < 0;
  return isFirstWrong ? { claim: first, other: second } : { claim: second, other: first };
}

function countDocuments(claims: readonly Claim<UrlClaim>[]): number {
  return new Set(claims.map(({ path }) => path)).size;
}
