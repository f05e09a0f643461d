import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import opswright from "../../src/astro.ts";

const root = path.resolve(import.meta.dirname, "../..");
const timeoutMs = 240_000;

/** A team's own site in Astro, with runbooks beside it. */
const files = {
  "package.json": '{ "private": true, "type": "module" }',
  "astro.config.mjs": `import opswright from ${JSON.stringify(path.join(root, "src/astro.ts"))};
export default { base: "/docs", integrations: [opswright({ path: "team/ops" })] };
`,
  "src/pages/index.astro": "<html><body><h1>The team</h1></body></html>",
  "src/pages/operations.astro": "<html><body><h1>Operations</h1></body></html>",
  "runbooks/restart.md": "# Restart it\n\n```bash\nsystemctl restart api\n```\n",
};

let team: string;

beforeAll(async () => {
  team = await mkdtemp(path.join(tmpdir(), "opswright-team-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(team, name)), { recursive: true });
    await writeFile(path.join(team, name), text);
  }
  await symlink(path.join(root, "node_modules"), path.join(team, "node_modules"), "dir");
});

afterAll(async () => {
  await rm(team, { recursive: true });
});

// Astro goes by what a test runner sets for itself.
const { PATH, HOME } = process.env;
const environment = { PATH, HOME, ASTRO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };

function startAstro(args: readonly string[]) {
  const astro = path.join(root, "node_modules/astro/bin/astro.mjs");
  return execa(process.execPath, [astro, ...args], {
    cwd: team,
    all: true,
    reject: false,
    stdin: "ignore",
    env: environment,
    extendEnv: false,
  });
}

const read = (name: string): Promise<string> => readFile(path.join(team, "dist", name), "utf8");

describe("the integration for a site in Astro", () => {
  test(
    "builds the runbooks' site into the team's own, below both of its paths",
    async () => {
      const { all, exitCode } = await startAstro(["build"]);
      expect(all).toMatch(/\[opswright\] \d+ pages of 1 runbook in /u);
      expect(exitCode).toBe(0);
      expect(await read("index.html")).toContain("The team");
      expect(await read("team/ops/runbooks/restart/index.html")).toContain("Restart it");
      expect(await read("team/ops/index.html")).toContain(
        'href="/docs/team/ops/runbooks/restart/"',
      );
    },
    timeoutMs,
  );

  test(
    "ends the build, with what is wrong, where the runbooks cannot be read",
    async () => {
      const settings = path.join(team, "opswright.config.json");
      await writeFile(settings, '{ "site": { "base": "x" } }');
      const { all, exitCode } = await startAstro(["build"]);
      await rm(settings);
      expect(all).toContain("site.base");
      expect(exitCode).not.toBe(0);
    },
    timeoutMs,
  );

  test(
    "leads to a server of the runbooks while the team's site is developed, and ends it too",
    async () => {
      const own = startAstro(["dev", "--port", "0"]);
      const ended = own.then(({ all }) => {
        throw new Error(all);
      });
      const address = await Promise.race([findAddress(own.stdout), ended]);
      const answer = await fetch(`${address}/team/ops/runbooks/restart/?HOST=a#step`);
      expect(await answer.text()).toContain("<title>Restart it");
      expect(new URL(answer.url).pathname).toBe("/docs/team/ops/runbooks/restart/");
      expect(new URL(answer.url).search).toBe("?HOST=a");
      expect(new URL(answer.url).port).not.toBe(new URL(address).port);
      expect(await (await fetch(`${address}/operations`)).text()).toContain("Operations");
      // However it ends: nothing of the team's site can tell the other one to end now.
      own.kill("SIGKILL");
      await expect(ended).rejects.toThrow();
      await untilNobodyAnswers(answer.url);
      await expect(fetch(answer.url)).rejects.toThrow();
    },
    timeoutMs,
  );

  test.each(["", "/", "..", "a/../b", "a b", "https://x"])("refuses %j for a path", (name) => {
    expect(() => opswright({ path: name })).toThrow("must be a path below the site");
  });

  test("takes a path with slashes around it", () => {
    expect(opswright({ path: "/ops/" }).name).toBe("opswright");
  });
});

/** Asks until nobody answers; the test's own time limit ends it. */
async function untilNobodyAnswers(address: string): Promise<void> {
  while (
    await fetch(address).then(
      () => true,
      () => false,
    )
  ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What `astro dev` prints about where it listens: `http://localhost:41234/docs`. */
async function findAddress(stdout: Readable): Promise<string> {
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/localhost:\d+\/docs/u.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  return new Promise(() => {});
}
