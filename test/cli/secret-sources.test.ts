import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { DiagnosticsDocument } from "../../src/report/diagnostics-to-json.ts";
import { bash, mdx } from "./rule-cases/rule-case.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const token = "Tr0ub4dor-and-3";

/** Leaves a line in `asked` each time that it is run. */
const ask = `#!/bin/bash
echo "asked $1 from $PWD" >> asked
echo "the vault is open" >&2
[ "$1" = sealed ] && { echo ${token}; echo "sealed: ${token}" >&2; exit 3; }
printf '%s\\nlogin: me\\n' ${token}
`;

const frontMatter = `inputs:
  NAME: { default: db }
  TOKEN: { type: secret, from: vault "$NAME", description: The token }
  KEY: { type: secret, from: { file: keys/key } }
`;
const show = bash('echo "${#TOKEN} ${#KEY}"; echo "$TOKEN"; [ -n "$KEY" ]', "id=show");
const files = {
  "bin/vault": ask,
  "runbooks/a.mdx": mdx(show, frontMatter),
  "keys/key": "line one\nline two\n\n",
};

/** Undoes that lines are wrapped. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}

function countAsked({ directory }: FixtureProject): number {
  const file = path.join(directory, "asked");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

function listRunFiles(directory: string): readonly string[] {
  const folder = path.join(directory, ".opswright/runs");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test("a run reads secrets from a command and a file, and shows neither", async () => {
  await using project = await createProject(files);
  const { exitCode, stdout, stderr } = await project.run(["run", "a"]);
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toContain("  │ 15 18\n  │ [secret TOKEN]\n");
  expect(stdout).toContain('  TOKEN  from the command `vault "$NAME"` (secret)\n');
  expect(stdout).toContain("  KEY    from the file `keys/key` (secret)\n");
  expect(stderr).toContain('Reading TOKEN from the command `vault "$NAME"`\nthe vault is open\n');
  expect(readFileSync(path.join(project.directory, "asked"), "utf8")).toBe(
    `asked db from ${project.directory}\n`,
  );
  expect(stdout + stderr).not.toContain(token);
  const recorded = listRunFiles(project.directory);
  expect(recorded.length).toBeGreaterThan(3);
  for (const file of recorded) {
    const text = readFileSync(file, "utf8");
    expect(text.includes(token) || text.includes("line two"), file).toBe(false);
  }
});

test("what is given counts before the environment, and that before the source", async () => {
  await using project = await createProject({ ...files, "given.env": "TOKEN=of-the-file\n" });
  const environment = { TOKEN: "of-the-environment", KEY: "key-of-it" };
  for (const [args, length] of [
    [["--input", "TOKEN=given"], 5],
    [["--inputs", "given.env"], 11],
    [[], 18],
  ] as const) {
    const { stdout } = await project.run(["run", "a", ...args], { environment });
    expect(stdout).toContain(`  │ ${length} 9\n`);
    expect(stdout).toContain("  TOKEN  •••• (secret)\n");
  }
  expect(countAsked(project)).toBe(0);
});

describe("nothing but a run reads a secret:", () => {
  test.each([
    ["list"],
    ["show", "a"],
    ["show", "a", "--json"],
    ["plan", "a"],
    ["plan", "a", "--json"],
    ["run", "a", "--dry-run"],
    ["check"],
    ["tangle", "a"],
  ])("%s %s %s", async (...args) => {
    await using project = await createProject(files);
    const words = args.filter((word) => word !== undefined);
    const { stdout, stderr } = await project.run(words);
    expect(stdout.length).toBeGreaterThan(20);
    expect(stdout + stderr).not.toContain(token);
    expect(countAsked(project)).toBe(0);
  });
});

test("a plan says where it will be read, and that this may fail", async () => {
  await using project = await createProject(files);
  const { exitCode, stdout } = await project.run(["plan", "a"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('  TOKEN  from the command `vault "$NAME"` (secret)\n');
  expect(stdout).toContain("Whether there is a value for KEY, TOKEN: a run reads it");
  const { plan } = JSON.parse((await project.run(["plan", "a", "--json"])).stdout) as {
    plan: { inputs: readonly { name: string }[] };
  };
  expect(plan.inputs.find(({ name }) => name === "TOKEN")).toMatchObject({
    source: "from",
    from: { command: 'vault "$NAME"' },
  });
  expect((await project.run(["show", "a"])).stdout).toContain(
    '  TOKEN  secret, from the command `vault "$NAME"` — The token\n',
  );
});

test("where sources fail, all of them are told, nothing is run and nothing of them is shown", async () => {
  await using project = await createProject({
    ...files,
    "runbooks/a.mdx": mdx(show, frontMatter.replace("vault", "vault sealed").replace("/key", "/x")),
  });
  const { exitCode, stdout, stderr } = await project.run(["run", "a"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
  expect(onOneLine(stderr)).toContain(
    'error[secret-source]: The secret `TOKEN` cannot be read from the command `vault sealed "$NAME"`: exit code 3.',
  );
  expect(onOneLine(stderr)).toContain(
    "error[secret-source]: The secret `KEY` cannot be read from the file `keys/x`: there is no file [DIR]/keys/x.",
  );
  expect(onOneLine(stderr)).toContain(
    "Run the command by hand and put right what it reports, or set `TOKEN` in the environment.",
  );
  expect(stderr).toContain("sealed: [secret value]\n");
  expect(stderr).toContain("Nothing was run.\n");
  expect(stderr).not.toContain(token);
  expect(listRunFiles(project.directory)).toEqual([]);

  const json = await project.run(["run", "a", "--json"]);
  expect(json.exitCode).toBe(6);
  const told = JSON.parse(json.stdout) as DiagnosticsDocument & { type: string };
  expect(told.type).toBe("refused");
  expect(told.diagnostics.map(({ code }) => code)).toEqual(["secret-source", "secret-source"]);
  expect(json.stdout + json.stderr).not.toContain(token);
});

describe("a source that gives nothing of use is refused:", () => {
  test.each([
    ["true", "it printed nothing"],
    ["echo; echo later", "the first line that it printed is empty"],
    ["kill -TERM $$", "it was ended by SIGTERM"],
    [String.raw`printf "a\\0b"`, "it holds a NUL byte, which no environment variable can"],
    [String.raw`printf "\\xff\\xfe"`, "it is no UTF-8 text"],
    ["head -c 200000 /dev/zero", "it is longer than 120 KB, which is more than an environment"],
    ["{ file: empty }", "[DIR]/empty is empty"],
    ["{ file: . }", "[DIR] is no regular file"],
    ["{ file: ~/gone/x }", "there is no file [HOME]/gone/x"],
  ])("%s", async (from, reason) => {
    await using project = await createProject({
      ...files,
      empty: "\n",
      "runbooks/a.mdx": mdx(
        bash("touch begun; : $TOKEN"),
        `inputs:\n  TOKEN:\n    type: secret\n    from: ${from.startsWith("{") ? from : JSON.stringify(from).replaceAll("\\\\\\\\", "\\\\")}\n`,
      ),
    });
    const { exitCode, stdout } = await project.run(["run", "a", "--json"]);
    expect(exitCode).toBe(6);
    const { diagnostics } = JSON.parse(stdout) as DiagnosticsDocument;
    const home = project.environment["HOME"] ?? "";
    const [message = ""] = diagnostics.map((one) => one.message.replace(home, "[HOME]"));
    expect(message).toContain(`: ${reason}`);
    expect(existsSync(path.join(project.directory, "begun"))).toBe(false);
  });
});

test("a file in the home folder, with Windows line ends, is read but for its last one", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": mdx(
      bash('printf "%s|%s|%s\\n" "${#A}" "${#B}" "${#C}"; : "$A$B$C"'),
      `inputs:
  A: { type: secret, from: { file: ~/a } }
  B: { type: secret, from: { file: $HOME/a } }
  C: { type: secret, from: { file: "\${HOME}/sub/a" } }
`,
    ),
  });
  const home = project.environment["HOME"] ?? "";
  await mkdir(path.join(home, "sub"));
  await writeFile(path.join(home, "a"), "12345\r\n");
  await writeFile(path.join(home, "sub/a"), "1234567\n\n");
  const { stdout, stderr } = await project.run(["run", "a"]);
  expect(stdout, stderr).toContain("  │ 5|5|8\n");
});

test("a secret that no selected step reads is left where it is", async () => {
  await using project = await createProject({
    ...files,
    "runbooks/a.mdx": mdx(show + bash("echo plain", "id=plain"), frontMatter),
  });
  const { exitCode, stdout } = await project.run(["run", "a#plain"]);
  expect({ exitCode, asked: countAsked(project) }).toEqual({ exitCode: 0, asked: 0 });
  expect(stdout).toContain("  TOKEN  (no value)\n");
});

test("a condition holds for a secret that is to be read, and a choice cannot ask for it", async () => {
  await using project = await createProject({
    ...files,
    "runbooks/a.mdx": mdx(bash("echo there", "id=there when=TOKEN"), frontMatter),
    "runbooks/b.mdx": mdx(bash("echo there", "id=there when=TOKEN=x"), frontMatter),
  });
  expect((await project.run(["run", "a"])).stdout).toContain("  │ there\n");
  expect(countAsked(project)).toBe(1);
  const chosen = await project.run(["run", "b"]);
  expect(chosen.exitCode).toBe(3);
  expect(chosen.stderr).toContain("error[missing-input]: The input `TOKEN` has no value");
  expect(countAsked(project)).toBe(1);
});

test("a variable of a contract is read, and its probe is asked when it is there", async () => {
  const contracts = `contracts:
  box: { variables: { PIN: { secret: true, from: vault pin } } }
  far:
    probe: 'echo "SEEN=$PIN"'
    variables: { SEEN: {} }
`;
  await using project = await createProject({
    ...files,
    "runbooks/a.mdx": mdx(
      bash('echo "$PIN ${#PIN}"', "id=pin"),
      `${contracts}procedures: { all: { contracts: [box, far], steps: [{ step: pin }] } }\n`.replace(
        "section: a",
        "section: a",
      ),
    ),
  });
  const planned = await project.run(["plan", "a"]);
  expect(onOneLine(planned.stdout), planned.stderr).toContain(
    "PIN (where not set, from the command `vault pin`)",
  );
  const { exitCode, stdout, stderr } = await project.run(["run", "a"]);
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toContain("  │ [secret PIN] 15\n");
  expect(countAsked(project)).toBe(1);
  const given = await project.run(["run", "a"], { environment: { PIN: "98765" } });
  expect(given.stdout).toContain("  │ [secret PIN] 5\n");
  expect(countAsked(project)).toBe(1);
});

test("a run that goes on, and its rollback, read it anew, and are refused where they cannot", async () => {
  await using project = await createProject({
    ...files,
    "runbooks/a.mdx": mdx(
      `## Main\n\n${bash('echo "$TOKEN"; [ -e go ]', "id=show")}\n## Back\n\n${bash('echo "back ${#TOKEN}"', "id=back")}`,
      `${frontMatter}procedures:\n  main: { onFailure: undo, steps: [{ section: main }] }\n  undo: { steps: [{ section: back }] }\n`,
    ),
  });
  const args = ["--rollback", "never"];
  expect((await project.run(["run", "a:main", ...args])).exitCode).toBe(4);
  const vault = path.join(project.directory, "bin/vault");
  await rm(vault);
  const refused = await project.run(["resume", ...args, "--json"]);
  expect(refused.exitCode).toBe(6);
  const told = JSON.parse(refused.stdout) as DiagnosticsDocument & { type: string };
  expect(told).toMatchObject({ type: "refused", diagnostics: [{ code: "secret-source" }] });
  expect(refused.stdout.trimEnd()).not.toContain("\n");

  await writeFile(vault, ask, { mode: 0o755 });
  const resumed = await project.run(["resume", ...args]);
  expect(resumed.exitCode, resumed.stderr).toBe(4);
  expect(resumed.stdout).toContain("  │ [secret TOKEN]\n");
  const back = await project.run(["rollback"]);
  expect(back.exitCode, back.stderr).toBe(0);
  expect(back.stdout).toContain("  │ back 15\n");
  expect(countAsked(project)).toBe(3);
  for (const file of listRunFiles(project.directory)) {
    expect(readFileSync(file, "utf8").includes(token), file).toBe(false);
  }
});
