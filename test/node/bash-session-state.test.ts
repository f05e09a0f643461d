import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openTestSession } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Sets one of each kind of state; `show` below prints it. */
const setEverything = `
cd sub
plain='a "quoted"
two lines $HOME \`x\`'
export EXPORTED=out
binary=$'\\x01\\xff\\t\\\\'
list=([2]=two [5]='a b')
declare -A map=(['k 1']=$'v\\n"x"' ["q'q"]='$HOME')
declare -i number=5
declare -r fixed=readonly
declare -n reference=plain
declare -u upper=loud
declare -x declaredOnly
greet() {
  local who=$1
  cat <<END
hello $who
END
}
export -f greet
shopt -s extglob nullglob
pick() {
  case $1 in
    @(a|b)) echo picked ;;
  esac
}
alias ll='echo listed'
umask 027
set -o noclobber
set -- one 'two words'
trap 'echo caught' USR1
unset LANG_OF_THE_TEST
`;

const show = `
pwd
printf '%s|' "$plain" "$EXPORTED" "\${!list[*]}" "\${list[5]}" "\${map[k 1]}" "\${map[q\\'q]}"
printf '%s' "$binary" | od -An -tx1
number=number+1
echo "$number $fixed $reference $upper $# $2 $(umask)"
declare -p declaredOnly reference fixed
greet you
bash -c 'greet child; echo "$EXPORTED"'
pick b
ll
shopt -p extglob nullglob || true
shopt -po noclobber
kill -USR1 $$
echo "\${LANG_OF_THE_TEST-unset}"
[[ $OPSWRIGHT_STEP == step-* ]] && echo marked
`;

describe("the state of the shell", () => {
  it("carries over from step to step", async () => {
    const { run, directory } = await openTestSession({ LANG_OF_THE_TEST: "x" });
    mkdirSync(path.join(directory, "sub"));

    expect(await run(setEverything)).toMatchObject({ ended: "exited", exitCode: 0, stderr: "" });
    const { stdout, stderr } = await run(show);

    expect(stderr).toBe("");
    expect(stdout).toBe(`${realpathSync(directory)}/sub
a "quoted"
two lines $HOME \`x\`|out|2 5|a b|v
"x"|$HOME| 01 ff 09 5c
6 readonly a "quoted"
two lines $HOME \`x\` LOUD 2 two words 0027
declare -x declaredOnly
declare -n reference="plain"
declare -r fixed="readonly"
hello you
hello child
out
picked
listed
shopt -s extglob
shopt -s nullglob
set -o noclobber
caught
unset
marked
`);
  });

  it("is restored whole after a step that failed", async () => {
    const { run, directory, session } = await openTestSession({ LANG_OF_THE_TEST: "x" });
    mkdirSync(path.join(directory, "sub"));
    await run(setEverything);
    const before = await run(show);

    expect(await run("plain=changed; cd /; unalias ll; false; echo never")).toMatchObject({
      exitCode: 1,
      stdout: "",
    });
    const after = await run(show);

    expect(session.generation).toBe(2);
    // The number is counted up by each look at it.
    expect(after.stdout).toBe(before.stdout.replace("6 readonly", "7 readonly"));
    expect(after.stderr).toBe("");
  });

  it("is what it was before a step that failed", async () => {
    const { run } = await openTestSession();
    await run("value=1; count() { echo one; }");

    await run("value=2; count() { echo two; }; other=3; export NEW=4; exit 5");

    expect((await run('echo "$value $(count) ${other-no} ${NEW-no}"')).stdout).toBe(
      "1 one no no\n",
    );
  });

  it("is kept after a passing step that ends its shell", async () => {
    const { run, session } = await openTestSession();

    await run("value=1; main() { value=2; exit 0; }; main");

    expect((await run('echo "$value"')).stdout).toBe("2\n");
    expect(session.generation).toBe(2);
  });

  it("is kept on the exit codes that the step accepts, and on no other", async () => {
    const { run } = await openTestSession();

    await run("value=kept; false", { keepsStateOn: [0, 1] });
    await run("value=dropped; (exit 3)", { keepsStateOn: [0, 1] });
    await run("more=kept; exit 9", { keepsStateOn: "any" });

    expect((await run('echo "$value $more"')).stdout).toBe("kept kept\n");
  });

  it.each([
    ["no PATH", "unset PATH", 'echo "${PATH-none}"', "none\n"],
    ["another IFS", "IFS=0123456789.,", 'echo "$IFS"', "0123456789.,\n"],
    ["no IFS", "unset IFS", 'echo "${IFS-none}"', "none\n"],
    ["a changed locale", "export LC_ALL=C; x=é", 'echo "${#x}"', "2\n"],
    ["posix mode", "set -o posix", "shopt -po posix", "set -o posix\n"],
    ["nounset", "set -u", "shopt -po nounset", "set -o nounset\n"],
    ["no braces", "set +B", "echo {a,b}", "{a,b}\n"],
    ["aliases off", "alias x='echo no'; shopt -u expand_aliases", "type -t x || echo off", "off\n"],
    ["an empty umask", "umask 000", "umask", "0000\n"],
    ["a cleared HOME", "unset HOME", 'echo "${HOME-none}"', "none\n"],
    [
      "a directory with odd characters",
      'mkdir "a \'b\n"; cd "a \'b\n"',
      'basename "$PWD"',
      "a 'b\n\n",
    ],
    ["set -t, which ends a shell", "set -t", "echo here", "here\n"],
  ])("is restored with %s", async (_, change, look, expected) => {
    const { run } = await openTestSession();

    expect(await run(change)).toMatchObject({ ended: "exited", exitCode: 0 });
    expect((await run("false")).exitCode).toBe(1);

    expect(await run(look)).toMatchObject({ exitCode: 0, stdout: expected });
  });

  it("starts each step with errexit and pipefail on", async () => {
    const { run } = await openTestSession();

    expect((await run("set +e +o pipefail; false; false | true; echo on")).stdout).toBe("on\n");
    expect((await run("false; echo never")).stdout).toBe("");
    expect(await run("false | true; echo never")).toMatchObject({ exitCode: 1, stdout: "" });
    expect((await run("if false; then :; fi; false || true; ! true; echo on")).stdout).toBe("on\n");
  });

  it("stays in a directory that is gone", async () => {
    const { run, directory } = await openTestSession();
    await run("mkdir gone; cd gone; rmdir ../gone");
    await run("false");

    const { stdout } = await run(
      'echo "$PWD"; ls -a; touch x 2>/dev/null || echo refused; cd ..; pwd',
    );

    expect(stdout).toBe(`${directory}/gone\nrefused\n${directory}\n`);
  });

  it("says so where it was in a directory that is gone with the one above it", async () => {
    const { run } = await openTestSession();
    await run("mkdir -p gone/deeper; cd gone/deeper; rm -r ../../gone");
    await run("false");

    await expect(run("echo never")).rejects.toThrow("could not be restored");
  });

  it("leaves no function of the session's under a name that a step could use", async () => {
    const { run } = await openTestSession();

    const { stdout } = await run("compgen -A function | grep -v ^__ow_ || echo none");

    expect(stdout).toBe("none\n");
  });
});

describe("a step's own directory and environment", () => {
  it("hold for that step alone", async () => {
    const { run, directory } = await openTestSession();
    mkdirSync(path.join(directory, "sub"));
    await run("KNOWN=before");
    const own = { directory: "sub", environment: { KNOWN: "it's\n$x", FRESH: "new" } };

    const inside = await run(
      'printf "%s|" "$PWD" "$KNOWN"; env | grep -c ^FRESH=; KNOWN=lost; cd /',
      own,
    );
    const after = await run('echo "$PWD $KNOWN ${FRESH-unset}"; env | grep -c KNOWN || true');

    expect(inside.stdout).toBe(`${directory}/sub|it's\n$x|1\n`);
    expect(after.stdout).toBe(`${directory} before unset\n0\n`);
  });

  it("hold for that step alone when it ends its shell and what it did is kept", async () => {
    const { run, directory } = await openTestSession();
    mkdirSync(path.join(directory, "sub"));

    await run("value=kept; exit 0", { directory: "sub", environment: { FRESH: "new" } });

    expect((await run('echo "$PWD $value ${FRESH-unset}"')).stdout).toBe(
      `${directory} kept unset\n`,
    );
  });

  it("stop the step where they cannot be set", async () => {
    const { run, directory } = await openTestSession();
    await run("readonly FIXED=1");

    const noDirectory = await run("echo ran", { directory: "missing" });
    const noVariable = await run("echo ran", { environment: { FIXED: "2" }, keepsStateOn: "any" });

    expect(noDirectory).toMatchObject({ ended: "not-started", exitCode: undefined, stdout: "" });
    expect(noDirectory.stderr).toBe(`The directory missing cannot be entered from ${directory}.\n`);
    expect(noVariable).toMatchObject({ ended: "not-started", stdout: "" });
    expect(noVariable.stderr).toContain("FIXED: readonly variable");
    expect((await run("echo $FIXED")).stdout).toBe("1\n");
  });
});
