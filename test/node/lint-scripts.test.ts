import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lintScripts } from "../../src/node/lint-scripts.ts";

/**
 * A stand-in with one comment for each file: its message is the file's second line, and it fails for
 * files that hold `fail`.
 */
const standIn = `#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
separator=
printf '{"comments":['
for file in "$@"; do
  grep -q fail "$file" && exit 2
  printf '%s{"file":"%s","line":2,"endLine":3,"column":1,"endColumn":4,"level":"warning","code":2046,"message":"%s"}' \\
    "$separator" "$file" "$(sed -n 2p "$file")"
  separator=,
done
printf ']}'
exit 1
`;

let base = "";

beforeEach(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-lint-test-")));
  for (const folder of ["tools", "root/bin", "temporary"]) {
    await mkdir(path.join(base, folder), { recursive: true });
  }
});

afterEach(() => rm(base, { recursive: true, force: true }));

async function lint(texts: readonly string[], folder = "tools"): ReturnType<typeof lintScripts> {
  const file = path.join(base, folder, "shellcheck");
  await writeFile(file, standIn);
  await chmod(file, 0o755);
  // The stand-in needs grep and sed; a shellcheck of this machine is not to be found.
  const system = (process.env["PATH"] ?? "").split(":");
  const others = await Promise.all(
    system.map(async (one) => {
      const names = await readdir(one).catch((): string[] => []);
      return names.includes("shellcheck") ? [] : [one];
    }),
  );
  for (const name of ["sh", "grep", "sed"]) {
    await writeFile(path.join(base, "temporary", name), `#!/bin/sh\nexec /bin/${name} "$@"\n`);
    await chmod(path.join(base, "temporary", name), 0o755);
  }
  const PATH = [path.join(base, folder), path.join(base, "temporary"), ...others.flat()].join(":");
  return lintScripts(
    texts.map((text) => ({ text, shell: "bash" })),
    { root: path.join(base, "root"), environment: { PATH } },
  );
}

describe("lintScripts", () => {
  test("gives each script its own comments, with the lines of its text", async () => {
    const texts = Array.from({ length: 5 }, (_, index) => `one ${index}\ntwo`);
    const found = await lint(texts);
    expect(found?.map((comments) => comments?.map(({ message }) => message))).toEqual(
      texts.map((_, index) => [`one ${index}`]),
    );
    expect(found?.[0]?.[0]).toMatchObject({ code: "SC2046", line: 1, endLine: 2, column: 1 });
  });

  test("leaves out the scripts of a process that failed, and judges the others", async () => {
    const found = await lint(["a", "b", "c", "fail"]);
    expect(found?.map((comments) => comments?.length)).toEqual([1, 1, undefined, undefined]);
  });

  test("starts no shellcheck that the repository brings along", async () => {
    expect(await lint(["a"], "root/bin")).toBeUndefined();
  });

  test("has nothing to say of no scripts", async () => {
    expect(await lint([])).toEqual([]);
  });
});
