import { readFile } from "node:fs/promises";
import path from "node:path";
import { CommanderError, type Command } from "commander";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { commandTable } from "../../src/cli/command-table.ts";
import { createProgram } from "../../src/cli/create-program.ts";
import type { ShellCommand } from "../../src/model/shell-script.ts";
import { loadShellReader } from "../../src/node/load-shell-reader.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (name: string): Promise<string> => readFile(path.join(root, name), "utf8");
const [action, hooks, guide] = await Promise.all([
  read("action.yml"),
  read(".pre-commit-hooks.yaml"),
  read("docs/ci.md"),
]);
const readShell = await loadShellReader();
const program = await createProgram({ loaded: commandTable, finish: () => {} });

const fences = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\b.*\\n([^]*?)^\`\`\`$`, "gmu"))].map(
    ([, code = ""]) => code,
  );

function parseYaml(text: string): unknown {
  const documents = parseAllDocuments(text);
  expect(documents).toHaveLength(1);
  expect(documents.flatMap((document) => document.errors)).toEqual([]);
  return documents[0]?.toJS();
}

/** All texts below the keys that hold commands. */
function commandsIn(value: unknown, key = ""): readonly string[] {
  if (typeof value === "string") return ["run", "script", "entry"].includes(key) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    commandsIn(child, Array.isArray(value) ? key : name),
  );
}

/** The words behind `opswright` in each call of it; what a variable holds is left out. */
function callsIn(script: string): readonly (readonly string[])[] {
  return readShell(script).commands.flatMap(({ words, isLiteral }: ShellCommand) => {
    const at = words.findIndex((word) => /^opswright(?:@|$)/u.test(word));
    if (at === -1) return [];
    return [words.slice(at + 1).filter((_word, index) => isLiteral[at + 1 + index] === true)];
  });
}

/** Options that a command line has and the program has not; throws what commander throws. */
function findUnknown(words: readonly string[]): readonly string[] {
  const [name = "", ...rest] = words;
  const command = program.commands.find((one) => one.name() === name);
  expect(command, `opswright ${name}`).toBeDefined();
  const { unknown } = (command as Command).parseOptions([...rest]);
  return program.parseOptions(unknown).unknown;
}

const yaml = [action, hooks, ...fences("yaml")];
const scripts = [...yaml.flatMap((text) => commandsIn(parseYaml(text))), ...fences("bash")];
const calls = scripts.flatMap(callsIn);

describe("the examples of continuous integration", () => {
  test("hold calls of opswright, each of which the program takes", () => {
    expect(calls.length).toBeGreaterThanOrEqual(9);
    for (const call of calls) expect(findUnknown(call), call.join(" ")).toEqual([]);
  });

  test("would be found out if they were wrong", () => {
    expect(findUnknown(["check", "--max-warning", "0"])).toEqual(["--max-warning", "0"]);
    expect(() => findUnknown(["check", "--format", "junitt"])).toThrow(CommanderError);
    expect(() => findUnknown(["chekc"])).toThrow();
  });

  test("are shell scripts that can be read", () => {
    for (const script of scripts) expect(readShell(script).syntaxErrors, script).toEqual([]);
  });

  test("the action pastes no input into its script", () => {
    const { runs, inputs } = parseYaml(action) as {
      runs: { steps: readonly { run: string; env: Record<string, string>; shell: string }[] };
      inputs: Record<string, unknown>;
    };
    for (const step of runs.steps) {
      expect(step.run).not.toContain("${{");
      expect(step.shell).toBe("bash");
    }
    const used = runs.steps.flatMap(({ env }) => Object.values(env));
    expect(used).toEqual(Object.keys(inputs).map((name) => `\${{ inputs.${name} }}`));
  });

  test("the guide's example gives the action inputs that it has", () => {
    const workflow = fences("yaml").find((text) => text.includes("uses: opswright/")) ?? "";
    const { inputs } = parseYaml(action) as { inputs: Record<string, unknown> };
    const given = /with:\n((?: {10}\S.*\n)+)/u.exec(
      workflow.slice(workflow.indexOf("uses: opswright/")),
    );
    const names = [...(given?.[1] ?? "").matchAll(/^ {10}([\w-]+):/gmu)].map(([, name]) => name);
    expect(names).not.toEqual([]);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(names));
  });
});
