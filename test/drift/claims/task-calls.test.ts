import { beforeAll, describe, expect, test } from "vitest";
import { readPackageScriptCall } from "../../../src/drift/claims/package-script-call.ts";
import { readScriptCall } from "../../../src/drift/claims/script-call.ts";
import type { ReadShell, ShellCommand } from "../../../src/model/shell-script.ts";
import { loadShellReader } from "../../../src/node/load-shell-reader.ts";

let readShell: ReadShell;
beforeAll(async () => {
  readShell = await loadShellReader();
});
const commandOf = (text: string): ShellCommand => readShell(text).commands[0] as ShellCommand;

describe("a call of a package's script", () => {
  test.each([
    ["npm run build", "build"],
    ["npm run-script build -- --watch", "build"],
    ["npm --prefix web run build", "build in web"],
    ["npm run --prefix=web build", "build in web"],
    ["npm t", "test"],
    ["npm run test:unit -w api", "test:unit of api"],
    ["npm run lint -ws", "lint of all"],
    ["pnpm -C web build", "build in web or a program"],
    ["pnpm run build", "build"],
    ["pnpm --filter ./packages/api run seed", "seed of ./packages/api"],
    ["pnpm --filter '...[origin/main]' run seed", "seed of all"],
    ["yarn db:seed", "db:seed or a program"],
    ["yarn workspace @app/api run seed", "seed of @app/api or a program"],
    ["yarn workspaces foreach -A run seed", "seed of all or a program"],
    ["bun run seed", "seed or a program"],
    ["node --run seed", "seed"],
  ])("%s runs %s", (text, expected) => {
    const call = readPackageScriptCall(commandOf(text));
    const { script, folder, workspace, canBeProgram } = call!;
    const where = folder === undefined ? "" : ` in ${folder.text}`;
    const which =
      workspace === undefined ? "" : ` of ${workspace === "all" ? "all" : workspace.text}`;
    expect(`${script.text}${where}${which}${canBeProgram ? " or a program" : ""}`).toBe(expected);
  });

  test.each([
    "npm ci",
    "npm install build",
    "npm run",
    "npm run $SCRIPT",
    "npm run --if-present build",
    "npm run --unknown build",
    "npm run /^build:/",
    "npm exec build",
    "pnpm install",
    "pnpm play:",
    "yarn",
    "yarn add build",
    "bun test",
    "bun run src/main.ts",
    "bun index.js",
    "node build.js",
  ])("%s is none", (text) => {
    expect(readPackageScriptCall(commandOf(text))).toBeUndefined();
  });
});

describe("a call of a script by its path", () => {
  test.each([
    ["./ip2adb all --quick", "./ip2adb", ["all", "--quick"]],
    ["bash -eu -o pipefail scripts/x.sh -n", "scripts/x.sh", ["-n"]],
    ["python3 -u scripts/x.py --a b", "scripts/x.py", ["--a", "b"]],
    ["node --import tsx scripts/x.ts --a", "scripts/x.ts", ["--a"]],
    ["bash x.sh", "x.sh", []],
  ])("%s starts %s", (text, script, args) => {
    const call = readScriptCall(commandOf(text));
    expect(call?.script).toBe(script);
    expect(call?.args.map((word) => word.text)).toEqual(args);
  });

  test.each([
    "bash -c './x.sh --a'",
    "python -m http.server --bind x",
    "python",
    "/usr/local/bin/x --a",
    '"$DIR/x.sh" --a',
    "x.sh --a",
    "node -e 'x' --a",
  ])("%s starts none", (text) => {
    expect(readScriptCall(commandOf(text))).toBeUndefined();
  });
});
