import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks } from "../../src/node/read-runbooks.ts";
import { tokeniseScript } from "../../src/shell/tokenise-script.ts";
import { readShell } from "./read-fixture.ts";

const repository = path.resolve(import.meta.dirname, "../..");

/** Tokens as `text:kind`, plain ones left out. */
function tokensOf(script: string): readonly string[] {
  return tokeniseScript(script, readShell(script))
    .filter(({ kind }) => kind !== "plain")
    .map(({ text, kind }) => `${text}:${kind}`);
}

describe("tokens of a script", () => {
  const cases: readonly [script: string, tokens: readonly string[]][] = [
    ["git push", ["git:command"]],
    ["git push --force -u=1", ["git:command", "--force:option", "-u:option"]],
    ["sudo -u x rm a", ["sudo:command", "-u:option", "rm:command"]],
    ['echo "a $B c"', ["echo:command", '"a :string', "$B:variable", ' c":string']],
    ["echo '$B'", ["echo:command", "'$B':string"]],
    [
      "a | b && c # d",
      ["a:command", "|:operator", "b:command", "&&:operator", "c:command", "# d:comment"],
    ],
    [
      "if a; then b; fi",
      [
        "if:keyword",
        "a:command",
        ";:operator",
        "then:keyword",
        "b:command",
        ";:operator",
        "fi:keyword",
      ],
    ],
    [
      "for f in one two; do a; done",
      [
        "for:keyword",
        "f:variable",
        "in:keyword",
        ";:operator",
        "do:keyword",
        "a:command",
        ";:operator",
        "done:keyword",
      ],
    ],
    ["X=1 a >out", ["X:variable", "a:command", ">:operator"]],
    [
      "a <<E\nx $Y\nE\nb",
      [
        "a:command",
        "<<E:operator",
        "x :string",
        "$Y:variable",
        "\n:string",
        "E:operator",
        "b:command",
      ],
    ],
    ["kubectl delete pod <pod-name>", ["kubectl:command", "<pod-name>:blank"]],
  ];
  test.each(cases)("%j", (script, tokens) => {
    expect(tokensOf(script)).toEqual(tokens);
  });

  test("name the variable only where it stands as it is, and the shell replaces it", () => {
    const script = `a "$ONE" \${TWO} \${THREE:-x} '$FOUR' \\$FIVE <<'E'\n$SIX\nE`;
    const named = tokeniseScript(script, readShell(script)).flatMap((one) => one.variable ?? []);
    expect(named).toEqual(["ONE", "TWO"]);
  });

  test("point at the reason where the risk comes from, the gravest last", () => {
    const script = "git push --force";
    const read = readShell(script);
    const risky = tokeniseScript(script, read).filter(({ risk }) => risk !== undefined);
    expect(risky.map(({ text }) => text)).toEqual(["--force"]);
    expect(read.risk.reasons[risky[0]?.risk ?? -1]?.level).toBe("destructive");
  });

  test.each(["", "\n", "'", '"$(', "<<", "${", "a <<E", "\u202e $X \ud800", "((i++", "$'\\x", "#"])(
    "joined are the script, whatever it holds: %j",
    (script) => {
      const tokens = tokeniseScript(script, readShell(script));
      expect(tokens.map(({ text }) => text).join("")).toBe(script);
      expect(tokens.every(({ text }) => text !== "")).toBe(true);
    },
  );

  test("joined are the script of every step of our runbooks and of the site's fixture", async () => {
    let count = 0;
    for (const root of [repository, path.join(repository, "test/fixtures/site")]) {
      const project = await readProject({ root, configurationPath: false });
      for (const { value } of (await readRunbooks(project)).runbooks.values()) {
        for (const step of value?.steps ?? []) {
          if (step.kind !== "command" || step.shell === undefined) continue;
          const tokens = tokeniseScript(step.script, step.shell);
          expect(tokens.map(({ text }) => text).join(""), step.id).toBe(step.script);
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  test("divide a long script too", async () => {
    const text = await readFile(path.join(repository, "scripts/check"), "utf8");
    const script = text.repeat(40);
    const tokens = tokeniseScript(script, readShell(script));
    expect(tokens.length).toBeGreaterThan(2000);
  });
});
