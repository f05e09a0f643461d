import { existsSync, readFileSync, readdirSync } from "node:fs";
import { chmod } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { bash, mdx } from "./rule-cases/rule-case.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const real = "a-real-secret";
const rehearsed = "for-the-rehearsal";

const deploy = mdx(
  `## Main\n\n${bash('echo "$TOKEN ${#TOKEN}"; printf "%s" "$TOKEN" | base64; echo "$PIN ${#PIN}"', "id=show")}`,
  `inputs:
  TOKEN: { type: secret, required: true, from: vault }
contracts:
  box: { variables: { PIN: { secret: true, from: vault } } }
`,
);

/** A project whose vault tells when it was asked, and whose world has these cases. */
async function createDrill(cases: string, further = ""): Promise<FixtureProject> {
  const folder = "runbooks/_worlds/tiny";
  const project = await createProject({
    "bin/vault": `#!/bin/bash\ntouch "\${BASH_SOURCE%/*}/../asked"; echo ${real}\n`,
    "runbooks/deploy.mdx": deploy,
    [`${folder}/world.yaml`]: `title: Tiny\nsetup: setup\nteardown: teardown\n${further}cases:\n${cases}`,
    [`${folder}/setup`]: `#!/bin/sh\necho "MADE=${rehearsed}" >> "$WORLD_ENV"\n`,
    [`${folder}/teardown`]: "#!/bin/sh\n",
    [`${folder}/verify`]: `#!/bin/sh\necho "I saw ${rehearsed}"\nexit 1\n`,
  });
  for (const name of ["setup", "teardown", "verify"]) {
    await chmod(path.join(project.directory, folder, name), 0o755);
  }
  return project;
}

/** With the real secrets at hand, where a drill must not find them. */
function drill(project: FixtureProject, ...args: readonly string[]) {
  const environment = { TOKEN: real, PIN: real };
  return project.run(["drill", ...args], { environment, isRaw: true });
}

function expectNothingReal({ directory }: FixtureProject, shown: string): void {
  expect(existsSync(path.join(directory, "asked"))).toBe(false);
  const encoded = Buffer.from(rehearsed).toString("base64").slice(0, 16);
  const texts = [shown];
  const runs = path.join(directory, ".opswright/runs");
  if (existsSync(runs)) {
    const entries = readdirSync(runs, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(3);
    texts.push(
      ...files.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, "utf8")),
    );
  }
  for (const text of texts) {
    for (const trace of [real, rehearsed, encoded]) expect(text).not.toContain(trace);
  }
}

test("a case gives a secret its value for the rehearsal, which is shown and kept nowhere", async () => {
  await using project = await createDrill(
    `  - { name: all, target: deploy, inputs: { TOKEN: "\${MADE}" } }\n`,
    `environment: { PIN: ${rehearsed} }\n`,
  );
  const { exitCode, stdout, stderr } = await drill(project, "deploy", "--no-ledger");
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toContain("[secret TOKEN] 17\n");
  expect(stdout).toContain("17\n");
  expectNothingReal(project, stdout + stderr);
});

test("the world's environment gives what the case does not, and verify shows none of it", async () => {
  await using project = await createDrill(
    "  - { name: all, target: deploy, verify: verify }\n",
    `environment: { PIN: ${rehearsed}, TOKEN: ${rehearsed} }\n`,
  );
  const { exitCode, stdout, stderr } = await drill(project, "deploy", "--no-ledger");
  expect(exitCode, stdout + stderr).toBe(4);
  expect(stdout).toContain(" 17\n");
  expect(stderr).toMatch(/I saw \[secret (?:TOKEN|PIN)\]/u);
  expectNothingReal(project, stdout + stderr);
});

test("a secret without a value for the rehearsal ends the drill and says where to write it", async () => {
  await using project = await createDrill(
    "  - { name: all, target: deploy }\n  - { name: half, target: deploy, inputs: { TOKEN: x-y-z } }\n",
  );
  const without = await drill(project, "deploy");
  expect(without.exitCode).toBe(3);
  const told = without.stderr.replaceAll(/\s+/gu, " ");
  expect(told).toContain("error[missing-input]: The input `TOKEN` has no value.");
  expect(told).toContain(
    "write `TOKEN: VALUE` under `inputs` of the case `all` in runbooks/_worlds/tiny/world.yaml.",
  );
  const half = await drill(project, "deploy", "--case", "half");
  expect(half.exitCode).toBe(6);
  expect(half.stderr.replaceAll(/\s+/gu, " ")).toContain(
    "write `PIN: VALUE` under `environment` in runbooks/_worlds/tiny/world.yaml.",
  );
  expectNothingReal(project, without.stdout + without.stderr + half.stdout + half.stderr);
});
