import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";
import { runOnTerminal } from "./run-on-terminal.ts";

const files = {
  "runbooks/a.mdx": `---
title: A
inputs:
  COLOUR: { type: enum, choices: [red, green], required: true, description: Which colour }
  COUNT: { type: int, required: true }
  TOKEN: { type: secret, required: true }
---

\`\`\`bash id=paint
echo "$COUNT times $COLOUR with \${#TOKEN} characters" | tee painted
\`\`\`

<Manual id="dry" title="Let it dry">Wait until it is dry.</Manual>

\`\`\`bash id=wipe risk=destructive
rm -f painted
\`\`\`
`,
};

test("a person is asked for what is missing, and before what cannot be taken back", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [
      ["COLOUR: Which colour", "\u001B[B\r"],
      ["COUNT", "many\r"],
      ["Expected a whole number.", "\b\b\b\b3\r"],
      ["TOKEN", "hunter2\r"],
      ["Stop the run", "\r"],
      ["Type wipe to run it", "wipe\r"],
    ],
  );
  expect(shown).toContain("  │ 3 times green with 7 characters\n");
  expect(shown).toContain("  TOKEN   •••• (secret)\n");
  expect(shown).not.toContain("hunter2");
  expect(shown).toContain("▸ 2/3  Let it dry  by hand\n");
  expect(shown).toContain("▸ 3/3  rm -f painted  destructive\n  $ rm -f painted\n");
  expect(shown).toContain("✓ Completed: 3 steps in ");
  expect(exitCode).toBe(0);
});

test("another word than the asked one stops the run, and nothing is destroyed", async () => {
  await using project = await createProject(files);
  const args = [
    "run",
    "a",
    "--input",
    "COLOUR=red",
    "--input",
    "COUNT=1",
    "--input",
    "TOKEN=x",
    "--yes",
  ];
  const { shown, exitCode } = await runOnTerminal(project, args, [
    ["Type wipe to run it", "yes\r"],
  ]);
  expect(shown).toContain("✗ Stopped after ");
  expect(exitCode).toBe(7);
  expect(await readFile(path.join(project.directory, "painted"), "utf8")).toBe(
    "1 times red with 1 characters\n",
  );
});

test("who leaves a question for an input unanswered has run nothing", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [["COLOUR: Which colour", "\u0003"]],
  );
  expect(shown).toContain("No value was given for COLOUR. Nothing was run.\n");
  expect(exitCode).toBe(7);
});

test("an interactive step has the terminal, its Ctrl-C included, and its state carries over", async () => {
  await using project = await createProject({
    "runbooks/b.mdx": `---
title: B
---

\`\`\`bash id=greet interactive
read -r -p "$((6 * 7)) is your name? " name
[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && stty size > size
trap 'stty size > resized' WINCH
stty rows 50 columns 132
until [ -e resized ]; do sleep 0.05; done
trap - WINCH
stty rows 24 columns 80
\`\`\`

\`\`\`bash id=program interactive
bash -c 'trap "echo caught; exit 0" INT; echo "waiting $((1 + 1))"; while :; do sleep 0.05; done'
stty -echo
\`\`\`

\`\`\`bash id=tell
echo "Hello $name" | tee hello
\`\`\`
`,
  });
  const run = await runOnTerminal(
    project,
    ["run", "b"],
    [
      ["42 is your name?", "Xerxes\r"],
      ["waiting 2", "\u0003"],
    ],
  );
  expect(run.exitCode).toBe(0);
  expect(run.shown).toContain("caught\n");
  expect(run.shown).toContain("│ Hello Xerxes\n");
  expect(await readFile(path.join(project.directory, "size"), "utf8")).toBe("24 80\n");
  expect(await readFile(path.join(project.directory, "resized"), "utf8")).toBe("50 132\n");
  expect(await readFile(path.join(project.directory, "hello"), "utf8")).toBe("Hello Xerxes\n");

  const alone = await project.run(["run", "b", "--yes"]);
  expect(alone.exitCode).toBe(7);
  expect(alone.stderr).toMatch(/the step `greet` is connected\s+to\s+a\s+terminal/u);
});

const lockedFiles = {
  "runbooks/a.mdx": `---
title: A
inputs:
  TOKEN: { type: secret, from: 'read -rsp "Passphrase: " word && echo "token-of-$word"' }
---

\`\`\`bash id=show
echo "$TOKEN \${#TOKEN}" | tee shown
\`\`\`
`,
};

test("a command that prints a secret can ask the person for a passphrase, and what it prints is not shown", async () => {
  await using project = await createProject(lockedFiles);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [["Passphrase: ", "open\r"]],
  );
  expect(exitCode, shown).toBe(0);
  expect(shown).toContain("[secret TOKEN] 13\n");
  expect(shown).not.toContain("token-of-open");
  expect(await readFile(path.join(project.directory, "shown"), "utf8")).toBe("token-of-open 13\n");
});

test("Ctrl-C while a secret is read ends it, and nothing is run", async () => {
  await using project = await createProject(lockedFiles);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [["Passphrase: ", "\u0003"]],
  );
  expect(exitCode, shown).toBe(130);
  expect(shown).toContain("Interrupted. Nothing was run.\n");
  expect(shown).not.toContain("error");
});
