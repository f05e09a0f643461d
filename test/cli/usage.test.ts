import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { version: string };

describe("the command line", () => {
  test("says its version, alone or behind a command", async () => {
    await using project = await createProject({});
    for (const args of [["--version"], ["-V"], ["list", "--version"]]) {
      expect(await project.run(args)).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
    }
  });

  test("teaches: commands, targets, exit codes and examples in its help", async () => {
    await using project = await createProject({});
    const { exitCode, stdout, stderr } = await project.run(["--help"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const command of [
      "list",
      "show",
      "plan",
      "run",
      "runs",
      "check",
      "sync",
      "tangle",
      "schema",
      "explain",
      "completion",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "mu"));
    }
    expect(stdout).toContain("  7    a person's answer is needed, or was no\n");
    expect(stdout).toContain("$ opswright run deployment:rollback --input COMMIT=4f2a91c");
    expect(stdout).not.toContain("__complete");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    "list",
    "show",
    "plan",
    "run",
    "runs",
    "check",
    "sync",
    "tangle",
    "schema",
    "explain",
    "completion",
  ])("gives %s a help with examples and the common options", async (command) => {
    await using project = await createProject({});
    const { exitCode, stdout } = await project.run([command, "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: opswright /u);
    expect(stdout).toContain("\nExamples:\n");
    expect(stdout).toContain("  --json ");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("without a command prints its help and ends as a usage error", async () => {
    await using project = await createProject({});
    const { exitCode, stdout, stderr } = await project.run([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: opswright /u);
  });

  const advice =
    "Run `opswright --help` to see the commands, `opswright COMMAND --help` for one.\n";

  test.each([
    [["chek"], "error: unknown command 'chek'\n(Did you mean check?)\n"],
    [["import", "x"], "error: unknown command 'import'\n"],
    [["list", "--jsn"], "error: unknown option '--jsn'\n(Did you mean --json?)\n"],
    [["show"], "error: missing required argument 'target'\n"],
    [
      ["run", "x", "--rollback", "sometimes"],
      "error: option '--rollback <when>' argument 'sometimes' is invalid. Allowed choices are ask, auto, never.\n",
    ],
    [
      ["run", "x", "--allow", "all"],
      "error: option '--allow <what>' argument 'all' is invalid. Only destructive can be allowed.\n",
    ],
    [
      ["run", "x", "--input", "COMMIT"],
      "error: option '--input <name=value>' argument 'COMMIT' is invalid. It must be NAME=value.\n",
    ],
    [
      ["run", "x", "--report", "pdf=x"],
      "error: option '--report <format=file>' argument 'pdf=x' is invalid. It must be html=FILE, junit=FILE, markdown=FILE or json=FILE.\n",
    ],
    [
      ["check", "--max-warnings", "few"],
      "error: option '--max-warnings <count>' argument 'few' is invalid. It must be a number from 0 up.\n",
    ],
    [
      ["list", "--quiet", "--verbose"],
      "error: option '--quiet' cannot be used with option '--verbose'\n",
    ],
    [
      ["explain", "unknown-atribute"],
      "error: there is no code 'unknown-atribute'\n(Did you mean unknown-attribute?)\n",
    ],
  ])("ends with 2 and says what is wrong: %j", async (args, message) => {
    await using project = await createProject({});
    expect(await project.run(args)).toEqual({ exitCode: 2, stdout: "", stderr: message + advice });
  });

  test("ends with 6 and no stack where the environment is to blame", async () => {
    await using project = await createProject({});
    const { exitCode, stdout, stderr } = await project.run(["list", "--root", "nowhere"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toBe(
      "error: There is no folder [DIR]/nowhere. Name the repository's root with --root DIR.\n",
    );
  });
});

describe("schema and explain", () => {
  test("the schema of the front matter is a JSON Schema that knows every key", async () => {
    await using project = await createProject({});
    const { exitCode, stdout } = await project.run(["schema"]);
    const schema = JSON.parse(stdout) as {
      properties: Record<string, unknown>;
      required: string[];
    };
    expect(exitCode).toBe(0);
    expect(schema.required).toEqual(["title"]);
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(["inputs", "tools", "contracts", "procedures"]),
    );
  });

  test.each(["world", "configuration"])("there is a schema of the %s", async (name) => {
    await using project = await createProject({});
    const { exitCode, stdout } = await project.run(["schema", "--of", name]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("properties");
  });

  test("a code is explained with an example", async () => {
    await using project = await createProject({});
    expect(await project.run(["explain", "unknown-attribute"])).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `Unknown fence attribute (unknown-attribute, error)

A mistyped attribute would silently do nothing: a step with \`timeot=30s\` could
hang for ever. So every attribute must be one that is known.

What Opswright read is not valid; exit code 3.

Wrong:
  \`\`\`bash timeot=30s
  git push
  \`\`\`

Right:
  \`\`\`bash timeout=30s
  git push
  \`\`\`
`,
    });
  });
});
