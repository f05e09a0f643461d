import { describe, expect, test } from "vitest";
import type { RunSummary, StepSummary } from "../../src/model/run-event.ts";
import { siteConfigurationSchema } from "../../src/model/site-configuration.ts";
import { resolveDocumentationLink } from "../../src/site/documentation/resolve-documentation-link.ts";
import { buildProjectOverview } from "../../src/site/overview/build-project-overview.ts";
import { compareToEstimate, describeDuration } from "../../src/site/overview/describe-run.ts";
import { estimateRun, wholeEstimate } from "../../src/site/overview/estimate-run.ts";
import { findAttention } from "../../src/site/overview/find-attention.ts";
import { findGroupsOf } from "../../src/site/overview/find-groups-of.ts";
import { groupByService } from "../../src/site/overview/group-cards.ts";
import { judgeRuns, nameRuns } from "../../src/site/overview/judge-runs.ts";
import { listShownRuns } from "../../src/site/overview/list-shown-runs.ts";
import { plotRuns } from "../../src/site/overview/plot-runs.ts";
import type { ProjectOverview, RunbookCard } from "../../src/site/overview/project-overview.ts";
import { renderBadge } from "../../src/site/overview/render-badge.ts";
import { renderFeed } from "../../src/site/overview/render-feed.ts";
import { renderLlmsText } from "../../src/site/overview/render-llms-text.ts";
import { hideSecretDefaults } from "../../src/site/runbook-page/hide-secret-defaults.ts";

const whole = {
  state: "whole",
  verifiedCount: 2,
  changedCount: 0,
  stepCount: 2,
  verifiedAt: "2026-11-20T08:00:00Z",
  ways: ["live"],
} as const;
const never = { state: "none", verifiedCount: 0, changedCount: 0, stepCount: 2, ways: [] } as const;
const stale = {
  ...never,
  state: "stale",
  changedCount: 1,
  verifiedAt: "2026-11-20T08:00:00Z",
} as const;

function card(id: string, more: Partial<RunbookCard> = {}): RunbookCard {
  return {
    id,
    path: `runbooks/${id}.mdx`,
    title: `Title of ${id}`,
    digest: "d1",
    isReadable: true,
    frontMatter: {},
    procedures: [{ name: "all", title: "All" }],
    stepCount: 2,
    freshness: { isOverdue: false },
    verification: whole,
    errorCount: 0,
    warningCount: 0,
    ...more,
  };
}

function run(target: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    run: `20261120-${target.replaceAll(/\W/g, "-")}`,
    target,
    title: target,
    planDigest: "p",
    startedAt: "2026-11-20T08:00:00.000Z",
    user: "ana",
    durationMs: 1000,
    outcome: "completed",
    steps: [],
    ...more,
  };
}

function step(stepId: string, outcome: StepSummary["outcome"]): StepSummary {
  return { stepId, title: `Do ${stepId}`, phase: "main", outcome, durationMs: 100 };
}

function overview(more: Partial<ProjectOverview> = {}): ProjectOverview {
  return {
    site: siteConfigurationSchema.parse({ title: "Night & day" }),
    today: "2026-11-26",
    cards: [],
    services: [],
    tags: [],
    alerts: [],
    runs: [],
    ...more,
  };
}

describe("what needs attention", () => {
  const told = (project: ProjectOverview): readonly (readonly string[])[] =>
    findAttention(project).items.map(({ card: { id }, reasons }) => [
      id,
      ...reasons.map(({ kind }) => kind),
    ]);

  test("is nothing where all is well", () => {
    const project = overview({ cards: [card("a")], runs: [run("a")] });
    expect(findAttention(project)).toEqual({ items: [], neverVerified: [] });
  });

  test("tells each reason, the gravest runbook first", () => {
    const cards = [
      card("warned", { warningCount: 2 }),
      card("late", { freshness: { isOverdue: true, due: "2026-05-04", reviewed: "2026-02-03" } }),
      card("failed", { verification: never }),
      card("broken", { errorCount: 1 }),
      card("gone", { isReadable: false, errorCount: 1 }),
      card("changed", { verification: stale }),
      card("well"),
    ];
    const runs = [run("failed:back", { outcome: "rolled-back", steps: [step("push", "failed")] })];
    expect(told(overview({ cards, runs }))).toEqual([
      ["gone", "unreadable"],
      ["broken", "errors"],
      ["failed", "failed-run", "never"],
      ["changed", "stale"],
      ["late", "overdue"],
      ["warned", "warnings"],
    ]);
    const [, , failed] = findAttention(overview({ cards, runs })).items;
    expect(failed?.reasons[0]).toMatchObject({
      words: "Its last run failed and was rolled back",
      detail: "in back, at “Do push”",
      run: runs[0]?.run,
    });
  });

  test("goes by the last run that came to an end of its own", () => {
    const cards = [card("a")];
    const failed = run("a", { outcome: "failed" });
    expect(told(overview({ cards, runs: [run("a"), failed] }))).toEqual([]);
    const open = [run("a", { outcome: "interrupted" }), run("a", { outcome: "running" })];
    expect(told(overview({ cards, runs: [...open, failed] }))).toEqual([["a", "failed-run"]]);
  });

  test("goes by each procedure's last run, since a way back undoes no failure, and by no drill", () => {
    const cards = [card("a")];
    const failed = { outcome: "failed" } as const;
    expect(told(overview({ cards, runs: [run("a:back"), run("a", failed)] }))).toEqual([
      ["a", "failed-run"],
    ]);
    const drills = [run("a:back", { ...failed, isRehearsal: true }), run("a")];
    expect(told(overview({ cards, runs: drills }))).toEqual([]);
    expect(judgeRuns(drills, "a").runs).toHaveLength(1);
  });

  test("puts what is used in the gravest incidents first among equals", () => {
    const cards = [
      card("a", { warningCount: 1 }),
      card("b", { warningCount: 1, frontMatter: { severity: "sev1" } }),
    ];
    expect(told(overview({ cards })).map(([id]) => id)).toEqual(["b", "a"]);
  });

  test("lists what was never verified apart, and not as news where nothing was", () => {
    const cards = [
      card("a", { verification: never }),
      card("b", { verification: never, warningCount: 1 }),
    ];
    const { items, neverVerified } = findAttention(overview({ cards }));
    expect(neverVerified.map(({ id }) => id)).toEqual(["a"]);
    expect(items[0]?.reasons.map(({ kind }) => kind)).toEqual(["warnings"]);
    expect(told(overview({ cards: [...cards, card("c")] }))).toEqual([["b", "warnings", "never"]]);
  });

  test("leaves what is deprecated in peace", () => {
    const cards = [card("a", { errorCount: 3, frontMatter: { status: "deprecated" } })];
    expect(told(overview({ cards }))).toEqual([]);
  });
});

describe("runbooks by service", () => {
  test("come with those of no service last, by folder", () => {
    const cards = [card("a"), card("b"), card("db/c")];
    const shop = { name: "shop", slug: "shop", runbooks: ["a"] };
    const shown = groupByService(overview({ cards, services: [shop] })).map((group) => [
      group.title,
      group.cards.map(({ id }) => id),
    ]);
    expect(shown).toEqual([
      ["shop", ["a"]],
      ["No service named", ["b"]],
      ["db", ["db/c"]],
    ]);
  });
});

describe("past runs", () => {
  const runs = [
    run("a", {
      durationMs: 3000,
      steps: [step("look", "passed"), step("push", "failed")],
      outcome: "failed",
    }),
    run("b", { steps: [step("push", "failed")], outcome: "failed" }),
    run("a:back", { durationMs: 2000, steps: [step("look", "passed"), step("push", "skipped")] }),
    run("a#look", {
      durationMs: 4000,
      steps: [step("look", "timed-out"), step("push", "failed")],
      outcome: "failed",
    }),
    run("a", { outcome: "refused", durationMs: undefined }),
  ];

  test("tell which step fails most, and how long it takes", () => {
    const judged = judgeRuns(runs, "a");
    expect(judged.runs).toHaveLength(4);
    expect(judged).toMatchObject({ endedCount: 3, completedCount: 1, medianMs: 2000 });
    expect(judged.failsMost).toEqual({
      stepId: "push",
      title: "Do push",
      runCount: 2,
      failedCount: 2,
      medianMs: undefined,
    });
    expect(judgeRuns(runs, "none")).toMatchObject({ runs: [], failsMost: undefined });
  });

  test("have a name that changes with what is shown of them", () => {
    expect(nameRuns(runs).get("b")).toBe("20261120-b=failed");
    const later = nameRuns([run("b", { run: "new" }), ...runs]).get("b");
    expect(later).toBe("new=completed 20261120-b=failed");
  });

  test("have pages only where their ids fit an address, each once", () => {
    const named = ["../../etc", "a b", "Ok-1", "ok-1", "", "20261120-081500-a-k3f9"].map((id) =>
      run("a", { run: id }),
    );
    expect(listShownRuns(named).map(({ run: id }) => id)).toEqual([
      "Ok-1",
      "20261120-081500-a-k3f9",
    ]);
  });

  test("are left out where the configuration says so", () => {
    const library = {
      root: "/",
      folder: "/runbooks",
      problems: [],
      runbooks: new Map(),
      sources: new Map(),
      ledger: { schemaVersion: 1 as const, runbooks: {} },
      findings: [],
      today: "2026-11-26",
      runs: [run("a")],
    };
    const countShown = (isShown: boolean): number => {
      const settings = siteConfigurationSchema.parse({ runs: isShown });
      return buildProjectOverview({ ...library, site: settings }).runs.length;
    };
    expect([countShown(true), countShown(false)]).toEqual([1, 0]);
  });

  test("are compared with the estimate of what was run", () => {
    const estimated = card("a", {
      frontMatter: { estimate: { automatic: "5m..15m", manual: "30m", back: "1m" } },
      procedures: [
        { name: "forth", title: "Forth" },
        { name: "back", title: "Back" },
        { name: "other", title: "Other" },
      ],
    });
    expect(estimateRun(estimated, "a")).toEqual({ fromMs: 300_000, toMs: 1_800_000 });
    expect(estimateRun(estimated, "a:back")).toEqual({ fromMs: 60_000, toMs: 60_000 });
    expect(estimateRun(estimated, "a:other")).toBeUndefined();
    expect(estimateRun(estimated, "a#look")).toBeUndefined();
    expect(wholeEstimate(estimated.frontMatter.estimate)).toBe("1m..30m");
    expect(wholeEstimate("5m")).toBe("5m");
    const estimate = { fromMs: 60_000, toMs: 120_000 };
    expect(compareToEstimate(300_000, estimate)).toBe("3 min longer than estimated");
    expect(compareToEstimate(90_000, estimate)).toBe("as estimated");
    expect(compareToEstimate(9000, estimate)).toBe("faster than estimated");
    expect(compareToEstimate(9000, undefined)).toBe("");
    expect(describeDuration(3_720_000)).toBe("1 h 2 min");
  });

  test("are drawn as bars, the oldest left, with the estimate behind them", () => {
    const plot = plotRuns(
      runs.filter(({ target }) => target.startsWith("a")),
      { fromMs: 2000, toMs: 4000 },
    );
    expect(plot?.bars.map(({ tone, x, height }) => [tone, x, height])).toEqual([
      ["bad", 0, 40],
      ["good", 10, 20],
      ["bad", 20, 30],
    ]);
    expect(plot?.band).toEqual({ y: 8, height: 20 });
    expect(plotRuns(runs, { fromMs: 1, toMs: 9_000_000 })?.band).toBeUndefined();
    expect(plotRuns([run("a")], undefined)).toBeUndefined();
  });
});

describe("what a runbook belongs to", () => {
  test("is linked, at the addresses that their pages have", () => {
    const group = (name: string, slug: string, ...runbooks: string[]) => ({ name, slug, runbooks });
    const groups = {
      services: [group("shop", "shop", "a", "b"), group("db", "db", "b")],
      tags: [group("A tag", "A-tag", "a")],
      alerts: [],
    };
    expect(findGroupsOf(groups, "a", "/ops/")).toEqual({
      services: [{ name: "shop", href: "/ops/services/shop/" }],
      tags: [{ name: "A tag", href: "/ops/tags/A-tag/" }],
      alerts: [],
    });
  });
});

describe("a badge", () => {
  test.each([
    ["verified 2026-11-20", {}],
    ["never verified", { verification: never }],
    ["changed since verified", { verification: stale }],
    [
      "1 of 2 verified",
      { verification: { ...whole, state: "partial" as const, verifiedCount: 1 } },
    ],
    ["review overdue", { freshness: { isOverdue: true } }],
    ["cannot be read", { isReadable: false }],
    ["deprecated", { frontMatter: { status: "deprecated" as const } }],
  ])("says %s", (words, more) => {
    expect(renderBadge(card("a", more))).toContain(`aria-label="runbook: ${words}"`);
  });

  test("holds no markup of a runbook's title", () => {
    const badge = renderBadge(card("a", { title: "</title><script>x</script>" }));
    expect(badge).not.toContain("<script");
    expect(badge).toContain("&lt;script&gt;");
  });
});

describe("what programs read", () => {
  test("a feed names what changed, with absolute links", () => {
    const cards = [
      card("a b/c", { title: "Restore <all>", verification: stale }),
      card("late", { freshness: { isOverdue: true, due: "2026-05-04", reviewed: "2026-02-03" } }),
    ];
    const feed = renderFeed(overview({ cards }), "/base/", "https://example.org");
    expect(feed).toContain("<title>Night &amp; day</title>");
    expect(feed).toContain("<link>https://example.org/base/runbooks/a%20b/c/</link>");
    expect(feed).toContain("<title>Restore &lt;all&gt;: Changed since verified</title>");
    expect(feed).toContain("<title>Title of late: Review overdue</title>");
    expect(feed).toContain("<title>Title of late: Verified</title>");
    expect(feed).toContain("<pubDate>Mon, 04 May 2026 00:00:00 GMT</pubDate>");
    expect(feed.match(/<item>/g)).toHaveLength(4);
  });

  test("llms.txt lists every runbook with its plain text", () => {
    const cards = [
      card("db/restore", { frontMatter: { summary: "Line\n# two", alerts: ["Lost"] } }),
    ];
    const text = renderLlmsText(overview({ cards }), "/", "https://example.org");
    expect(text).toContain(
      "- [Title of db/restore](https://example.org/runbooks/db/restore.md): Line \\# two; alerts: Lost",
    );
    expect(renderLlmsText(overview({ cards }), "/b/", undefined)).toContain(
      "(/b/runbooks/db/restore.md)",
    );
  });

  test("a plain text holds no default of a secret", () => {
    const text =
      "---\ninputs:\n  T: { type: secret, default: hunter2 }\n---\n\nhunter2 is a name.\n";
    const input = { type: "secret", default: "hunter2" };
    const inputs = { T: input } as unknown as Parameters<typeof hideSecretDefaults>[1];
    expect(hideSecretDefaults(text, inputs)).toBe(text.replace("hunter2 }", "•••• }"));
    expect(hideSecretDefaults(text, {})).toBe(text);
  });
});

describe("a link between pages of the documentation", () => {
  test.each([
    ["check.md#exit-codes", "docs/ci.md", "/b/docs/check/#exit-codes"],
    ["diagnostics.md", "docs/check.md", "/b/rules/"],
    ["diagnostics.md#unknown-key", "docs/check.md", "/b/rules/unknown-key/"],
    ["rules/README.md", "docs/check.md", "/b/rules/"],
    ["../README.md", "docs/rules/git/unknown-tag.md", "/b/rules/"],
    ["../../facts/git.md", "docs/rules/git/unknown-tag.md", "/b/docs/facts/#git"],
    ["../claims/README.md", "docs/facts/README.md", "/b/docs/claims/"],
    ["https://example.org/a.md", "docs/ci.md", "https://example.org/a.md"],
    ["#here", "docs/ci.md", "#here"],
    ["../LICENSE", "docs/ci.md", "../LICENSE"],
  ])("%s in %s leads to %s", (link, from, address) => {
    expect(resolveDocumentationLink(link, from, "/b/")).toBe(address);
  });
});
