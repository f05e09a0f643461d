import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import multitool from "@microsoft/sarif-multitool";
import type { Log, Region } from "sarif";
import { describe, expect, test } from "vitest";
import type { Baseline } from "../../src/model/baseline.ts";
import type { CheckDocument } from "../../src/report/check-report/report-to-json.ts";
import { bash, commitAll, runbook } from "./rule-cases/rule-case.ts";
import { createProject, type FixtureFiles, type FixtureProject } from "./run-opswright.ts";

const compose = "services:\n  db:\n    image: postgres:15\n    container_name: ip2a-db\n";
const drifting: FixtureFiles = {
  "docker-compose.yml": compose,
  "runbooks/a.md": runbook("docker exec ip2a-bd pg_dump -U postgres"),
  "runbooks/b.md": "# B\n\nAll is well.\n",
};

async function checkJson(
  project: FixtureProject,
  ...args: readonly string[]
): Promise<CheckDocument & { readonly exitCode: number | undefined }> {
  const { stdout, stderr, exitCode } = await project.run(["check", "--json", ...args], {
    isRaw: true,
  });
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as CheckDocument), exitCode };
}

const codesOf = ({ diagnostics }: CheckDocument): readonly string[] =>
  diagnostics.map(({ code, path: file, line }) => `${file}:${line} ${code}`);

/** Runs git as nobody in particular. */
async function git(project: FixtureProject, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa(
    "git",
    ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args],
    {
      cwd: project.directory,
      env: { ...project.environment, GIT_CONFIG_GLOBAL: "/dev/null" },
      extendEnv: false,
      stripFinalNewline: false,
    },
  );
  return stdout;
}

describe("check", () => {
  test("shows both sides of a disagreement, and counts", async () => {
    await using project = await createProject(drifting);
    const { stdout, stderr, exitCode } = await project.run(["check"]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 5 });
    const [told = "", result = ""] = stdout.split(/^(?=Checked )/mu);
    expect(told)
      .toBe(`error[compose/unknown-container]: No Compose file makes a container \`ip2a-bd\`.
 --> runbooks/a.md:4:13
  |
4 | docker exec ip2a-bd pg_dump -U postgres
  |             ^^^^^^^
  = note: the container of the service \`db\` is \`ip2a-db\` here
 --> docker-compose.yml:4:21
  |
4 |     container_name: ip2a-db
  |                     ^^^^^^^
  = help: Did you mean \`ip2a-db\`?

`);
    expect(result).toMatch(
      /^Checked 2 runbooks: 1 error in 1 file\.\n\d+ claims?: \d+ agrees? with the repository, 1 differs,/u,
    );
    expect(result).toMatch(/\nRun `opswright explain CODE` to read more about a code\.\n$/u);
  });

  test("fits a terminal of 40 columns", async () => {
    await using project = await createProject(drifting);
    const { stdout } = await project.run(["check", "--verbose"], {
      environment: { COLUMNS: "40" },
    });
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test.each([
    [["--dry-run"], "--dry-run goes with --fix"],
    [["--json", "--format", "sarif"], "--json and --format sarif do not go together"],
    [["--fix", "--dry-run", "--output", "x"], "--fix --dry-run prints a difference, which has no"],
    [["--write-baseline", "--no-baseline"], "--write-baseline and --no-baseline do not"],
    [["--write-baseline", "runbooks/a.md"], "--write-baseline takes all findings of the project"],
    [["--format", "xml"], "option '--format <format>' argument 'xml' is invalid."],
  ])("refuses %j", async (args, message) => {
    await using project = await createProject(drifting);
    const { exitCode, stdout, stderr } = await project.run(["check", ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
  });
});

describe("check --format", () => {
  test("--output writes the report and prints the text", async () => {
    await using project = await createProject(drifting);
    const { stdout, exitCode } = await project.run([
      "check",
      "--format",
      "junit",
      "--output",
      "reports/check.xml",
    ]);
    expect(exitCode).toBe(5);
    expect(stdout).toContain("error[compose/unknown-container]");
    const file = await readFile(path.join(project.directory, "reports/check.xml"), "utf8");
    expect(file).toContain('<testcase classname="opswright.check" name="runbooks/b.md"');
  });

  test("--output without a name is a usage error", async () => {
    await using project = await createProject(drifting);
    const { exitCode, stderr } = await project.run(["check", "--output", ""]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: --output needs the name of a file");
  });

  test("a report that cannot be written is a failing environment", async () => {
    await using project = await createProject(drifting);
    const { exitCode, stderr } = await project.run([
      "check",
      "--format",
      "sarif",
      "--output",
      "runbooks/a.md/x.sarif",
    ]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain("error: The report runbooks/a.md/x.sarif cannot be written.");
  });

  test.each([
    ["github", "::error file=runbooks/a.md,line=4,endLine=4,col=13,endColumn=20,title="],
    ["markdown", "### Runbooks: 1 error in 1 file\n"],
  ])("%s is printed alone", async (format, beginning) => {
    await using project = await createProject(drifting);
    const { stdout, stderr, exitCode } = await project.run(["check", "--format", format]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 5 });
    expect(stdout.startsWith(beginning)).toBe(true);
  });
});

/** Documents whose problems stand behind characters of every width, with all line endings. */
const awkward: FixtureFiles = {
  "docker-compose.yml": compose,
  "opswright.config.json": '{ "rules": { "compose/unknown-container": "warning" } }',
  "runbooks/tabs and ü.md": `# A\r\n\r\n\`\`\`bash\r\n\techo "💥" && docker exec ip2a-bd ls\r\n\`\`\`\r\n`,
  "runbooks/b.md": `\uFEFF# B\n\nÄ 💥 dash â€” here.\n\n${bash('echo "💥" && git revert <commit>', "timeot=30s")}`,
  "runbooks/c.mdx":
    "---\rtitle: C\rsumary: D\r---\r\r```bash\recho 💥\techo $((\r```\r\r{/* opswright-ignore x */}\r",
};

describe("check --format sarif", () => {
  test("is valid by Microsoft's own validator, to its last warning", async () => {
    await using project = await createProject(awkward);
    await project.run(["check", "--format", "sarif", "--output", "check.sarif"]);
    // The package's own install script does this, where npm is allowed to run it.
    await chmod(multitool, 0o755);
    const { stdout, exitCode } = await execa(
      multitool,
      ["validate", "check.sarif", "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas"],
      {
        cwd: project.directory,
        reject: false,
        env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
      },
    );
    expect(exitCode).toBe(0);
    const complaints = stdout.split("\n").filter((line) => /: (?:error|warning) \w+:/u.test(line));
    // There is no published page of Opswright yet.
    expect(complaints.filter((line) => !line.includes("'informationUri'"))).toEqual([]);
    expect(stdout).toContain("1 files scanned.");
  });

  test("the validator does complain where there is something wrong", async () => {
    await using project = await createProject({
      "wrong.sarif": '{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": 1 } } }] }',
    });
    await chmod(multitool, 0o755);
    const { stdout } = await execa(multitool, ["validate", "wrong.sarif"], {
      cwd: project.directory,
      reject: false,
      env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
    });
    expect(stdout).toMatch(/: error \w+:/u);
  });

  test("each region is exactly the text that is blamed", async () => {
    await using project = await createProject(awkward);
    const { results, run } = await readSarif(project);
    expect(run.columnKind).toBe("utf16CodeUnits");
    const cut = await Promise.all(
      results.map(async ({ ruleId, locations }) => {
        const place = locations?.[0]?.physicalLocation;
        return `${ruleId}: ${await cutOut(project, place?.artifactLocation?.uri, place?.region)}`;
      }),
    );
    expect(cut.toSorted()).toEqual(
      expect.arrayContaining([
        "broken-characters: â€”",
        "compose/unknown-container: ip2a-bd",
        "placeholder: <commit>",
        "unknown-attribute: timeot=30s",
        "unknown-key: sumary",
        "suppression/no-reason: {/* opswright-ignore x */}",
      ]),
    );
    const container = results.find(({ ruleId }) => ruleId === "compose/unknown-container");
    const other = container?.relatedLocations?.[0]?.physicalLocation;
    expect(container?.level).toBe("warning");
    expect(await cutOut(project, other?.artifactLocation?.uri, other?.region)).toBe("ip2a-db");
  });

  test("rules are described, and results name them by their index", async () => {
    await using project = await createProject(drifting);
    const { run, results } = await readSarif(project);
    const rules = run.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(["compose/unknown-container"]);
    expect(rules[0]?.help?.markdown).toContain("docker exec ip2a-database");
    expect(rules[0]?.defaultConfiguration?.level).toBe("error");
    expect(rules[results[0]?.ruleIndex ?? -1]?.id).toBe(results[0]?.ruleId);
    expect(run.invocations).toEqual([{ executionSuccessful: true, exitCode: 5 }]);
  });

  test("a fix is what check --fix makes, and nothing else", async () => {
    await using project = await createProject({
      "runbooks/b.md":
        "# B\r\n\r\nÄ 💥 dash â€” here.\r\n\r\n```bash timeot=30s\r\ntrue\r\n```\r\n",
    });
    const { results } = await readSarif(project);
    const file = path.join(project.directory, "runbooks/b.md");
    let text = await readFile(file, "utf8");
    const replacements = results
      .flatMap(({ fixes }) => fixes?.[0]?.artifactChanges[0]?.replacements ?? [])
      .toReversed();
    expect(replacements).toHaveLength(2);
    for (const { deletedRegion, insertedContent } of replacements) {
      const [start, end] = offsetsOf(text, deletedRegion);
      text = text.slice(0, start) + (insertedContent?.text ?? "") + text.slice(end);
    }
    await project.run(["check", "--fix"]);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  test("fingerprints stay when lines move, and tell two of the same line apart", async () => {
    await using project = await createProject(drifting);
    const before = await readFingerprints(project);
    const file = path.join(project.directory, "runbooks/a.md");
    const command = "docker exec ip2a-bd pg_dump -U postgres";
    await writeFile(file, `# New title\n\nMore.\n\n${bash(`${command}\n${command}`)}`);
    const after = await readFingerprints(project);
    expect(after).toHaveLength(2);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[0]);
  });

  test("a problem without a file is a notification", async () => {
    await using project = await createProject({
      ...drifting,
      "opswright.config.json": '{ "rules": { "compose/unknown-contianer": "off" } }',
    });
    const { run, results } = await readSarif(project);
    expect(results).toEqual([]);
    expect(run.invocations?.[0]?.toolConfigurationNotifications).toMatchObject([
      { descriptor: { id: "unknown-rule" }, level: "error" },
    ]);
  });
});

async function readSarif(project: FixtureProject) {
  const { stdout } = await project.run(["check", "--format", "sarif"], { isRaw: true });
  const { runs } = JSON.parse(stdout) as Log;
  const [run] = runs;
  if (run === undefined) throw new Error("The log has no run.");
  return { run, results: run.results ?? [] };
}

async function readFingerprints(project: FixtureProject) {
  const { results } = await readSarif(project);
  return results.map(({ partialFingerprints }) => partialFingerprints);
}

async function cutOut(
  project: FixtureProject,
  uri: string | undefined,
  region: Region | undefined,
): Promise<string> {
  const file = path.join(project.directory, decodeURIComponent(uri ?? ""));
  const text = (await readFile(file, "utf8")).replace(/^\uFEFF/u, "");
  return region === undefined ? "" : text.slice(...offsetsOf(text, region));
}

/** Lines and UTF-16 columns from 1, as SARIF counts them. */
function offsetsOf(text: string, region: Region): [number, number] {
  const starts = [
    0,
    ...Array.from(text.matchAll(/\r\n|\r|\n/gu), (end) => end.index + end[0].length),
  ];
  const { startLine = 0, startColumn = 1, endLine = startLine, endColumn = 1 } = region;
  return [
    (starts[startLine - 1] ?? 0) + startColumn - 1,
    (starts[endLine - 1] ?? 0) + endColumn - 1,
  ];
}

describe("check --fix", () => {
  const wrong =
    "# B\r\n\r\nA dash â€” here.\r\n\r\n```bash timeot=3s retyr=2\r\ndocker exec ip2a-bd ls\r\n```\r\n";

  test("repairs what needs no judgement, tells the rest, and finds nothing more to do", async () => {
    await using project = await createProject({ ...drifting, "runbooks/a.md": wrong });
    const file = path.join(project.directory, "runbooks/a.md");
    await chmod(file, 0o604);
    const { stdout, exitCode } = await project.run(["check", "--fix"]);
    const right = wrong.replace("â€”", "—").replace("timeot", "timeout").replace("retyr", "retry");
    expect(await readFile(file, "utf8")).toBe(right);
    expect((await stat(file)).mode & 0o777).toBe(0o604);
    expect(stdout).toContain("Fixed 3 problems in 1 file.\nChecked 2 runbooks: 1 error in 1 file.");
    expect(exitCode).toBe(5);
    const again = await project.run(["check", "--fix"]);
    expect(again.stdout).toContain("There was nothing to fix.\n");
    expect(await readFile(file, "utf8")).toBe(right);
    expect(await checkJson(project, "--fix")).toMatchObject({ fixed: 0, counts: { error: 1 } });
  });

  test("--dry-run writes nothing, and prints a difference that git applies", async () => {
    await using project = await createProject({ ...drifting, "runbooks/a.md": wrong });
    const file = path.join(project.directory, "runbooks/a.md");
    const { stdout, stderr, exitCode } = await project.run(["check", "--fix", "--dry-run"], {
      isRaw: true,
    });
    expect(stderr).toBe("Would fix 3 problems in 1 file.\n");
    expect(exitCode).toBe(3);
    expect(await readFile(file, "utf8")).toBe(wrong);
    await writeFile(path.join(project.directory, "fix.patch"), stdout);
    await git(project, "init", "--quiet");
    await git(project, "apply", "fix.patch");
    const applied = await readFile(file, "utf8");
    await writeFile(file, wrong);
    await project.run(["check", "--fix"]);
    expect(await readFile(file, "utf8")).toBe(applied);
    expect(applied).not.toBe(wrong);
  });
});

describe("check --changed-since", () => {
  test("tells only what a change can have caused, and how much else there is", async () => {
    await using project = await createProject({
      ...drifting,
      "runbooks/c.md": runbook("docker exec ip2a-web ls"),
    });
    await commitAll(project);
    const unchanged = await checkJson(project, "--changed-since", "HEAD");
    expect(unchanged).toMatchObject({ exitCode: 0, diagnostics: [], hidden: { unchanged: 2 } });
    const document = path.join(project.directory, "runbooks/c.md");
    await writeFile(document, `${await readFile(document, "utf8")}\nMore.\n`);
    expect(codesOf(await checkJson(project, "--changed-since", "HEAD"))).toEqual([
      "runbooks/c.md:4 compose/unknown-container",
    ]);
    const { stdout } = await project.run(["check", "--changed-since", "HEAD"]);
    expect(stdout).toContain("\nNot told: 1 elsewhere than what changed.\n");
  });

  test("counts a document whose other side changed", async () => {
    await using project = await createProject(drifting);
    await commitAll(project);
    await writeFile(path.join(project.directory, "docker-compose.yml"), `${compose}\n# new\n`);
    await git(project, "commit", "--quiet", "--all", "--message", "Compose");
    expect(codesOf(await checkJson(project, "--changed-since", "HEAD~1"))).toEqual([
      "runbooks/a.md:4 compose/unknown-container",
    ]);
  });

  test("a shallow clone is told how the revision is fetched under its name", async () => {
    await using project = await createProject(drifting);
    await commitAll(project);
    await git(project, "clone", "--quiet", "--depth", "1", `file://${project.directory}`, "clone");
    const { exitCode, stderr } = await project.run(["check", "--changed-since", "origin/old"], {
      directory: "clone",
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "run `git fetch origin old:refs/remotes/origin/old` first,\nand say `--changed-since origin/old`.",
    );
  });

  test("an unknown revision is a usage error, no git a failing environment", async () => {
    await using project = await createProject(drifting);
    const without = await project.run(["check", "--changed-since", "main"]);
    expect(without.exitCode).toBe(6);
    expect(without.stderr).toContain("is no git repository, or git is not installed");
    await commitAll(project);
    const unknown = await project.run(["check", "--changed-since", "mian"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain(
      "error: git knows no revision 'mian' here\n(Did you mean main?)\n",
    );
  });
});

describe("the baseline of check", () => {
  const baselinePath = "runbooks/.baseline.json";

  test("lets an old repository start green and only get better", async () => {
    await using project = await createProject({
      ...drifting,
      "runbooks/c.md": runbook("docker exec ip2a-web ls"),
    });
    const file = path.join(project.directory, baselinePath);
    const wrote = await project.run(["check", "--write-baseline"]);
    expect(wrote.exitCode).toBe(0);
    expect(wrote.stdout).toContain(`Wrote 2 known findings to ${baselinePath}.\n`);
    const first = await readFile(file, "utf8");
    expect(first).not.toContain("pg_dump");

    const green = await project.run(["check"]);
    expect(green.exitCode).toBe(0);
    expect(green.stdout).toContain("Checked 3 runbooks: no problems.\nNot told: 2 known by the");
    expect((await checkJson(project, "--no-baseline")).counts.error).toBe(2);

    const document = path.join(project.directory, "runbooks/c.md");
    await writeFile(document, `Moved down.\n\n${runbook("docker exec ip2a-web ls")}`);
    expect((await checkJson(project)).exitCode).toBe(0);
    await writeFile(document, runbook("docker exec ip2a-web ls\ndocker exec ip2a-new ls"));
    expect(codesOf(await checkJson(project))).toEqual([
      "runbooks/c.md:5 compose/unknown-container",
    ]);

    await writeFile(document, "# C\n\nNothing.\n");
    const better = await project.run(["check"]);
    expect(better.exitCode).toBe(0);
    expect(better.stdout).toContain(
      "1 finding is in runbooks/.baseline.json and not there any more: run `opswright\ncheck --write-baseline`.\n",
    );
    expect((await project.run(["check", "runbooks/b.md"])).stdout).not.toContain("not there any");
    await project.run(["check", "--write-baseline"]);
    const { findings } = JSON.parse(await readFile(file, "utf8")) as Baseline;
    expect(findings).toHaveLength(1);
    const kept = JSON.parse(first) as Baseline;
    expect(kept.findings).toEqual(expect.arrayContaining(findings));
  });

  test("can be named, and must be there then", async () => {
    await using project = await createProject(drifting);
    const missing = await project.run(["check", "--baseline", "known.json"]);
    expect(missing.exitCode).toBe(6);
    expect(missing.stderr).toContain("There is no baseline known.json. Write it with");
    await project.run(["check", "--baseline", "known.json", "--write-baseline"]);
    expect((await project.run(["check", "--baseline", "known.json"])).exitCode).toBe(0);
    expect((await project.run(["check"])).exitCode).toBe(5);
  });

  test("never hides what makes a runbook invalid", async () => {
    await using project = await createProject({ "runbooks/a.mdx": "# No front matter\n" });
    const { exitCode, stdout } = await project.run(["check", "--write-baseline"]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain("error[front-matter-missing]");
    expect((await project.run(["check"])).exitCode).toBe(3);
  });
});

describe("explain", () => {
  test("explains a rule with its other file, and how it is suppressed", async () => {
    await using project = await createProject({});
    const { stdout, exitCode } = await project.run(["explain", "compose/unknown-container"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^A container that no Compose file makes \(compose\/unknown-container, error\)\n/u,
    );
    expect(stdout).toContain("\nWith this docker-compose.yml:\n  services:\n");
    expect(stdout).toContain("\n  {/* opswright-ignore compose/unknown-container: REASON */}\n");
  });

  test("lists all codes by group, no wider than the terminal", async () => {
    await using project = await createProject({});
    const { stdout } = await project.run(["explain"]);
    expect(stdout).toMatch(/^Runbooks, plans and runs\n {2}not-utf8 /u);
    expect(stdout).toMatch(/\n\ncompose\n {2}compose\/unknown-container +A container/u);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("asks for the nearest code, and completes those of rules", async () => {
    await using project = await createProject({});
    const wrong = await project.run(["explain", "compose/unknown-contianer"]);
    expect(wrong.stderr).toContain("(Did you mean compose/unknown-container?)");
    const { stdout } = await project.run(["__complete", "codes"]);
    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining(["compose/unknown-container", "unknown-key"]),
    );
  });
});
