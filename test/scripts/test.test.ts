import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
let folder: string;

/** A repository with the real `scripts/test`, a Vitest that tells its arguments, and one test each. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "opswright-test-"));
  await write("node_modules/.bin/vitest", 'echo "vitest $*"; exit "${VITEST_EXIT:-0}"');
  await write("scripts/ensure-install", ":");
  await write("scripts/provision-world", 'echo "Nothing is missing."');
  await copyFile(path.join(root, "scripts/test"), path.join(folder, "scripts/test"));
  for (const project of ["contract", "cli", "world", "remote", "site", "browser"]) {
    await write(`test/${project}/a.test.ts`, "");
  }
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(file: string, script: string): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, `#!/bin/sh\n${script}\n`);
  await chmod(target, 0o755);
}

function runTests(
  environment: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<{ code: number | string | undefined; output: string }> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    OPSWRIGHT_CHROMIUM: "/bin/true",
    OPSWRIGHT_SSHD: "/bin/true",
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(
      "/bin/bash",
      ["scripts/test", ...args],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? undefined) : 0, output: stdout + stderr });
      },
    );
  });
}

describe("scripts/test", () => {
  test("runs everything where everything is there, and hands its arguments on", async () => {
    expect(await runTests({}, ["test/parse"])).toEqual({
      code: 0,
      output: "vitest run test/parse\n",
    });
  });

  test("leaves the world out where it is missing, and says so after the results", async () => {
    await write("scripts/provision-world", 'echo "Missing packages: postgresql"; exit 6');
    const { code, output } = await runTests();
    expect(code).toBe(0);
    expect(output).toBe(
      [
        "vitest run --project !world",
        "",
        "NOT RUN on this machine:",
        "  world (test/world/): Missing packages: postgresql. To install them: scripts/provision-world",
        "",
      ].join("\n"),
    );
  });

  test("leaves the browser out where there is none, and says so after the results", async () => {
    // Nothing but what the script itself needs is on this PATH.
    const bin = path.join(folder, "bin");
    await mkdir(bin);
    for (const name of ["bash", "sh", "find", "dirname"]) {
      await symlink(path.join("/usr/bin", name), path.join(bin, name));
    }
    const { code, output } = await runTests({ PATH: bin, OPSWRIGHT_CHROMIUM: "" });
    expect(code).toBe(0);
    expect(output).toContain("vitest run --project !browser\n");
    expect(output).toContain("browser (test/browser/): Chromium is missing. To install it:");
  });

  test("leaves the SSH server out where there is none, and says so after the results", async () => {
    const { code, output } = await runTests({ OPSWRIGHT_SSHD: "/no/such/sshd" });
    expect(code).toBe(0);
    expect(output).toContain("vitest run --project !remote\n");
    expect(output).toContain("remote (test/remote/): sshd is missing. To install it: apt-get");
  });

  test("says so where a project has no test", async () => {
    await rm(path.join(folder, "test/cli"), { recursive: true });
    expect((await runTests()).output).toContain("cli: there is no test in test/cli/.");
  });

  test("fails in CI where anything is missing, before it runs a test", async () => {
    await write("scripts/provision-world", 'echo "Missing packages: postgresql"; exit 6');
    const { code, output } = await runTests({ CI: "true" });
    expect(code).toBe(6);
    expect(output).toContain("every test must run");
    expect(output).not.toContain("vitest run");
  });

  test("ends as Vitest ended", async () => {
    expect(await runTests({ VITEST_EXIT: "1" })).toMatchObject({ code: 1 });
  });
});
