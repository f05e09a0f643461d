import type { DiagnosticCode, Severity } from "../../src/model/diagnostic.ts";
import type { CallOptions, FixtureFiles } from "./run-opswright.ts";

/** A call that provokes one code: what is there, what is typed, and what must be said. */
export interface ProvokingCase {
  readonly files: FixtureFiles;
  /** Default: `check`. */
  readonly args?: readonly string[];
  readonly options?: CallOptions;
  readonly exitCode: number;
  readonly severity?: Severity;
  /** An ending `…` leaves open what another program or parser says. */
  readonly message: string;
  readonly hint: string;
  /** 1-based; `null` where no text is to blame. */
  readonly line: number | null;
}

/** An `.mdx` runbook with this front matter (below the title) and body; the body starts in line 5 + its lines. */
function mdx(frontMatter: string, body: string): FixtureFiles {
  return { "runbooks/a.mdx": `---\ntitle: A\n${frontMatter}---\n\n${body}` };
}

function fence(meta: string, code = "true"): string {
  return `\`\`\`${meta}\n${code}\n\`\`\`\n`;
}

const step = fence("bash");
const check = ["check"];

/** One case for each code, by code. */
export const provokingCases: Readonly<Partial<Record<DiagnosticCode, ProvokingCase>>> = {
  "not-utf8": {
    files: { "runbooks/a.md": new Uint8Array([0x23, 0x20, 0x41, 0xff, 0x0a]) },
    exitCode: 3,
    line: null,
    message: "The file is not valid UTF-8 text at byte 3.",
    hint: "Save the file as UTF-8, then check it again.",
  },
  "broken-characters": {
    files: { "runbooks/a.md": `# A\n\nTakes 5â€“15 minutes.\n\n${step}` },
    exitCode: 5,
    line: 3,
    message: "`â€“` is what a wrong encoding made of `–`.",
    hint: "Replace `â€“` by `–`.",
  },
  "empty-runbook": {
    files: { "runbooks/a.md": "\n" },
    exitCode: 3,
    line: 1,
    message: "The runbook holds no step: neither a command nor something for a person to do.",
    hint: "Add a command in a `bash` fence, or a task list item such as `- [ ] Call the owner`.",
  },
  "unclosed-fence": {
    files: { "runbooks/a.md": "# A\n\n```bash\ntrue\n\n## Next\n" },
    exitCode: 3,
    line: 3,
    message: "The code fence opened by `` ``` `` is never closed, so all text below it is code.",
    hint: "Close the fence with a line of as many back-ticks as opened it.",
  },
  "mdx-syntax": {
    files: mdx("", `Replace <commit> by it.\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "The document cannot be read as MDX: …",
    hint: "Write `\\<` and `\\{` for these characters in prose, or give the file the ending `.md`.",
  },
  "mdx-import": {
    files: mdx("", `import A from "./a.js";\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "A runbook may not import code.",
    hint: "Remove the `import`; the components of Opswright are there without it.",
  },
  "mdx-export": {
    files: mdx("", `export const a = 1;\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "A runbook may not export code.",
    hint: "Remove the `export`; put values for the reader into the front matter's `inputs`.",
  },
  "mdx-expression": {
    files: mdx("", `Deployed from {branch}.\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "The expression `branch` would have to be executed, and runbooks never are.",
    hint: "Write the value itself, or `\\{` where a brace is meant.",
  },
  "front-matter-missing": {
    files: { "runbooks/a.mdx": `# A\n\n${step}` },
    exitCode: 3,
    line: 1,
    message: "The runbook has no front matter.",
    hint: "Begin the file with `---`, a line `title: …`, and `---`.",
  },
  "front-matter-syntax": {
    files: mdx("summary: a: b\n", step),
    exitCode: 3,
    line: 3,
    message:
      "The front matter is not valid YAML: Nested mappings are not allowed in compact mappings.",
    hint: "Correct the YAML; put text that holds `: ` or begins with `{` in quotes.",
  },
  "unknown-key": {
    files: mdx("timout: 10m\n", step),
    exitCode: 3,
    line: 3,
    message: "`timout` is not a key of the front matter.",
    hint: "Did you mean `timeout`?",
  },
  "missing-key": {
    files: mdx("status: active\n", step),
    exitCode: 3,
    line: 3,
    message: "The key `owner` is missing in an active runbook.",
    hint: "Add `owner: …`.",
  },
  "invalid-value": {
    files: mdx("timeout: ten minutes\n", step),
    exitCode: 3,
    line: 3,
    message: "The value of `timeout` is not valid: expected a duration such as 30s, 10m or 1h30m.",
    hint: "Correct `timeout`; `opswright schema` prints what each key takes.",
  },
  "unknown-component": {
    files: mdx("", `<Manaul>Call the owner.</Manaul>\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "`<Manaul>` is not a component of Opswright.",
    hint: "Did you mean `<Manual>`?",
  },
  "unknown-component-attribute": {
    files: mdx("", `<Manual tittle="Call">Call the owner.</Manual>\n`),
    exitCode: 3,
    line: 5,
    message: "`<Manual>` has no attribute `tittle`.",
    hint: "Did you mean `title`?",
  },
  "missing-component-attribute": {
    files: mdx("", `<Include procedure="backup" />\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "`<Include>` needs the attribute `runbook`.",
    hint: 'Add the attribute: `<Include runbook="…">`.',
  },
  "component-without-content": {
    files: mdx("", `<Manual></Manual>\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "`<Manual>` cannot be used like this: it says nothing that a person could do.",
    hint: "Write what it is about between `<Manual>` and `</Manual>`.",
  },
  "attribute-syntax": {
    files: mdx("", fence('bash title="Push')),
    exitCode: 3,
    line: 5,
    message: 'The attribute text `title="Push` cannot be read: …',
    hint: 'Write attributes as `name`, `name=value` or `name="a value"`, with spaces between.',
  },
  "unknown-attribute": {
    files: mdx("", fence("bash timeot=30s")),
    exitCode: 3,
    line: 5,
    message: "`timeot` is not a fence attribute of Opswright.",
    hint: "Did you mean `timeout`?",
  },
  "duplicate-attribute": {
    files: mdx("", fence("bash timeout=30s timeout=5m")),
    exitCode: 3,
    line: 5,
    message: "The attribute `timeout` is given more than once.",
    hint: "Keep one `timeout` and remove the others.",
  },
  "attribute-value": {
    files: mdx("", fence("bash timeout=30")),
    exitCode: 3,
    line: 5,
    message: "`timeout` cannot be `30`: expected a duration such as 500ms, 30s, 10m or 1h30m.",
    hint: "Correct the value of `timeout`.",
  },
  "attribute-conflict": {
    files: mdx("", fence("bash background interactive")),
    exitCode: 3,
    line: 5,
    message: "`background` does not fit here: a server in the background has no terminal.",
    hint: "Look at `background` and `interactive` together, and say what you mean.",
  },
  "foreign-attribute": {
    files: { "runbooks/a.md": `# A\n\n${fence("bash linenums=1")}` },
    exitCode: 0,
    severity: "info",
    line: 3,
    message: "`linenums=1` is no attribute of Opswright and is ignored.",
    hint: "Leave it if another tool needs it; Opswright does nothing with it.",
  },
  "no-interpreter": {
    files: mdx("", fence("pyton run", "print(1)")),
    exitCode: 3,
    line: 5,
    message: "No program is known that runs `pyton`.",
    hint: "Did you mean `python`?",
  },
  "output-without-command": {
    files: mdx("", `${fence("output", "ready")}\n${step}`),
    exitCode: 3,
    line: 5,
    message: "This `output` fence does not follow a command, so nothing is compared with it.",
    hint: "Put it right behind the command whose output it is, or call the fence `text`.",
  },
  "expectation-syntax": {
    files: mdx("", `${step}\n${fence("output match=json", "{status: ready}")}`),
    exitCode: 3,
    line: 10,
    message: "The expected output cannot be used: …",
    hint: "Correct the expected output; the reference of expectations lists what may stand there.",
  },
  "unknown-suffix": {
    files: mdx("", `${step}\n${fence("output", "ready\nup since * (golb)")}`),
    exitCode: 0,
    severity: "warning",
    line: 11,
    message:
      "`(golb)` says nothing of how this line is compared, so it is expected letter for letter.",
    hint: "Did you mean `(glob)`? If the output ends so, write ` (eq)` behind it.",
  },
  "transcript-without-prompt": {
    files: mdx("", `${fence("console", "uptime")}\n${step}`),
    exitCode: 0,
    severity: "info",
    line: 5,
    message: "This `console` block has no line that begins with `$ `, so nothing in it is run.",
    hint: 'Put `$ ` before each command, name the prompt that is there (`prompt="# "`), or call the block `bash` or `text`.',
  },
  "duplicate-step-id": {
    files: mdx("", `${fence("bash id=push")}\n${fence("bash id=push")}`),
    exitCode: 3,
    line: 9,
    message: "The step id `push` is already taken by the step in line 5.",
    hint: "Give one of the two another `id`.",
  },
  "unknown-section": {
    files: mdx("procedures:\n  go:\n    steps: [section: check]\n", `## Checks\n\n${step}`),
    exitCode: 3,
    line: 5,
    message: "The runbook has no section `check`.",
    hint: "Did you mean `checks`?",
  },
  "unknown-step": {
    files: mdx("", `${fence("bash id=push undo=revrt")}\n${fence("bash id=revert")}`),
    exitCode: 3,
    line: 5,
    message: "There is no step `revrt`, which `undo` names.",
    hint: "Did you mean `revert`?",
  },
  "unknown-procedure": {
    files: mdx(
      "procedures:\n  go:\n    onFailure: rolback\n    steps: [section: s]\n  rollback:\n    steps: [section: s]\n",
      `## S\n\n${step}`,
    ),
    exitCode: 3,
    line: 5,
    message: "The runbook `a` has no procedure `rolback`.",
    hint: "Did you mean `rollback`?",
  },
  "unknown-input": {
    files: mdx(
      "inputs:\n  METHOD: { default: x }\n",
      fence('bash when="METOD=manual"', 'echo "$METHOD"'),
    ),
    exitCode: 3,
    line: 7,
    message: "`METOD=manual` uses the input `METOD`, which is not declared.",
    hint: "Did you mean `METHOD`?",
  },
  "unknown-contract": {
    files: mdx(
      "contracts:\n  railway:\n    variables: { A: {} }\n",
      `<Contract of="railwey" />\n\n${step}`,
    ),
    exitCode: 3,
    line: 8,
    message: "The front matter declares no contract `railwey`.",
    hint: "Did you mean `railway`?",
  },
  "unknown-runbook": {
    files: {
      ...mdx("", `<Include runbook="backup" />\n`),
      "runbooks/backups.md": `# B\n\n${step}`,
    },
    exitCode: 3,
    line: 5,
    message: "There is no runbook `backup`.",
    hint: "Did you mean `backups`?",
  },
  "unknown-choice": {
    files: mdx(
      "inputs:\n  METHOD: { type: enum, choices: [automatic, manual], default: manual }\nprocedures:\n  go:\n    steps:\n      - choose: METHOD\n        when: { automatic: [section: s], manul: [section: s], manual: [section: s] }\n",
      `## S\n\n${step}`,
    ),
    exitCode: 3,
    line: 9,
    message: "`manul` is not one of the choices of the input `METHOD`.",
    hint: "Use `automatic` or `manual`, or add the value to the input's `choices`.",
  },
  "missing-choice": {
    files: mdx(
      "inputs:\n  METHOD: { type: enum, choices: [automatic, manual], default: manual }\nprocedures:\n  go:\n    steps:\n      - choose: METHOD\n        when: { automatic: [section: s] }\n",
      `## S\n\n${step}`,
    ),
    exitCode: 3,
    line: 8,
    message: "Nothing says what to do where `METHOD` is `manual`.",
    hint: "Add `manual: […]` below `when`.",
  },
  "include-cycle": {
    files: {
      ...mdx("", `<Include runbook="b" />\n`),
      "runbooks/b.mdx": '---\ntitle: B\n---\n\n<Include runbook="a" />\n',
    },
    exitCode: 3,
    line: 5,
    message: "These include each other in a circle: `a` → `b` → `a`.",
    hint: "Remove one of the includes.",
  },
  "condition-syntax": {
    files: mdx("inputs:\n  METHOD: { default: x }\n", fence('bash when="METHOD is manual"')),
    exitCode: 3,
    line: 7,
    message: "The condition `METHOD is manual` cannot be read: …",
    hint: "Write `NAME=value`, `NAME!=value`, `NAME` or `!NAME`, joined by `and`, `or` and parentheses.",
  },
  "empty-procedure": {
    files: mdx(
      "procedures:\n  go:\n    steps: [section: s]\n",
      `## S\n\nProse.\n\n## T\n\n${step}`,
    ),
    exitCode: 3,
    line: 4,
    message: "The procedure `go` holds no step.",
    hint: "Name a section or step that holds something to do.",
  },
  "invalid-step-id": {
    files: mdx("", `<Manual id="Tell them!">Call the owner.</Manual>\n`),
    exitCode: 3,
    line: 5,
    message: "`Tell them!` cannot be a step id: …",
    hint: "Use lower-case letters, digits and hyphens, such as `push-to-develop`.",
  },
  placeholder: {
    files: mdx("", fence("bash", "git revert <commit hash>")),
    exitCode: 5,
    line: 6,
    message: "`<commit hash>` is a blank that a person must fill.",
    hint: 'Declare an input such as `COMMIT_HASH` and write `"$COMMIT_HASH"` here, or mark the block `norun`.',
  },
  "undeclared-variable": {
    files: mdx("inputs:\n  DATABASE: { default: x }\n", fence("bash", 'pg_dump "$DATABSE"')),
    exitCode: 5,
    line: 8,
    message: "The command uses `$DATABSE`, which is neither an input nor set by an earlier step.",
    hint: "Did you mean `$DATABASE`?",
  },
  "shell-syntax": {
    files: mdx("", fence("bash", "if [ -f x ]; then\n  ls x")),
    exitCode: 5,
    line: 6,
    message: "The command is not valid bash…",
    hint: "Correct the command, or label the block `text` if it is not one.",
  },
  "risk-lowered": {
    files: mdx("", fence("bash risk=safe", "rm -rf build")),
    exitCode: 3,
    line: 5,
    message: "The step says `risk=safe`, but its commands are `destructive`.",
    hint: 'Add `risk-reason="…"` that says why the lower risk is right, or remove `risk`.',
  },
  "destructive-step": {
    files: mdx("", fence("bash", "git push --force origin develop")),
    exitCode: 0,
    severity: "warning",
    line: 6,
    message: "`--force` makes this step destructive: …",
    hint: 'Say with `confirm="…"` what to check first, or with `risk=destructive` that this is meant.',
  },
  "unknown-target": {
    files: { "runbooks/deployment.md": `# D\n\n${step}` },
    args: ["plan", "deploymnt"],
    exitCode: 3,
    line: null,
    message: "There is no runbook, procedure, section or step `deploymnt`.",
    hint: "Did you mean `deployment`?",
  },
  "no-steps": {
    files: mdx("", `## S\n\nNothing here.\n\n## T\n\n${step}`),
    args: ["plan", "a#s"],
    exitCode: 3,
    line: null,
    message: "`a#s` holds no step that would be run.",
    hint: "Look at it with `opswright show a#s`, and check the inputs and the selection.",
  },
  "missing-input": {
    files: mdx(
      "inputs:\n  COMMIT: { type: git-ref, required: true, description: The commit to revert }\n",
      fence("bash", 'git revert "$COMMIT"'),
    ),
    args: ["plan", "a"],
    exitCode: 3,
    line: null,
    message: "The input `COMMIT` has no value: The commit to revert.",
    hint: "Pass `--input COMMIT=VALUE`, or a file with `--inputs FILE`.",
  },
  "input-value": {
    files: mdx("inputs:\n  REPLICAS: { type: int }\n", fence("bash", 'echo "$REPLICAS"')),
    args: ["plan", "a", "--input", "REPLICAS=three"],
    exitCode: 3,
    line: null,
    message: "The value of the input `REPLICAS` is not a valid `int`: expected a whole number.",
    hint: "Pass another value with `--input REPLICAS=VALUE`.",
  },
  "undeclared-input": {
    files: mdx("inputs:\n  METHOD: { default: x }\n", fence("bash", 'echo "$METHOD"')),
    args: ["plan", "a", "--input", "METOD=manual"],
    exitCode: 3,
    line: null,
    message: "The plan has no input `METOD`.",
    hint: "Did you mean `METHOD`?",
  },
  "undeclared-target": {
    files: {
      ...mdx("", fence("bash id=push on=databse")),
      "opswright.config.json": `{ "targets": { "database": "ssh://db1" } }`,
    },
    args: ["plan", "a"],
    exitCode: 3,
    line: 5,
    message: "The step `push` runs on `databse`, and no such target is declared.",
    hint: "Did you mean `database`?",
  },
  "target-value": {
    files: {
      ...mdx("inputs:\n  HOST: { default: db1 }\n", fence("bash on=db", 'echo "$HOST"')),
      "opswright.config.json": `{ "targets": { "db": "ssh://$HSOT" } }`,
    },
    args: ["plan", "a"],
    exitCode: 3,
    line: 7,
    message: "The target `db` names `HSOT`, which is no input of this runbook.",
    hint: "Name an input that is not secret, or write the value into the target.",
  },
  "not-supported": {
    files: {
      ...mdx("", fence("bash on=db interactive")),
      "opswright.config.json": `{ "targets": { "db": { "exec": ["docker", "exec", "-i", "db", "bash"] } } }`,
    },
    args: ["plan", "a"],
    exitCode: 3,
    line: 5,
    message: "This version of Opswright cannot do this yet: …",
    hint: "Do this step by hand, or leave it out with `--skip STEP`.",
  },
  "unreachable-selection": {
    files: mdx("", fence("bash id=push")),
    args: ["plan", "a", "--skip", "pus"],
    exitCode: 3,
    line: null,
    message: "`--skip` names the step `pus`, which is not in the plan.",
    hint: "Did you mean `push`?",
  },
  "missing-tool": {
    files: mdx(
      "tools:\n  opswright-no-such-tool: { install: apt install it }\n",
      fence("bash id=push", "opswright-no-such-tool up"),
    ),
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message: "The program `opswright-no-such-tool` is not on PATH; …",
    hint: "Install it: `apt install it`.",
  },
  "tool-version": {
    files: {
      ...mdx('tools:\n  mytool: { version: ">=2" }\n', fence("bash", "mytool up")),
      "bin/mytool": "#!/bin/sh\necho mytool 1.4.0\n",
    },
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message: "The program `mytool` must have version `>=2`, and this one is `1.4.0`.",
    hint: "Install a version of `mytool` that will do, then try again.",
  },
  "missing-variable": {
    files: mdx(
      "contracts:\n  here:\n    variables: { DATABASE_ADDRESS: { description: Where the data is } }\n",
      `<Contract of="here" />\n\n${step}`,
    ),
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message:
      "`DATABASE_ADDRESS` is not set, which the contract `here` requires: Where the data is.",
    hint: "Set `DATABASE_ADDRESS` in the place that the contract describes, then try again.",
  },
  "contract-probe": {
    files: mdx(
      "contracts:\n  there:\n    probe: echo no login >&2; exit 3\n    variables: { DATABASE_ADDRESS: {} }\n",
      `<Contract of="there" />\n\n${step}`,
    ),
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message: "The contract `there` cannot be checked, since `echo no login >&2; exit 3` failed: …",
    hint: "Run `echo no login >&2; exit 3` by hand and put right what it reports.",
  },
  "secret-source": {
    files: mdx(
      "inputs:\n  TOKEN: { type: secret, from: exit 3 }\n",
      fence("bash", 'echo "${#TOKEN}"'),
    ),
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message: "The secret `TOKEN` cannot be read from the command `exit 3`: exit code 3.",
    hint: "Run the command by hand and put right what it reports, or set `TOKEN` in the environment.",
  },
  "wrong-system": {
    files: mdx("", fence("bash id=install os=windows")),
    args: ["run", "a"],
    exitCode: 6,
    line: null,
    message: "The step `install` is for `windows`, and this machine is …",
    hint: "Run it on such a machine, or leave it out with `--skip install`.",
  },
  "answer-needed": {
    files: mdx("", "- [ ] Tell support\n"),
    args: ["run", "a"],
    exitCode: 7,
    line: 5,
    message: "Nobody can be asked here: …",
    hint: "Run it on a terminal, or pass `--yes`.",
  },
  "destructive-refused": {
    files: mdx("", fence("bash id=wipe risk=destructive", "rm -rf build")),
    args: ["run", "a", "--yes"],
    exitCode: 7,
    line: 5,
    message: "The step `wipe` cannot be taken back: …",
    hint: "Run it on a terminal and confirm it there, or pass `--allow destructive`.",
  },
  "answers-syntax": {
    files: { ...mdx("", step), "answers.yaml": "- a\n" },
    args: ["run", "a", "--answers", "answers.yaml"],
    exitCode: 3,
    line: null,
    message: "The file of answers cannot be used: expected a map of step ids to answers.",
    hint: "Write one answer a line, by the step's id: `upload: done`. A note goes along: `upload: { answer: failed, note: WHY }`.",
  },
  "unknown-answer": {
    files: {
      ...mdx("", '<Manual id="upload">Upload it.</Manual>\n'),
      "answers.yaml": "# tonight\nuplaod: done\n",
    },
    args: ["run", "a", "--answers", "answers.yaml"],
    exitCode: 3,
    line: 2,
    message: "The plan has no step `uplaod` to be answered.",
    hint: "Did you mean `upload`?",
  },
  "unfit-answer": {
    files: {
      ...mdx("", fence("bash id=wipe risk=destructive", "rm -rf build")),
      "answers.yaml": "{ wipe: yes }\n",
    },
    args: ["run", "a", "--answers", "answers.yaml"],
    exitCode: 3,
    line: 1,
    message: "The step `wipe` does not take the answer `yes`.",
    hint: "Write `wipe`, `no` or `skip`. What cannot be taken back needs the step's own id as its word.",
  },
  "baseline-syntax": {
    files: { "runbooks/.baseline.json": '{ "schemaVersion": 1 }', "runbooks/a.md": step },
    args: check,
    exitCode: 3,
    line: null,
    message: "The baseline cannot be used: findings: …",
    hint: "Write it anew with `opswright check --write-baseline`, or pass `--no-baseline` to see every finding.",
  },
  "unknown-rule": {
    files: {
      "opswright.config.json": '{ "rules": { "compose/unknown-contianer": "off" } }',
      "runbooks/a.md": step,
    },
    args: check,
    exitCode: 3,
    line: null,
    message:
      "`rules` in the configuration names `compose/unknown-contianer`, which no finding has.",
    hint: "Did you mean `compose/unknown-container`?",
  },
  "configuration-syntax": {
    files: { "opswright.config.json": '{ "runbook": "docs" }', "runbooks/a.md": step },
    args: check,
    exitCode: 3,
    line: null,
    message: "The configuration cannot be used: …",
    hint: "Correct the file, or pass `--no-config` to go on without it; `opswright schema --of configuration` prints what it takes.",
  },
};
