import type { SiteLibrary } from "../../model/site-library.ts";
import type { Runbook } from "../../model/runbook.ts";
import { parseDurationMs } from "../../parse/parse-duration.ts";
import { escapeTexts } from "../runbook-page/escape-texts.ts";
import { judgeVerification } from "./judge-verification.ts";
import { listShownRuns } from "./list-shown-runs.ts";
import type { Freshness, NamedGroup, ProjectOverview, RunbookCard } from "./project-overview.ts";

const nothingVerified = {
  state: "none",
  verifiedCount: 0,
  changedCount: 0,
  stepCount: 0,
  ways: [],
} as const;

/**
 * Builds what the site tells of a project as a whole: each runbook's card, the groups that they make,
 * and past runs.
 *
 * Characters that could deceive are made visible. No I/O.
 */
export function buildProjectOverview(library: SiteLibrary): ProjectOverview {
  const cards = [...library.runbooks]
    .map(([id, { value, diagnostics }]) => {
      const path = value?.path ?? diagnostics.find((one) => one.path !== undefined)?.path ?? id;
      const own = library.findings.filter((one) => one.path === path);
      const problems = library.findings.length > 0 ? own : diagnostics;
      return escapeTexts(buildCard(id, path, value, problems, library));
    })
    .toSorted((one, other) => one.title.localeCompare(other.title, "en"));
  const groupBy = (key: "services" | "tags" | "alerts"): readonly NamedGroup[] =>
    groupCards(cards, (card) => card.frontMatter[key] ?? []);
  return {
    site: library.site,
    today: library.today,
    cards,
    services: groupBy("services"),
    tags: groupBy("tags"),
    alerts: groupBy("alerts"),
    runs: library.site.runs ? escapeTexts(listShownRuns(library.runs)) : [],
  };
}

function buildCard(
  id: string,
  path: string,
  runbook: Runbook | undefined,
  problems: readonly { readonly severity: string }[],
  library: SiteLibrary,
): RunbookCard {
  const { summary, owner, status, severity, services, tags, alerts, estimate, reviewed } =
    runbook?.frontMatter ?? {};
  return {
    id,
    path,
    title: runbook?.title ?? id,
    digest: runbook?.digest ?? "",
    isReadable: runbook !== undefined,
    frontMatter: { summary, owner, status, severity, services, tags, alerts, estimate, reviewed },
    procedures: (runbook?.procedures ?? []).map(({ name, title }) => ({ name, title })),
    stepCount: runbook?.steps.length ?? 0,
    freshness: judgeFreshness(runbook, library.today),
    verification:
      runbook === undefined ? nothingVerified : judgeVerification(runbook, library.ledger),
    errorCount: problems.filter((one) => one.severity === "error").length,
    warningCount: problems.filter((one) => one.severity === "warning").length,
  };
}

const dayMs = 86_400_000;

/**
 * Says by when a runbook's next review is due, and whether that day has passed. No I/O.
 *
 * @example of `reviewed: 2026-02-03`, `reviewEvery: 90d` → { reviewed: "2026-02-03", due: "2026-05-04", isOverdue: … }
 */
export function judgeFreshness(runbook: Runbook | undefined, today: string): Freshness {
  const { reviewed, reviewEvery, status } = runbook?.frontMatter ?? {};
  const everyMs = reviewEvery === undefined ? undefined : parseDurationMs(reviewEvery);
  if (reviewed === undefined || everyMs === undefined) return { reviewed, isOverdue: false };
  const days = Math.ceil(everyMs / dayMs);
  const due = new Date(Date.parse(`${reviewed}T00:00:00Z`) + days * dayMs)
    .toISOString()
    .slice(0, 10);
  return { reviewed, due, isOverdue: due < today && status !== "deprecated" };
}

function groupCards(
  cards: readonly RunbookCard[],
  namesOf: (card: RunbookCard) => readonly string[],
): readonly NamedGroup[] {
  const groups = new Map<string, string[]>();
  for (const card of cards) {
    for (const name of new Set(namesOf(card))) {
      groups.set(name, [...(groups.get(name) ?? []), card.id]);
    }
  }
  const taken = new Set<string>();
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other, "en"))
    .map(([name, runbooks]) => ({ name, slug: makeSlug(name, taken), runbooks }));
}

/** An alert's name stays as it is where it can, since other systems link by it. */
function makeSlug(name: string, taken: Set<string>): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}._~-]+/gu, "-").replaceAll(/^[.-]+|-+$/gu, "") || "_";
  let slug = plain;
  for (let count = 2; taken.has(slug.toLowerCase()); count++) slug = `${plain}-${count}`;
  taken.add(slug.toLowerCase());
  return slug;
}
