import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { composeScript, type ScriptStep } from "../../src/site/browser/compose-script.ts";
import { fillScript, type ScriptPiece } from "../../src/site/browser/fill-script.ts";

/** Pieces of a script in which each `«$NAME»` is a slot. */
function piecesOf(text: string): readonly ScriptPiece[] {
  return text.split(/«([^»]*)»/).map((piece, at): ScriptPiece => {
    if (at % 2 === 0) return { text: piece };
    return { text: piece, input: /\w+/.exec(piece)?.[0] };
  });
}

function fill(text: string, values: Record<string, string>): string {
  const { exports, texts } = fillScript(piecesOf(text), new Map(Object.entries(values)));
  return exports + texts.join("");
}

describe("a script that is filled in", () => {
  test.each([
    ["takes a plain value in place", `deploy "«$V»" «\${V}»`, "v1.2", `deploy "v1.2" v1.2`],
    ["exports what a shell would take apart", "deploy «$V»", "a b", "export V='a b'\ndeploy $V"],
    [
      "quotes what would end a quotation",
      "deploy «$V»",
      "a'; rm -rf ~; '",
      `export V='a'\\''; rm -rf ~; '\\'''\ndeploy $V`,
    ],
    [
      "exports what the script mentions elsewhere too",
      "deploy «$V» '$V'",
      "v1",
      "export V='v1'\ndeploy $V '$V'",
    ],
    [
      "exports what stands within braces, which are taken apart first",
      "touch {x,«$V»}",
      "a,b",
      "export V='a,b'\ntouch {x,$V}",
    ],
    ["exports what zsh takes for a command", "deploy «$V»", "=ls", "export V='=ls'\ndeploy $V"],
    ["leaves alone what it does not mention", "deploy", "v1", "deploy"],
    ["does not take a longer name for it", "deploy $VERSION", "v1", "deploy $VERSION"],
  ])("%s", (_what, script, value, filled) => {
    expect(fill(script, { V: value })).toBe(filled);
  });

  test.each([
    "v1",
    "a b",
    "it's",
    "$(echo pwned)",
    "`echo pwned`",
    "a\\",
    "*",
    "~",
    "!!",
    "#x",
    "{a,b}",
  ])("does in a shell what it does with the variable set: %s", async (value) => {
    const run = (script: string, env: Record<string, string>) =>
      execa("bash", ["-c", script], {
        env: { PATH: process.env["PATH"], ...env },
        extendEnv: false,
      });
    const script = `printf '<%s>' "«$V»" «\${V}» x/«$V»`;
    const written = piecesOf(script)
      .map(({ text }) => text)
      .join("");
    const { stdout } = await run(fill(script, { V: value }), {});
    expect(stdout).toBe((await run(written, { V: value })).stdout);
    expect(stdout).toContain(`<${value}>`);
  });
});

const command: ScriptStep = {
  id: "one",
  title: "First\nrm -rf ~",
  sort: "command",
  isDestructive: true,
  language: "bash",
  script: 'printf "%s|" "$V" "${O}"',
  commandLine: "opswright run x#one",
};

describe("steps as one script", () => {
  test("run in order with the inputs, and stop at the first that fails", async () => {
    const script = composeScript({
      about: ["Deploy\r\ntouch /nowhere/pwned"],
      values: [["V", "it's $HOME"]],
      missing: [],
      optional: ["O"],
      steps: [
        command,
        { ...command, id: "click", title: "Press", sort: "manual" },
        { ...command, id: "sql", language: "sql", script: "drop table x;\ndrop table y;" },
        { ...command, id: "far", target: "web1", script: "echo far" },
        { ...command, id: "fails", script: "false" },
        { ...command, id: "never", script: "echo never" },
      ],
    });
    const { stdout, exitCode, stderr } = await execa("bash", ["-c", script], { reject: false });
    expect(stdout).toBe("it's $HOME||");
    expect(stderr).toBe("");
    expect(exitCode).toBe(1);
    expect(script).toContain("# First rm -rf ~ (one): destructive\n");
    expect(script).toContain("# Press (click)");
    expect(script).toContain("# drop table y;");
    expect(script).toContain(
      "# This is for the target web1, not for this machine; run it with: opswright run x#one\n# echo far\n",
    );
    expect(
      script.startsWith("#!/usr/bin/env bash\n# Deploy touch /nowhere/pwned\nset -euo pipefail"),
    ).toBe(true);
  });

  test("ask for a secret by its name, and never run without it", async () => {
    const script = composeScript({
      about: [],
      values: [],
      missing: ["TOKEN"],
      optional: [],
      steps: [{ ...command, script: "echo ran" }],
    });
    const without = await execa("bash", ["-c", script], { reject: false });
    expect(without.stdout).toBe("");
    expect(without.stderr).toContain("TOKEN");
    const { stdout } = await execa("bash", ["-c", script], { env: { TOKEN: "x" } });
    expect(stdout).toBe("ran");
  });
});
