import { describe, expect, test } from "vitest";
import { findNeededAnswers } from "../../src/cli/find-needed-answers.ts";
import type { Plan } from "../../src/model/plan.ts";
import { findWrongSystems } from "../../src/cli/find-wrong-systems.ts";
import { readInputOptions } from "../../src/cli/input-options.ts";
import { reportUnexpectedError } from "../../src/cli/report-unexpected-error.ts";
import { decideColors } from "../../src/cli/terminal.ts";
import { SessionError } from "../../src/run/session-error.ts";
import { makeCommand, makePlan } from "../report/run-view/make-run.ts";

describe("colours", () => {
  test.each([
    ["a terminal", {}, true, true, true],
    ["a pipe", {}, true, false, false],
    ["--no-color", { FORCE_COLOR: "1" }, false, true, false],
    ["NO_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, true, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, true, true, true],
    ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, true, false, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, true, false],
    ["a dumb terminal", { TERM: "dumb" }, true, true, false],
  ])("%s", (_what, environment, hasColorOption, isTerminal, expected) => {
    expect(decideColors({ environment, hasColorOption, isTerminal })).toBe(expected);
  });
});

describe("an error that nobody expected", () => {
  const program = { args: ["run", "a", "--input", "TOKEN=hunter2"], version: "0.1.0" };

  test("of the environment is told with its causes and what to do", () => {
    const cause = new Error("spawn bash ENOENT");
    const error = new SessionError("No shell could be started.", { hint: "Install bash.", cause });
    expect(reportUnexpectedError(error, program)).toEqual({
      exitCode: 6,
      text: "error: No shell could be started.\n  because: spawn bash ENOENT\nInstall bash.\n",
    });
  });

  test("is no bug where the machine refuses: a full disk, a folder that is none", () => {
    const message = "ENOSPC: no space left on device, copyfile '/a' -> '/b\u001b'";
    const full = Object.assign(new Error(message), {
      code: "ENOSPC",
      path: "/a",
      dest: "/b\u001b",
    });
    const { exitCode, text } = reportUnexpectedError(new Error("x", { cause: full }), program);
    expect(exitCode).toBe(6);
    expect(text).toMatch(
      /^error: No space is left on the disk: \/b\S+\n {2}because: ENOSPC: .*\n$/u,
    );
    expect(text).not.toContain("\u001b");
    const file = Object.assign(new Error("ENOTDIR: not a directory"), {
      code: "ENOTDIR",
      path: "/f/x",
    });
    expect(reportUnexpectedError(file, program).text).toMatch(
      /^error: A file stands where a folder is needed: \/f\/x\n/u,
    );
    const other = Object.assign(new Error("y"), { code: "toString" });
    expect(reportUnexpectedError(other, program).exitCode).toBe(1);
  });

  test("of Opswright is told with its stack, and without the values on the command line", () => {
    const { exitCode, text } = reportUnexpectedError(new TypeError("x is not a function"), program);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^This is a bug in Opswright, /u);
    expect(text).toContain("TypeError: x is not a function\n    at ");
    expect(text).toContain("command: run\n");
    expect(text).not.toContain("hunter2");
    expect(reportUnexpectedError("text", program).text).toContain("\ntext\n");
  });
});

test("the value of an input may hold equals signs, and the last of a name counts", () => {
  expect([...readInputOptions(["A=1", "B=x=y=", "A=2", "C="])]).toEqual([
    ["A", "2"],
    ["B", "x=y="],
    ["C", ""],
  ]);
});

test("a plan of steps for other systems alone is wrong here; beside others they are alternatives", () => {
  const brew = makeCommand(1, "brew", { attributes: { os: ["darwin"] } });
  const choco = makeCommand(2, "choco", { attributes: { os: ["windows"] } });
  const steps = (plan: Plan, system: string) =>
    findWrongSystems(plan, system).map(({ args }) => ("step" in args ? args.step : ""));
  expect(steps(makePlan([brew, choco]), "linux")).toEqual(["brew", "choco"]);
  expect(steps(makePlan([brew, choco]), "windows")).toEqual([]);
  expect(steps(makePlan([brew, choco, makeCommand(3, "any")]), "linux")).toEqual([]);
});

test("--yes answers no destructive step, and --allow destructive no confirmation", () => {
  const plan = makePlan([
    makeCommand(1, "wipe", {
      risk: { level: "destructive", reasons: ["rm -rf deletes"] },
      attributes: { confirm: "Sure?" },
    }),
  ]);
  const codes = (assumeYes: boolean, allowDestructive: boolean) =>
    findNeededAnswers(plan, { assumeYes, allowDestructive, given: new Map() }).map(
      ({ code }) => code,
    );
  expect(codes(false, false)).toEqual(["destructive-refused", "answer-needed"]);
  expect(codes(true, false)).toEqual(["destructive-refused"]);
  expect(codes(false, true)).toEqual(["answer-needed"]);
  expect(codes(true, true)).toEqual([]);
});
