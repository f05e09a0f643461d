import { describe, expect, test } from "vitest";
import type { CommandStep } from "../../src/model/runbook.ts";
import { destroysBelowFolder, leavesFolder } from "../../src/plan/stays-in-folder.ts";
import { compileText, fence } from "../compile/compile-text.ts";

function compileStep(script: string, info = "bash"): CommandStep {
  const step = compileText(`# A\n\n${fence(info, script)}\n`, "md").value?.steps[0];
  if (step?.kind !== "command") throw new Error(`no step: ${script}`);
  return step;
}

describe("a step that destroys", () => {
  test.each([
    "rm -rf build",
    "rm -r -- -odd build/x",
    "mkdir a; rm -rf a 'b c' ./*.o",
    "rm *.log",
    "find . -name '*.o' -delete",
    "find build -delete",
    "truncate -s 0 notes.txt",
  ])("does so below its folder: %s", (script) => {
    const step = compileStep(script);
    expect(step.risk.level).toBe("destructive");
    expect(destroysBelowFolder(step)).toBe(true);
  });

  test.each([
    "rm -rf /srv/x",
    "rm -rf build /srv/x",
    "rm -rf ../x",
    "rm -rf build/../../x",
    "rm -rf ~/x",
    'rm -rf "$HOME/x"',
    'rm -rf "$(pwd)"',
    "rm -rf {build,/etc}",
    "rm -rf /tmp/*",
    "sudo rm -rf build",
    "find / -delete",
    "rm -rf build; git push --force",
    "shred notes.txt",
    "ssh web1 rm -rf build",
  ])("may do so elsewhere: %s", (script) => {
    const step = compileStep(script);
    expect(step.risk.level).toBe("destructive");
    expect(destroysBelowFolder(step)).toBe(false);
  });

  test("by its author's word alone is not known to stay there", () => {
    expect(destroysBelowFolder(compileStep("./wipe", "bash risk=destructive"))).toBe(false);
  });
});

test.each([
  ["cd build && cd -", "bash", false],
  ["cd", "bash", false],
  ["pushd build", "bash", false],
  ["ls /", "bash", false],
  ["true", "bash dir=build/x", false],
  ["cd /", "bash", true],
  ["cd ..", "bash", true],
  ['cd "$X"', "bash", true],
  ["pushd /tmp", "bash", true],
  ["eval cd /", "bash", true],
  [". ./settings", "bash", true],
  ["true", "bash dir=/srv", true],
  ["true", "bash dir=../x", true],
])("whether `%s` (%s) leaves the folder: %s", (script, info, leaves) => {
  expect(leavesFolder(compileStep(script, info))).toBe(leaves);
});
