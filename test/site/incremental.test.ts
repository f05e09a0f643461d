import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "./build-site.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/site");
const timeoutMs = 240_000;
const environment = { OPSWRIGHT_TODAY: "2026-02-03" };

let project: string;
let kept: BuiltSite;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), "opswright-incremental-"));
  await cp(fixture, project, { recursive: true });
  kept = await buildSite(project, { environment });
}, timeoutMs);

afterAll(async () => {
  await kept?.remove();
  await rm(project, { recursive: true });
});

/** Every file of a folder by its path, with the digest of its bytes. */
async function digestFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const digest = createHash("sha256").update(await readFile(file));
        return [path.relative(folder, file), digest.digest("hex")] as const;
      }),
    ),
  );
}

/** Builds once more with what earlier builds kept, and anew with nothing kept; both are the same. */
async function expectSameAsClean(extra: Record<string, string> = {}): Promise<BuiltSite> {
  const again = await kept.rebuild(extra);
  const clean = await buildSite(project, { environment: { ...environment, ...extra } });
  try {
    const [ofAgain, ofClean] = [await digestFolder(again.folder), await digestFolder(clean.folder)];
    expect(ofClean.size).toBeGreaterThan(10);
    expect(Object.fromEntries(ofAgain)).toEqual(Object.fromEntries(ofClean));
  } finally {
    await clean.remove();
  }
  return again;
}

const inProject = (name: string): string => path.join(project, "runbooks", name);

describe("a build that keeps what it can gives every byte of one that keeps nothing, after", () => {
  test(
    "a runbook has changed",
    async () => {
      const text = await readFile(inProject("plain.md"), "utf8");
      await writeFile(inProject("plain.md"), text.replace("df -h", "df -h /var/log"));
      const { log, pages } = await expectSameAsClean();
      expect(log).toContain(" 1 of them new or changed");
      expect(JSON.stringify(pages.get("/runbooks/plain/"))).toContain("/var/log");
    },
    timeoutMs,
  );

  test(
    "one that others include has changed, one was added and one removed, a step was verified",
    async () => {
      const text = await readFile(inProject("db/restore.md"), "utf8");
      await writeFile(
        inProject("db/restore.md"),
        `${text.replace(/^title: .*$/mu, "title: Another title")}\n## One more\n\n\`\`\`bash\necho more\n\`\`\`\n`,
      );
      await writeFile(inProject("added.md"), "# Added\n\n```bash\necho added\n```\n");
      await rm(inProject("odd name's.md"));
      const verifiedAt = "2026-02-01T10:00:00.000Z";
      const digest = "0".repeat(64);
      const entry = { digest, verifiedAt, how: "live", target: "deploy", tools: {} };
      await writeFile(
        inProject(".verified.json"),
        JSON.stringify({ schemaVersion: 1, runbooks: { deploy: { push: entry } } }),
      );
      const { pages } = await expectSameAsClean();
      expect(JSON.stringify(pages.get("/"))).toContain("Another title");
      expect([...pages.keys()]).toContain("/runbooks/added/");
      expect([...pages.keys()].some((address) => address.includes("odd name"))).toBe(false);
      expect(JSON.stringify(pages.get("/runbooks/deploy/"))).toContain(verifiedAt.slice(0, 10));
    },
    timeoutMs,
  );

  test(
    "the day has changed",
    async () => {
      const text = await readFile(inProject("added.md"), "utf8");
      const head = "---\ntitle: Added\nreviewed: 2026-02-01\nreviewEvery: 30d\n---\n\n";
      await writeFile(inProject("added.md"), head + text);
      const before = await kept.rebuild();
      const after = await expectSameAsClean({ OPSWRIGHT_TODAY: "2026-06-01" });
      const shown = (site: BuiltSite): string => JSON.stringify(site.pages.get("/runbooks/added/"));
      expect(shown(after)).not.toBe(shown(before));
      // Nobody wrote anything: what does not tell of days is kept.
      expect(after.log).toContain("/runbooks/plain/index.html (restored)");
    },
    timeoutMs,
  );
});
