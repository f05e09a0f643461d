import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Runbook, Step } from "../../src/model/runbook.ts";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks } from "../../src/node/read-runbooks.ts";
import { planTarget } from "../../src/plan/plan-target.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const library = await readRunbooks(await readProject({ root, configurationPath: false }));

const runbookIds = ["deployment", "backup-restore", "incident-response", "disaster-recovery"];

/** The twelve environment variables of the seed: name, required, description. */
const variables = [
  ["DATABASE_URL", true, "PostgreSQL connection string (auto-set by Railway)"],
  ["AUTH_JWT_SECRET_KEY", true, "JWT signing key (see Generating the JWT secret key)"],
  ["SENTRY_DSN", true, "Sentry error monitoring DSN"],
  ["STRIPE_SECRET_KEY", true, "Stripe API secret key"],
  ["STRIPE_WEBHOOK_SECRET", true, "Stripe webhook signing secret"],
  ["STRIPE_PUBLISHABLE_KEY", true, "Stripe publishable key (frontend)"],
  ["S3_ENDPOINT_URL", "for documents", "S3-compatible storage endpoint"],
  ["S3_ACCESS_KEY_ID", "for documents", "S3 access key"],
  ["S3_SECRET_ACCESS_KEY", "for documents", "S3 secret key"],
  ["S3_BUCKET_NAME", "for documents", "S3 bucket name"],
  ["FLASK_ENV", "recommended", "`production` or `development`"],
  ["SECRET_KEY", true, "Flask session secret key"],
] as const;

/** Facts of the seed's metadata, by the path of their key in the front matter. */
const metadata: readonly (readonly [string, unknown])[] = [
  ["version", "2.0"],
  ["status", "active"],
  ["created", "2026-01-28"],
  ["reviewed", "2026-02-03"],
  ["reviewEvery", "90d"],
  ["extra.projectVersion", "v0.9.4-alpha"],
  ["extra.projectVersionNote", "Feature-Complete Weeks 1–19"],
  ["estimate.automatic", "5m..15m"],
  ["estimate.manual", "15m..30m"],
  ["estimate.first-time", "15m..30m"],
  ["contracts.railway.probe", "railway variables --kv"],
  ["tools.railway.install", "npm install -g @railway/cli"],
  [
    "contacts",
    [
      { role: "Primary Developer", contact: "Xerxes" },
      { role: "Railway Support", contact: "https://railway.app/help" },
      { role: "Stripe Support", contact: "https://support.stripe.com" },
      { role: "Sentry Support", contact: "https://sentry.io/support" },
    ],
  ],
  ["inputs.LOCAL_PORT.default", 5000],
  ["inputs.LOCAL_DATABASE_URL.default", "postgresql://postgres:postgres@localhost:5432/ip2a_db"],
  ["inputs.METHOD.choices", ["automatic", "manual"]],
  ["procedures.deploy.onFailure", "rollback"],
  ["procedures.deploy.contracts", ["railway"]],
];

/** Facts that a reader finds as words: the section of the deployment runbook, and its words. */
const words: readonly (readonly [section: string, words: string])[] = [
  ["deploy-unioncore", "Deploy a new version of IP2A Database (UnionCore) to production."],
  ["deploy-unioncore", "v0.9.4-alpha (Feature-Complete Weeks 1–19)"],
  [
    "overview",
    "Railway (cloud PaaS). It deploys from GitHub by itself on every push to `develop`.",
  ],
  ["overview", "Docker Compose or `flask run` for local testing"],
  ["overview", "5–15 minutes (Railway auto-deploy), 15–30 minutes (manual or first-time)"],
  ["prerequisites", "https://github.com/theace26/IP2A-Database-v2"],
  [
    "prerequisites",
    "Railway CLI installed and authenticated (`railway login`), or access to the Railway dashboard",
  ],
  ["prerequisites", "Docker and Docker Compose, or Python 3.12 with a venv"],
  [
    "required-environment-variables",
    "These environment variables **must** be set in the Railway service. Missing any of these will cause issues.",
  ],
  ["required-environment-variables", '<Contract of="railway"/>'],
  [
    "generating-the-jwt-secret-key",
    "If `AUTH_JWT_SECRET_KEY` is not set, a random key is generated on each restart. This invalidates all user sessions!",
  ],
  ["generating-the-jwt-secret-key", "python -c 'import secrets; print(secrets.token_urlsafe(32))'"],
  ["generating-the-jwt-secret-key", "Railway → Project → Service → Variables → New Variable"],
  ["generating-the-jwt-secret-key", "`docs/BUGS_LOG.md`, Bug #006"],
  ["automatic-deployment", "Railway deploys when changes are pushed to the `develop` branch"],
  ["automatic-deployment", "All tests must pass locally first (`pytest -v`)"],
  ["automatic-deployment", "Monitor it in Railway dashboard → Deployments tab"],
  ["manual-deployment", "the current local state"],
  ["manual-deployment", "Or link to a specific service first"],
  [
    "step-1-backup-database",
    "[Backup & Restore Runbook](backup-restore.mdx) backup procedure first!",
  ],
  ["step-1-backup-database", '<Include id="backup" runbook="backup-restore" procedure="backup"/>'],
  ["step-2-run-tests", "about 470 tests"],
  [
    "step-4-check-for-migration-changes",
    "If there are new Alembic migrations, they run automatically",
  ],
  ["step-2-check-health-endpoint", "JSON with all checks passing"],
  ["step-4-verify-key-features", "- [ ] Login works (JWT sessions valid)"],
  ["step-4-verify-key-features", "- [ ] Member search returns results"],
  ["step-4-verify-key-features", "- [ ] Dues payments page loads"],
  ["step-4-verify-key-features", "- [ ] Stripe webhook endpoint responds (check Stripe dashboard)"],
  ["rollback", "If the deployment fails or introduces issues"],
  ["railway-rollback", "fastest"],
  ["git-based-rollback-revert", "It creates a new commit, so nothing is lost: preferred."],
  ["git-based-rollback-revert", "Railway deploys the revert by itself"],
  ["git-based-rollback-reset", "Destructive: the last resort"],
  ["database-rollback", "Only if migrations caused issues"],
  ["database-rollback", "railway connect postgres"],
  [
    "full-database-restore",
    "For full database restore, follow the [Backup & Restore Runbook](backup-restore.mdx).",
  ],
  ["full-database-restore", '<Include id="restore" runbook="backup-restore" procedure="restore"/>'],
  ["flask-development-server", "That is for Linux and Mac. On Windows:"],
  ["flask-development-server", String.raw`venv\Scripts\activate`],
  ["flask-development-server", "http://localhost:5000"],
  [
    "local-development-deployment",
    "The development server uses `flask run` (port 5000), not `uvicorn` (port 8000). The project uses Flask, not FastAPI.",
  ],
  ["branch-strategy", "| `develop` | Active development (v0.9.4-alpha) | Railway (auto-deploy) |"],
  ["branch-strategy", "| `main` | Stable releases | Manual deploy (currently behind develop) |"],
  ["branch-strategy", "| Feature branches | Individual features | Local only |"],
  [
    "branch-strategy",
    "The `main` branch needs a merge from `develop`. All active work happens on `develop`.",
  ],
  ["contacts", "<Contacts/>"],
  ["cross-references", "| Backup & Restore Runbook | [backup-restore](backup-restore.mdx) |"],
  [
    "cross-references",
    "| Incident Response Runbook | [incident-response](incident-response.mdx) |",
  ],
  [
    "cross-references",
    "| Disaster Recovery Runbook | [disaster-recovery](disaster-recovery.mdx) |",
  ],
  ["cross-references", "| ip2adb CLI Reference | `/docs/reference/ip2adb-cli.md`"],
  [
    "cross-references",
    "| ADR-007: Monitoring Strategy (Sentry) | `/docs/decisions/ADR-007-monitoring-strategy.md`",
  ],
  ["cross-references", "| BUGS_LOG (Bug #006: JWT Secret) | `/docs/BUGS_LOG.md`"],
  ["end-of-session-documentation", "Mandatory: do not skip this step"],
  [
    "end-of-session-documentation",
    "Update *any* and *all* relevant documents to capture progress made this session.",
  ],
  [
    "end-of-session-documentation",
    "Scan `/docs/*` and make or create any relevant updates and documents to keep a historical record as the project progresses.",
  ],
  ["end-of-session-documentation", "Do not forget about ADRs: update as necessary."],
  ["end-of-session-documentation", "Document version 2.0, last updated February 3, 2026."],
];

/** What the seed lets a person do: the target, the inputs that choose it, the step, its words. */
const actions: readonly (readonly [string, Record<string, string>, string, string])[] = [
  ["deployment", {}, "backup/dump", "pg_dump"],
  ["deployment", {}, "run-tests", "pytest -v"],
  ["deployment", { TESTS: "quick" }, "quick-validation", "./ip2adb all --quick"],
  ["deployment", {}, "review-changes", "git log origin/develop..HEAD --oneline"],
  ["deployment", {}, "migrations-clean", "alembic check"],
  ["deployment", {}, "commit", "git add ."],
  ["deployment", {}, "commit", 'git commit -m "$COMMIT_MESSAGE"'],
  ["deployment", {}, "push", "git push origin develop"],
  ["deployment", { METHOD: "manual" }, "upload", "railway up --detach"],
  ["deployment", { METHOD: "manual", LINK_FIRST: "true" }, "link-service", "railway link"],
  ["deployment", { METHOD: "manual", LINK_FIRST: "true" }, "upload-linked", "railway up"],
  ["deployment", {}, "deployment-status", 'Deployments tab → verify "Success" status'],
  ["deployment", {}, "build-log", "Check the build logs for any warnings"],
  ["deployment", {}, "health", '"$APP_URL/health/ready"'],
  ["deployment", {}, "sentry", "Open the Sentry dashboard. Filter by environment: production."],
  ["deployment", {}, "sentry", "Check for new errors in the last 15 minutes."],
  ["deployment", {}, "step-4-verify-key-features", "Login works (JWT sessions valid)"],
  ["deployment", {}, "step-4-verify-key-features-2", "Member search returns results"],
  ["deployment", {}, "step-4-verify-key-features-3", "Dues payments page loads"],
  ["deployment", {}, "step-4-verify-key-features-4", "Stripe webhook endpoint responds"],
  ["deployment", {}, "documentation", "Update any and all relevant documents"],
  ["deployment:first-time", {}, "install-cli", "npm install -g @railway/cli"],
  ["deployment:first-time", {}, "railway-login", "railway login"],
  ["deployment:first-time", {}, "link", "railway link"],
  [
    "deployment:first-time",
    {},
    "jwt-key",
    "railway variables set \"AUTH_JWT_SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(32))')\"",
  ],
  ["deployment:first-time", {}, "flask-env", "railway variables set FLASK_ENV=production"],
  ["deployment:first-time", {}, "remaining-variables", "Set each variable of the table"],
  ["deployment:rollback", {}, "railway-rollback", "railway rollback"],
  [
    "deployment:rollback",
    { ROLLBACK_METHOD: "dashboard" },
    "dashboard-rollback",
    'Deployments tab → find the last good deployment → click "Redeploy"',
  ],
  [
    "deployment:rollback",
    { ROLLBACK_METHOD: "git-revert" },
    "revert",
    'git revert --no-edit "$COMMIT"',
  ],
  [
    "deployment:rollback",
    { ROLLBACK_METHOD: "git-revert" },
    "push-revert",
    "git push origin develop",
  ],
  [
    "deployment:rollback",
    { ROLLBACK_METHOD: "git-reset" },
    "reset",
    'git reset --hard "$GOOD_COMMIT"',
  ],
  [
    "deployment:rollback",
    { ROLLBACK_METHOD: "git-reset" },
    "reset",
    "git push origin develop --force",
  ],
  ["deployment:rollback", { ROLLBACK_METHOD: "database" }, "downgrade", "alembic downgrade -1"],
  ["deployment:rollback", { ROLLBACK_METHOD: "restore" }, "restore/restore", "pg_restore"],
  ["deployment:local", { STACK: "compose" }, "compose-up", "cd ~/Projects/IP2A-Database-v2"],
  ["deployment:local", { STACK: "compose" }, "compose-up", "docker-compose up -d"],
  [
    "deployment:local",
    { STACK: "compose" },
    "compose-migrate",
    "docker exec ip2a-api alembic upgrade head",
  ],
  [
    "deployment:local",
    { STACK: "compose" },
    "compose-health",
    '"http://localhost:$LOCAL_PORT/health"',
  ],
  ["deployment:local", { STACK: "flask" }, "venv", "cd ~/Projects/IP2A-Database-v2"],
  ["deployment:local", { STACK: "flask" }, "venv", "source venv/bin/activate"],
  ["deployment:local", { STACK: "flask" }, "local-environment", "export FLASK_ENV=development"],
  [
    "deployment:local",
    { STACK: "flask" },
    "local-environment",
    'export DATABASE_URL="$LOCAL_DATABASE_URL"',
  ],
  ["deployment:local", { STACK: "flask" }, "flask-migrate", "alembic upgrade head"],
  ["deployment:local", { STACK: "flask" }, "flask-run", "flask run"],
];

/** A value for each input that has no default. */
const given = {
  APP_URL: "https://unioncore.example",
  COMMIT_MESSAGE: "feat: members as CSV",
  COMMIT: "HEAD",
  GOOD_COMMIT: "HEAD~1",
  LINK_PROJECT: "unioncore",
  LINK_SERVICE: "web",
  ACTION: "rollback",
};

describe("the seed's metadata is front matter", () => {
  test.each(metadata)("%s", (path, value) => {
    expect(valueAt(runbookOf("deployment").frontMatter, path)).toEqual(value);
  });

  test("the twelve variables are a contract, in the seed's order", () => {
    const contract = runbookOf("deployment").frontMatter.contracts?.["railway"];
    const found = Object.entries(contract?.variables ?? {}).map(
      ([name, { required, description }]) => [name, required, description],
    );
    expect(found).toEqual(variables);
  });

  test("none of its secrets is open", () => {
    const contract = runbookOf("deployment").frontMatter.contracts?.["railway"];
    const open = Object.entries(contract?.variables ?? {}).flatMap(([name, { secret }]) =>
      secret ? [] : [name],
    );
    expect(open).toEqual([
      "STRIPE_PUBLISHABLE_KEY",
      "S3_ENDPOINT_URL",
      "S3_BUCKET_NAME",
      "FLASK_ENV",
    ]);
  });
});

describe("the seed's words are in their section", () => {
  test.each(words)("%s: %s", (section, text) => {
    expect(sectionText("deployment", section)).toContain(text);
  });
});

describe("what the seed lets a person do can be done", () => {
  test.each(actions)("%s %o: %s holds %s", (target, inputs, id, text) => {
    const { plan, problems } = planOf(target, inputs);
    expect(problems).toEqual([]);
    const step = plan?.steps.find((one) => one.id === id);
    expect(step?.kind === "command" ? step.script : step?.text).toContain(text);
  });

  test("the backup, the tests, the review and the migrations come before the push", () => {
    const ids = planOf("deployment", {}).plan?.steps.map((step) => step.id) ?? [];
    const order = [
      "backup/dump",
      "run-tests",
      "review-changes",
      "migrations-clean",
      "push",
      "health",
    ];
    expect(ids.filter((id) => order.includes(id))).toEqual(order);
  });

  test.each([
    ["git-reset", "reset"],
    ["database", "downgrade"],
    ["restore", "restore/restore"],
  ])("rolling back by %s asks before it destroys", (method, id) => {
    const { plan } = planOf("deployment:rollback", { ROLLBACK_METHOD: method });
    const step = plan?.steps.find((one) => one.id === id);
    expect(step).toMatchObject({
      risk: { level: "destructive" },
      attributes: { confirm: expect.stringMatching(/\?/) as string },
    });
  });

  test.each([
    [
      "generating-the-jwt-secret-key",
      "python -c 'import secrets; print(secrets.token_urlsafe(32))'",
    ],
    ["database-rollback", "railway connect postgres"],
    ["flask-development-server", String.raw`venv\Scripts\activate`],
  ])("in %s, `%s` is shown and never run", (section, script) => {
    const steps = runbookOf("deployment").steps.filter(
      (step) => step.kind === "command" && step.script === script,
    );
    expect(steps).toMatchObject([{ isRunnable: false }]);
    expect(steps[0]?.sectionPath).toContain(section);
  });
});

describe.each(runbookIds)("%s", (id) => {
  test("has no problem", () => {
    expect(library.runbooks.get(id)?.diagnostics).toEqual([]);
  });

  test("leaves no blank of the seed and no broken character", () => {
    expect(sourceOf(id)).not.toMatch(/your-app|<commit-hash>|<good-commit-hash>|<paste-key-here>/);
    expect(sourceOf(id)).not.toMatch(/â€|ðŸ|Ã./);
  });

  test("each of its procedures can be planned", () => {
    const plans = runbookOf(id).procedures.map(({ name }) => planOf(`${id}:${name}`, {}));
    expect(plans.flatMap(({ problems }) => problems)).toEqual([]);
    expect(plans.every(({ plan }) => (plan?.steps.length ?? 0) > 0)).toBe(true);
  });

  test("each of its steps belongs to a procedure", () => {
    const runbook = runbookOf(id);
    const planned = new Set(everyPlannedPlace(runbook));
    const left = runbook.steps.filter((step) => isDone(step) && !planned.has(step.span.start.line));
    expect(left.map((step) => step.id)).toEqual([]);
  });
});

function runbookOf(id: string): Runbook {
  const runbook = library.runbooks.get(id)?.value;
  if (runbook === undefined) throw new Error(`There is no runbook ${id}.`);
  return runbook;
}

function sourceOf(id: string): string {
  return library.sources.get(runbookOf(id).path) ?? "";
}

/** A section's source with all that is below it; line ends are spaces, as in a paragraph. */
function sectionText(id: string, sectionId: string): string {
  const section = runbookOf(id).sections.find((one) => one.id === sectionId);
  if (section === undefined) throw new Error(`${id} has no section ${sectionId}.`);
  const { start, end } = section.span;
  return sourceOf(id).slice(start.offset, end.offset).replaceAll(/\s+/g, " ");
}

function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split(".")) value = (value as Record<string, unknown>)[key];
  return value;
}

function planOf(target: string, inputs: Readonly<Record<string, string>>) {
  const runbook = target.split(":")[0] ?? "";
  // A value for an input that the runbook does not have would be a problem of its own.
  const declared = Object.entries(given).filter(([name]) => knowsInput(runbook, name));
  const { value: plan, diagnostics } = planTarget({
    target,
    runbooks: library.runbooks,
    inputs: new Map([...declared, ...Object.entries(inputs)]),
    selection: { only: [], skip: [] },
  });
  return { plan, problems: diagnostics };
}

/** Inputs of what a runbook includes are its own: incident response reaches deployment's. */
function knowsInput(id: string, name: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (seen.has(id)) return false;
  const runbook = runbookOf(id);
  const included = runbook.steps.flatMap((step) => (step.kind === "include" ? [step.runbook] : []));
  return (
    name in (runbook.frontMatter.inputs ?? {}) ||
    included.some((one) => knowsInput(one, name, new Set([...seen, id])))
  );
}

function isDone(step: Step): boolean {
  return step.kind === "manual" || (step.kind === "command" && step.isRunnable);
}

/** Lines of the runbook's own steps in the plans of its procedures, whatever is chosen. */
function everyPlannedPlace(runbook: Runbook): number[] {
  const choices = Object.entries(runbook.frontMatter.inputs ?? {}).flatMap(([name, input]) => {
    if (input.type === "bool") return [{ [name]: "true" }, { [name]: "false" }];
    return (input.choices ?? []).map((choice) => ({ [name]: String(choice) }));
  });
  const manual = choices.map((choice) => ({ METHOD: "manual", ...choice }));
  const inputs = runbook.id === "deployment" ? [...choices, ...manual] : [{}, ...choices];
  return runbook.procedures.flatMap(({ name }) =>
    inputs.flatMap((chosen) => {
      const steps = planOf(`${runbook.id}:${name}`, chosen).plan?.steps ?? [];
      return steps.filter((step) => step.path === runbook.path).map((step) => step.line);
    }),
  );
}
