import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { ToolDefinition } from "../../src/model/front-matter.ts";
import { findVersionText, probeTools } from "../../src/node/probe-tools.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

function makeTools(programs: Record<string, string>) {
  const folder = makeTemporaryFolder();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  writeFileSync(path.join(folder, "not-executable"), "#!/bin/sh\n", { mode: 0o644 });
  const environment = { PATH: `${folder}:/usr/bin:/bin` };
  return (name: string, definition: ToolDefinition = {}) =>
    probeTools([{ name, definition, neededBy: ["push", "deploy"] }], environment);
}

describe("probeTools", () => {
  it("finds nothing wrong with a tool that is there", async () => {
    const probe = makeTools({ tool: "exit 1" });

    expect(await probe("tool")).toEqual([]);
  });

  it.each(["no-such-tool", "not-executable", ""])(
    "tells that %j is missing, and who needs it",
    async (tool) => {
      const probe = makeTools({});

      expect(await probe(tool, { install: "apt install it" })).toEqual([
        {
          code: "missing-tool",
          args: { tool, neededBy: "push, deploy", install: "apt install it" },
          severity: "error",
        },
      ]);
      expect(await probe(tool, { optional: true })).toMatchObject([
        { code: "missing-tool", severity: "warning" },
      ]);
    },
  );

  it.each([
    ["git version 2.39.5 (Debian 1:2.39.5-0)", ">=2.30", true],
    ["git version 2.39.5", ">=2.40", false],
    ["psql (PostgreSQL) 15.6 (Debian 15.6-0+deb12u1)", ">=15", true],
    ["psql (PostgreSQL) 15.6", "15.x", true],
    ["jq-1.6", "^1.6", true],
    ["tool 3", ">=3", true],
    ["tool 10.2", "<9", false],
    ["v2.0.0-rc.1", ">=2", true],
  ])("reads %j and holds it against %s", async (printed, version, isFine) => {
    const probe = makeTools({ tool: `echo '${printed}'` });

    const found = await probe("tool", { version });

    expect(found.map(({ code }) => code)).toEqual(isFine ? [] : ["tool-version"]);
  });

  it("tells both versions and how to install", async () => {
    const probe = makeTools({ tool: "echo tool 1.4.2" });

    expect(await probe("tool", { version: ">=2", install: "get it" })).toEqual([
      {
        code: "tool-version",
        args: { tool: "tool", required: ">=2", found: "1.4.2", install: "get it" },
        severity: "error",
      },
    ]);
    expect(await probe("tool", { version: ">=2", optional: true })).toMatchObject([
      { severity: "warning" },
    ]);
  });

  it("asks with the probe that the runbook gives, and reads standard error as well", async () => {
    const probe = makeTools({ tool: '[ "$1" = version ] && echo "tool 5.1" >&2' });

    expect(await probe("tool", { version: ">=5", probe: "tool version | cat" })).toEqual([]);
  });

  it.each([
    ["that fails", "echo 9.9.9; exit 3", "unknown: tool --version ended with exit code 3"],
    ["that prints no version", "echo none", "unknown: tool --version printed no version"],
    [
      "that waits for input",
      "read -r line && echo 9.9",
      "unknown: tool --version ended with exit code 1",
    ],
    [
      "that kills itself",
      "kill -9 $$",
      "unknown: of tool --version, it could not be run to its end (SIGKILL)",
    ],
  ])("takes no version from a tool %s", async (_, script, found) => {
    const probe = makeTools({ tool: script });

    expect(await probe("tool", { version: ">=1" })).toMatchObject([
      { code: "tool-version", args: { found } },
    ]);
  });

  it("does not wait for a tool that hangs, nor for what it started", async () => {
    const probe = makeTools({ tool: "sleep 300 & sleep 300" });

    expect(await probe("tool", { version: ">=1" })).toMatchObject([
      { args: { found: "unknown: of tool --version, it did not end within 5 s" } },
    ]);
  });

  it("tells of a range that is none", async () => {
    const probe = makeTools({ tool: "echo 1.0" });

    expect(await probe("tool", { version: "two or so" })).toMatchObject([
      { code: "invalid-value", args: { key: "tools.tool.version" }, severity: "error" },
    ]);
  });
});

describe("findVersionText", () => {
  it.each([
    ["GNU bash, version 5.2.15(1)-release", "5.2.15"],
    ["aws-cli/2.15.0 Python/3.11.6", "2.15.0"],
    ["openjdk 17 2021-09-14", "17"],
    ["no number", undefined],
  ])("finds in %j %j", (text, version) => {
    expect(findVersionText(text)).toBe(version);
  });
});
