import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { DiagnosticsDocument } from "../../src/report/diagnostics-to-json.ts";
import { bash, commitAll, runbook } from "./rule-cases/rule-case.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const compose = "services:\n  db:\n    container_name: ip2a-db\n";
const wrong = runbook("docker logs ip2a-bd");

/** What a check tells, as `code path:line`; it must have ended in an orderly way. */
async function tellProblems(
  project: FixtureProject,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const call = await project.run(["check", "--json"], { isRaw: true, environment });
  expect([0, 3, 5], call.stderr + call.stdout).toContain(call.exitCode);
  expect(call.stderr).toBe("");
  const { diagnostics } = JSON.parse(call.stdout) as DiagnosticsDocument;
  return diagnostics.map(({ code, path: file, line }) => `${code} ${file}:${line}`);
}

describe.concurrent("what cannot be read is a finding, and the rest goes on", () => {
  test.each([
    ["YAML", "compose.override.yml", "services:\n  db: [\n"],
    ["YAML with a tab", "compose.prod.yml", "services:\n\tdb: x\n"],
    ["YAML that multiplies", "compose.bomb.yml", billionLaughs()],
    ["bytes", "compose.bytes.yml", Uint8Array.from([0x73, 0xff, 0xfe])],
    ["an enormous file", "compose.big.yml", `# ${"x".repeat(2 * 1024 * 1024)}\n`],
  ])("a Compose file: %s", async (_what, name, content) => {
    await using project = await createProject({
      "docker-compose.yml": compose,
      [name]: content,
      "runbooks/a.md": wrong,
    });
    const told = await tellProblems(project);
    expect(told).toContainEqual(expect.stringMatching(`^repository/unreadable-file ${name}:`));
    expect(told).toContainEqual("compose/unknown-container runbooks/a.md:4");
  });

  test("links: a loop, one out of the root, one to nothing", async () => {
    await using project = await createProject({
      "docker-compose.yml": compose,
      "runbooks/a.md": wrong,
    });
    const at = (name: string): string => path.join(project.directory, name);
    await symlink("loop.yml", at("loop.yml"));
    await symlink("/etc/passwd", at("compose.leak.yml"));
    await symlink("nowhere", at("compose.gone.yml"));
    await symlink("..", at("runbooks/up"));
    const told = await tellProblems(project);
    expect(told.toSorted()).toEqual([
      "compose/unknown-container runbooks/a.md:4",
      "repository/unreadable-file compose.leak.yml:null",
    ]);
  });

  test("CRLF files: places are as exact", async () => {
    await using project = await createProject({
      "docker-compose.yml": compose.replaceAll("\n", "\r\n"),
      "runbooks/a.md": wrong.replaceAll("\n", "\r\n"),
    });
    const call = await project.run(["check", "--json"], { isRaw: true });
    const { diagnostics } = JSON.parse(call.stdout) as DiagnosticsDocument;
    expect(diagnostics.find(({ code }) => code === "compose/unknown-container")).toMatchObject({
      line: 4,
      column: 13,
      endColumn: 20,
      related: [{ path: "docker-compose.yml", line: 3, column: 21, endColumn: 28 }],
    });
  });
});

test("git absent: files are found all the same, and what git would tell is not judged", async () => {
  await using project = await createProject({
    "docker-compose.yml": compose,
    "runbooks/a.md": `${wrong}\n${bash("git push origin develop")}`,
  });
  const node = path.dirname(process.execPath);
  const told = await tellProblems(project, { PATH: node });
  expect(told.filter((line) => line.startsWith("git/"))).toEqual([]);
  expect(told).toContainEqual("compose/unknown-container runbooks/a.md:4");
});

test("a repository of 50,000 files: ignored ones are no facts, and it ends soon", async () => {
  await using project = await createProject({
    ".gitignore": "vendor/\n",
    "docker-compose.yml": compose,
    "vendor/docker-compose.yml": compose.replace("ip2a-db", "ip2a-bd"),
    "runbooks/a.md": wrong,
  });
  await writeMany(project, 50_000);
  await commitAll(project);
  const start = performance.now();
  const alone = await createProject({ "docker-compose.yml": compose, "runbooks/a.md": wrong });
  await tellProblems(alone);
  const ofFew = performance.now() - start;
  await alone[Symbol.asyncDispose]();
  const begin = performance.now();
  expect(await tellProblems(project)).toContainEqual("compose/unknown-container runbooks/a.md:4");
  // A ratio, since the machine is shared: the many files may cost no more than the start of Node.
  expect((performance.now() - begin) / ofFew).toBeLessThan(10);
});

async function writeMany(project: FixtureProject, count: number): Promise<void> {
  for (let folder = 0; folder < count / 500; folder += 1) {
    const place = path.join(project.directory, `src/part-${folder}`);
    await mkdir(place, { recursive: true });
    await Promise.all(
      Array.from({ length: 500 }, (_, index) => writeFile(path.join(place, `${index}.txt`), "")),
    );
  }
}

/** Aliases of aliases: nine lines that would be billions of nodes. */
function billionLaughs(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 10; level += 1) {
    const alias = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => alias).join(", ")}]`);
  }
  return `${lines.join("\n")}\nservices: *a9\n`;
}
