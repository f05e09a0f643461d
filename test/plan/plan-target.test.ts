import { describe, expect, test } from "vitest";
import { fence, mdx } from "../compile/compile-text.ts";
import { codesOf, idsOf, planTexts, type Texts } from "./plan-texts.ts";

const deployment = mdx(
  `
## Checks

${fence('sh id=test when="not QUICK"', "npm test")}
<Include runbook="backup" id="bk" />

## Automatic

- [ ] Wait for the build.

## Manual

${fence("sh id=up", 'railway up --message "$MESSAGE"')}

## Push

${fence("sh id=push", 'git push "$TOKEN"')}

## Rollback

${fence("sh id=revert", 'git revert "$COMMIT"')}
`,
  `inputs:
  METHOD: { type: enum, choices: [automatic, manual] }
  MESSAGE: { required: true }
  TOKEN: { type: secret, required: true }
  COMMIT: { type: git-ref, default: HEAD }
  QUICK: { type: bool }
procedures:
  deploy:
    default: true
    steps:
      - section: checks
      - choose: METHOD
        when:
          automatic: [section: automatic]
          manual: [section: manual]
      - section: push
    onFailure: rollback
  rollback:
    steps: [section: rollback]
`,
);
const backup = `# Backup\n\n${fence("sh", 'pg_dump "$DB" > dump.sql')}`;
const texts: Texts = { deployment, "db/backup": backup, backup };
const inputs = { METHOD: "automatic", TOKEN: "hunter2", DB: "main" };

describe("targets", () => {
  test.each([
    ["deployment", "test bk/backup automatic push"],
    ["deployment:deploy", "test bk/backup automatic push"],
    ["deployment:rollback", "revert"],
    ["deployment#push", "push"],
    ["deployment#checks", "test bk/backup"],
    ["deployment#revert", "revert"],
    ["deployment#bk", "bk/backup"],
    ["db/backup", "backup"],
    ["runbooks/deployment.mdx:rollback", "revert"],
    ["runbooks/db/backup.md", "backup"],
  ])("%s", (target, expected) => {
    const given = target.includes("deployment") ? inputs : { DB: "main" };
    const plan = planTexts(texts, target, { inputs: given });
    expect(codesOf(plan)).toEqual([]);
    expect(idsOf(plan)).toBe(expected);
    expect(plan.value?.target).toBe(target);
  });

  test.each([
    ["deploymnt", ["deployment"]],
    ["backups", ["backup"]],
    ["deployment:rolback", ["deployment:rollback"]],
    ["deployment:", ["deployment:deploy", "deployment:rollback"]],
    ["deployment#pusch", ["deployment#push"]],
    ["deployment:constructor", ["deployment:deploy", "deployment:rollback"]],
    ["deployment#constructor", []],
    ["constructor", ["deployment", "db/backup", "backup"]],
    ["", ["deployment", "db/backup", "backup"]],
    ["#", ["deployment", "db/backup", "backup"]],
    ["runbooks/gone.mdx", ["deployment", "db/backup", "backup"]],
  ])("%j is none, and the nearest ones are named", (target, nearest) => {
    const { value, diagnostics } = planTexts(texts, target);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "unknown-target", args: { target, nearest } }]);
  });

  test("a runbook that cannot be read gives its own problems", () => {
    const { value, diagnostics } = planTexts({ a: mdx("<open\n") }, "a");
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["mdx-syntax"]);
  });
});

describe("inputs", () => {
  test("are bound, defaults too, in order of name, and secrets are in no field", () => {
    const plan = planTexts(texts, "deployment", { inputs });
    expect(plan.value?.inputs).toEqual([
      { name: "COMMIT", type: "git-ref", description: undefined, value: "HEAD", source: "default" },
      {
        name: "DB",
        type: "string",
        description: expect.any(String) as string,
        value: "main",
        source: "given",
      },
      {
        name: "MESSAGE",
        type: "string",
        description: undefined,
        value: undefined,
        source: "unset",
      },
      { name: "METHOD", type: "enum", description: undefined, value: "automatic", source: "given" },
      { name: "QUICK", type: "bool", description: undefined, value: undefined, source: "unset" },
      { name: "TOKEN", type: "secret", description: undefined, value: undefined, source: "secret" },
    ]);
    expect(JSON.stringify(plan)).not.toContain("hunter2");
  });

  test.each([
    ["METHOD", "manuel", "one of automatic, manual"],
    ["COMMIT", "--upload-pack=hunter2", "a commit, branch or tag"],
    ["TOKEN", "", "a secret that is not empty"],
    ["DB", "hunter2\0", "it holds a NUL byte, which no environment variable can"],
    ["QUICK", "hunter2", "true or false"],
  ])("%s cannot be %j, and the value is not repeated", (name, value, reason) => {
    const plan = planTexts(texts, "deployment", { inputs: { ...inputs, [name]: value } });
    const problem = plan.diagnostics.find(({ code }) => code === "input-value");
    expect(problem?.args).toMatchObject({ name, reason });
    expect(JSON.stringify(plan)).not.toContain("hunter2");
    // A value that is wrong is not missing besides.
    expect(codesOf(plan)).not.toContain(`missing-input ${name}`);
  });

  test("that no runbook declares are told with the nearest one", () => {
    const { diagnostics } = planTexts(texts, "deployment", {
      inputs: { ...inputs, METOD: "x", constructor: "y" },
    });
    expect(diagnostics.map(({ code, args }) => [code, args])).toEqual([
      ["undeclared-input", { name: "METOD", nearest: "METHOD" }],
      ["undeclared-input", { name: "constructor", nearest: undefined }],
    ]);
  });

  test.each([
    ["deployment", {}, ["missing-input METHOD", "missing-input TOKEN", "missing-input DB"]],
    [
      "deployment",
      { METHOD: "manual" },
      ["missing-input MESSAGE", "missing-input TOKEN", "missing-input DB"],
    ],
    ["deployment#push", {}, ["missing-input TOKEN"]],
    ["deployment#automatic", {}, []],
    ["deployment:rollback", {}, []],
    ["backup", {}, ["missing-input DB"]],
  ])("that selected steps of %s read are wanted (%j)", (target, given, expected) => {
    expect(codesOf(planTexts(texts, target, { inputs: given }))).toEqual(expected);
  });

  test("that only a choice asks about are not wanted for steps named one by one", () => {
    const only = (step: string): readonly string[] =>
      codesOf(
        planTexts(texts, "deployment", { inputs: { TOKEN: "x" }, selection: { only: [step] } }),
      );
    expect(only("push")).toEqual([]);
    expect(only("automatic")).toEqual([
      "unreachable-selection",
      "missing-input METHOD",
      "no-steps",
    ]);
  });

  test.each([
    ["a comparison asks for the value", 'when="A=x"', "A: {}", ["missing-input A", "no-steps"]],
    ["a bare name may be unset", "when=A", "A: {}", ["no-steps"]],
    ["a denied bare name may be unset", 'when="not A"', "A: {}", []],
    [
      "a bare name that is required may not",
      "when=A",
      "A: { required: true }",
      ["missing-input A", "no-steps"],
    ],
    ["a default answers", 'when="A=x"', "A: { default: x }", []],
    ["the fence's own directory is read", 'dir="$A"', "A: { required: true }", ["missing-input A"]],
    ["and its environment", 'env.B="$A"', "A: { required: true }", ["missing-input A"]],
    [
      "what nothing names is wanted when required",
      "",
      "A: { required: true }",
      ["missing-input A"],
    ],
  ])("%s", (_name, info, input, expected) => {
    const text = mdx(fence(`sh ${info}`), `inputs: { ${input} }\n`);
    expect(codesOf(planTexts({ a: text }, "a"))).toEqual(expected);
  });

  test("that a step by hand names are wanted where it is selected", () => {
    const text = mdx(
      `# A\n- [ ] Send PIN to them.\n\n# B\n${fence("sh")}`,
      "inputs: { PIN: { required: true } }\n",
    );
    expect(codesOf(planTexts({ a: text }, "a#a"))).toEqual(["missing-input PIN"]);
    expect(codesOf(planTexts({ a: text }, "a#b"))).toEqual([]);
  });

  test("that other runbooks happen to name too are judged by this one", () => {
    const text = mdx(fence("sh"), "inputs: { PIN: { required: true } }\n");
    const other = mdx(fence("sh", 'echo "$PIN"'), "inputs: { PIN: {} }\n");
    expect(codesOf(planTexts({ a: text, b: other }, "a"))).toEqual(["missing-input PIN"]);
  });

  test("of an outer runbook stand before those of an included one", () => {
    const outer = mdx('<Include runbook="b" />\n', "inputs: { A: { default: outer } }\n");
    const inner = mdx(
      fence("sh", 'echo "$A" "$B"'),
      "inputs: { A: { default: inner }, B: { default: b } }\n",
    );
    const plan = planTexts({ a: outer, b: inner }, "a");
    expect(plan.value?.inputs.map(({ name, value }) => `${name}=${value ?? ""}`)).toEqual([
      "A=outer",
      "B=b",
    ]);
  });

  test("default values are checked like given ones", () => {
    const text = mdx(fence("sh", 'echo "$A"'), "inputs: { A: { type: int, default: many } }\n");
    expect(codesOf(planTexts({ a: text }, "a"))).toEqual(["input-value A"]);
  });

  test("lists and numbers as defaults are text to commands", () => {
    const text = mdx(
      fence("sh", 'echo "$A$B$C"'),
      "inputs: { A: { type: list, default: [x, y] }, B: { type: int, default: 5 }, C: { type: bool, default: false } }\n",
    );
    expect(planTexts({ a: text }, "a").value?.inputs.map(({ value }) => value)).toEqual([
      "x,y",
      "5",
      "false",
    ]);
  });
});

describe("conditions and choices", () => {
  test.each([
    [{ METHOD: "manual", MESSAGE: "m" }, "test bk/backup up push"],
    [{ METHOD: "automatic", QUICK: "true" }, "bk/backup automatic push"],
    [{ METHOD: "automatic", QUICK: "false" }, "test bk/backup automatic push"],
  ])("%j", (given, expected) => {
    const plan = planTexts(texts, "deployment", { inputs: { TOKEN: "t", DB: "d", ...given } });
    expect(codesOf(plan)).toEqual([]);
    expect(idsOf(plan)).toBe(expected);
  });

  test("of components decide too, around includes as well", () => {
    const text = mdx(
      `<Choice input="M">\n<Option value="a">\n<Include runbook="b" />\n</Option>\n<Option value="b">\n${fence("sh id=x")}</Option>\n</Choice>\n`,
      "inputs: { M: { choices: [a, b] } }\n",
    );
    const plan = (M: string): string | undefined =>
      idsOf(planTexts({ a: text, b: fence("sh") }, "a", { inputs: { M } }));
    expect(plan("a")).toBe("step/step");
    expect(plan("b")).toBe("x");
  });
});

describe("includes", () => {
  const inner = mdx(
    `# S\n${fence("sh id=one")}# T\n${fence("sh id=two")}`,
    "procedures: { p: { steps: [{ step: two }] }, q: { steps: [{ step: one }] } }\n",
  );
  test.each([
    ['<Include runbook="b" />\n', "step/two"],
    ['<Include runbook="b" procedure="q" />\n', "step/one"],
    ['<Include runbook="b" section="s" />\n', "step/one"],
    ['<Include runbook="b" id="x" />\n\n<Include runbook="b" id="y" />\n', "x/two y/two"],
    ['# A\n<Include runbook="c" />\n', "a/step/two"],
  ])("%j", (body, expected) => {
    const plan = planTexts({ a: mdx(body), b: inner, c: mdx('<Include runbook="b" />\n') }, "a");
    expect(codesOf(plan)).toEqual([]);
    expect(idsOf(plan)).toBe(expected);
  });

  test("say where their steps come from, and through what", () => {
    const plan = planTexts(
      { a: mdx('# A\n<Include runbook="b" title="Back up" />\n'), b: inner },
      "a",
    );
    expect(plan.value?.steps).toMatchObject([
      {
        number: 1,
        id: "a/two",
        runbook: "b",
        path: "runbooks/b.mdx",
        line: 10,
        scriptLine: 11,
        context: ["Back up", "T"],
      },
    ]);
  });

  test.each([
    ["no runbook", '<Include runbook="gone" />\n', ["unknown-runbook"]],
    ["no procedure", '<Include runbook="b" procedure="gone" />\n', ["unknown-procedure gone"]],
    ["no section", '<Include runbook="b" section="gone" />\n', ["unknown-section"]],
    ["itself", '<Include runbook="a" />\n', ["include-cycle"]],
  ])("of %s stop the plan", (_name, body, expected) => {
    const plan = planTexts({ a: mdx(body + fence("sh id=own")), b: inner }, "a");
    expect(codesOf(plan)).toEqual(expect.arrayContaining(expected));
    expect(plan.diagnostics.every(({ span }) => span !== undefined)).toBe(true);
  });

  test("of a runbook with an error stop the plan", () => {
    const bad = mdx(fence("sh timeot=3s"));
    expect(codesOf(planTexts({ a: mdx('<Include runbook="b" />\n'), b: bad }, "a"))).toEqual([
      "unknown-attribute timeot",
    ]);
  });

  test("of a runbook that cannot be read stop the plan", () => {
    const plan = planTexts(
      { a: mdx(`${fence("sh")}<Include runbook="b" />\n`), b: mdx("<open\n") },
      "a",
    );
    expect(codesOf(plan)).toContain("mdx-syntax");
  });
});

describe("steps", () => {
  test("stand in the plan once each, shown ones not at all", () => {
    const text = mdx(
      `# A\n${fence("sh id=x")}## B\n${fence("sh id=y")}${fence("sh norun id=z")}${fence("json")}`,
      "procedures: { p: { steps: [{ step: y }, { section: a }, { procedure: q }] }, q: { steps: [{ section: b }] } }\n",
    );
    expect(idsOf(planTexts({ a: text }, "a"))).toBe("y x");
  });

  test("have all that governs them", () => {
    const text = mdx(
      `# A\n${fence("sh id=x check timeout=5s", "git push --force")}- [ ] By hand\n  - more\n`,
      "timeout: 2m\n",
    );
    expect(planTexts({ a: text }, "a").value?.steps).toMatchObject([
      {
        kind: "command",
        number: 1,
        title: "A",
        context: ["A"],
        script: "git push --force",
        interpreter: "bash",
        isCheck: true,
        timeoutMs: 5000,
        line: 6,
        scriptLine: 7,
        risk: { level: "destructive" },
        tools: ["git"],
      },
      { kind: "manual", number: 2, title: "By hand", text: "By hand\n- more" },
    ]);
  });

  test("have the runbook's timeout where they have none, and that of their own runbook", () => {
    const plan = planTexts(
      { a: mdx(`${fence("sh")}<Include runbook="b" />\n`, "timeout: 2m\n"), b: mdx(fence("sh")) },
      "a",
    );
    expect(plan.value?.steps.map((step) => (step.kind === "command" ? step.timeoutMs : 0))).toEqual(
      [120_000, undefined],
    );
  });

  test("that are not there are told", () => {
    expect(codesOf(planTexts({ a: `# A\n\ntext\n\n# B\n${fence("sh")}` }, "a#a"))).toEqual([
      "no-steps",
    ]);
    expect(
      codesOf(planTexts({ a: fence("sh id=x") }, "a", { selection: { only: ["x"], skip: ["x"] } })),
    ).toEqual(["no-steps"]);
  });

  test("are refused where they need a terminal that their target does not give", () => {
    const targets = { app: { exec: ["docker", "exec", "-i", "app", "bash"] }, host: "ssh://host" };
    const on = (target: string) =>
      planTexts({ a: fence(`sh on=${target} interactive id=x`) }, "a", { targets }).diagnostics;
    const feature = "`interactive` on the target app, whose `exec` gives no terminal (step x)";
    expect(on("app")).toMatchObject([{ code: "not-supported", args: { feature } }]);
    expect(on("host")).toEqual([]);
  });

  test("for a system are planned on a target too, which tells its own when it is connected", () => {
    const targets = { web: "ssh://web" };
    const text = `${fence("sh id=a on=web os=linux", "true")}${fence("sh id=b on=web os=darwin", "true")}`;
    const { value, diagnostics } = planTexts({ a: text }, "a", { targets });
    expect(diagnostics).toEqual([]);
    expect(value?.unknowns).toContain(
      "Which operating system web has: it tells when it is connected, which decides whether a, b are done.",
    );
  });

  test.each([
    [
      "sh interactive",
      "output",
      "expected output of an `interactive` step, whose output goes to the terminal",
    ],
    [
      "sh background",
      "output",
      "expected output of a `background` step, whose output is not complete before the run ends",
    ],
  ])("so is output that nobody could judge: %s, %s", (command, output, feature) => {
    const text = fence(`${command} id=x`) + fence(output, "a");
    expect(planTexts({ a: text }, "a").diagnostics).toMatchObject([
      { code: "not-supported", args: { feature: `${feature} (step x)` } },
    ]);
  });

  test.each(["subset", "unordered", "contains", "exact"])("match=%s is planned", (match) => {
    const text = fence("sh") + fence(`output match=${match} stream=stderr`, "...\n[..id..]\n[3]");
    expect(codesOf(planTexts({ a: text }, "a"))).toEqual([]);
  });

  test("what they leave out is nobody's concern", () => {
    const text = `${fence("sh id=good")}${fence("sh id=bad on=host background", "git revert <commit>")}`;
    const plan = planTexts({ a: text }, "a", { selection: { skip: ["bad"] } });
    expect(codesOf(plan)).toEqual([]);
  });
});

describe("a runbook is judged by the steps that are selected", () => {
  const body = `# Good\n${fence("sh id=good", "ls")}# Bad\n${fence("sh id=bad", "git revert <commit>")}${fence("sh id=broken", "if true; then")}`;
  test.each([
    [mdx(body), "a#good", []],
    [mdx(body), "a#bad", ["shell-syntax", "placeholder <commit>"]],
    [mdx(body), "a", ["shell-syntax", "placeholder <commit>"]],
    [body, "a#good", []],
    [body, "a#bad", ["shell-syntax", "placeholder <commit>"]],
  ])("%#", (text, target, expected) => {
    expect(codesOf(planTexts({ a: text }, target))).toEqual(expected);
  });

  test("a blank stops the plan in .md too", () => {
    const { diagnostics } = planTexts({ a: body }, "a#bad", { selection: { only: ["bad"] } });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["error"]);
  });

  test("of a transcript each command alone", () => {
    const text = fence("console id=x", "$ ls\n$ git revert <commit>\n$ if true; then");
    const of = (step: string): readonly string[] =>
      codesOf(planTexts({ a: text }, "a", { selection: { only: [step] } }));
    expect(of("x")).toEqual([]);
    expect(of("x-2")).toEqual(["placeholder <commit>"]);
    expect(of("x-3")).toEqual(["shell-syntax"]);
  });

  test("an error in the document's own language stops all of it", () => {
    const text = mdx(`# Good\n${fence("sh id=good", "ls")}# Bad\n${fence("sh timeot=3s")}`);
    expect(codesOf(planTexts({ a: text }, "a#good"))).toEqual(["unknown-attribute timeot"]);
  });

  test("what is only told never does", () => {
    const text = `${fence("sh {linenos=true}", "ls")}${fence("console", "ls")}`;
    expect(codesOf(planTexts({ a: text }, "a"))).toEqual([]);
  });
});

describe("rollback", () => {
  test("is planned with the procedure, and what it needs is wanted before", () => {
    const text = mdx(
      `# A\n${fence("sh id=go")}# B\n${fence("sh id=back", 'git revert "$C" <x>')}`,
      "inputs: { C: { required: true } }\nprocedures: { go: { onFailure: back, steps: [{ section: a }] }, back: { steps: [{ section: b }] } }\n",
    );
    const plan = planTexts({ a: text }, "a");
    expect(plan.value?.onFailure).toMatchObject({
      procedure: "back",
      steps: [{ id: "back", number: 1 }],
    });
    expect(codesOf(plan)).toEqual(["missing-input C", "placeholder <x>"]);
    expect(
      planTexts({ a: text }, "a:back", { inputs: { C: "x" } }).value?.onFailure,
    ).toBeUndefined();
    expect(planTexts({ a: text }, "a#a").value?.onFailure).toBeUndefined();
  });
});

describe("tools", () => {
  test("are those that the steps need, with the wanted versions", () => {
    const text = mdx(
      fence("sh id=x", "git status | grep a") + fence("sh id=y", "git push"),
      'tools: { git: { version: ">=2.30" }, unused: {} }\n',
    );
    expect(planTexts({ a: text }, "a").value?.tools).toEqual([
      { name: "git", definition: { version: ">=2.30" }, neededBy: ["x", "y"] },
      { name: "grep", definition: {}, neededBy: ["x"] },
    ]);
  });

  test("that a step installs before are not asked for, and the plan says so", () => {
    const text = mdx(
      fence("sh id=get", "npm install -g @railway/cli") + fence("sh", "railway up"),
      "tools: { railway: { install: npm install -g @railway/cli } }\n",
    );
    const { value } = planTexts({ a: text }, "a");
    expect(value?.tools.map(({ name }) => name)).toEqual(["npm"]);
    expect(value?.unknowns.join("\n")).toContain("the step get installs it");
  });

  test("that are needed before they are installed are asked for", () => {
    const text = mdx(
      fence("sh", "railway up") + fence("sh", "npm install -g @railway/cli"),
      'tools: { railway: { install: npm install -g @railway/cli }, npm: { install: "" } }\n',
    );
    expect(planTexts({ a: text }, "a").value?.tools.map(({ name }) => name)).toEqual([
      "npm",
      "railway",
    ]);
  });

  test("of other languages are their interpreters", () => {
    const { value } = planTexts({ a: fence("sql run id=q", "select 1") }, "a");
    expect(value?.tools.map(({ name }) => name)).toEqual(["psql"]);
    expect(value?.unknowns.join("\n")).toContain("no shell: q");
  });
});

describe("contracts", () => {
  const contracts = "contracts: { c: { variables: { A: {} } }, d: { variables: { B: {} } } }\n";
  const body = `# One\n${fence("sh id=one", 'echo "$A"')}# Two\n${fence("sh id=two")}`;
  const namesOf = (texts_: Texts, target: string): unknown =>
    planTexts(texts_, target).value?.contracts.map(({ name, runbook }) => `${runbook}/${name}`);

  test("of a procedure are all of its runbook, or those that it names", () => {
    const procedures =
      "procedures: { p: { steps: [{ step: one }] }, q: { contracts: [d], steps: [{ step: one }] }, r: { contracts: [], steps: [{ step: one }] } }\n";
    const text = mdx(body, contracts + procedures);
    expect(namesOf({ a: text }, "a:p")).toEqual(["a/c", "a/d"]);
    expect(namesOf({ a: text }, "a:q")).toEqual(["a/d"]);
    expect(namesOf({ a: text }, "a:r")).toEqual([]);
  });

  test("of a section or a step are those of which it reads a variable", () => {
    const text = mdx(body, contracts);
    expect(namesOf({ a: text }, "a#one")).toEqual(["a/c"]);
    expect(namesOf({ a: text }, "a#two")).toEqual([]);
  });

  test("of included procedures and sections count too", () => {
    const inner = mdx(body, contracts);
    expect(namesOf({ a: mdx('<Include runbook="b" />\n'), b: inner }, "a")).toEqual(["b/c", "b/d"]);
    expect(namesOf({ a: mdx('<Include runbook="b" section="one" />\n'), b: inner }, "a")).toEqual([
      "b/c",
    ]);
    expect(namesOf({ a: mdx('<Include runbook="b" section="two" />\n'), b: inner }, "a")).toEqual(
      [],
    );
  });

  test("with names of every object are none", () => {
    const text = mdx(
      body,
      `${contracts}procedures: { p: { contracts: [constructor], steps: [{ step: two }] } }\n`,
    );
    expect(namesOf({ a: text }, "a")).toEqual([]);
  });
});

describe("the digest", () => {
  const text = mdx(
    `# Deploy\n${fence("sh id=push timeout=30s", 'git push origin "$BRANCH"')}${fence("output", "done")}- [ ] Tell support.\n`,
    "inputs: { BRANCH: { default: develop }, TOKEN: { type: secret } }\n",
  );
  const digest = (source = text, given: Record<string, string> = {}): string | undefined =>
    planTexts({ deployment: source }, "deployment", { inputs: given }).value?.digest;

  test("of a fixed runbook stays what it is; if this fails, approvals of all plans are void", () => {
    expect(digest()).toBe("54ba71992813c0d9c36285851d1b11a9b011f7fe0b4e2327f81c70c90e8a22a5");
  });

  test("does not depend on secrets, nor on other runbooks", () => {
    expect(digest(text, { TOKEN: "hunter2" })).not.toBe(digest());
    expect(digest(text, { TOKEN: "hunter2" })).toBe(digest(text, { TOKEN: "other" }));
    const plan = planTexts({ deployment: text, other: fence("sh") }, "deployment");
    expect(plan.value?.digest).toBe(digest());
  });

  test.each([
    ["a script", text.replace("git push", "git pull")],
    ["a timeout", text.replace("30s", "31s")],
    ["an expectation", text.replace("\ndone\n", "\nready\n")],
    ["a default", text.replace("develop", "main")],
    ["a step more", `${text}- [ ] And rest.\n`],
    ["the words of a step by hand", text.replace("support", "nobody")],
  ])("changes with %s", (_name, changed) => {
    expect(changed).not.toBe(text);
    expect(digest(changed)).not.toBe(digest());
  });

  test("changes with inputs, with the order of steps and with the selection", () => {
    const one = fence("sh id=x") + fence("sh id=y", "ls");
    const other = fence("sh id=y", "ls") + fence("sh id=x");
    expect(digest(text, { BRANCH: "main" })).not.toBe(digest());
    expect(digest(one)).not.toBe(digest(other));
    const skipped = planTexts({ deployment: one }, "deployment", { selection: { skip: ["y"] } });
    expect(skipped.value?.digest).not.toBe(digest(one));
  });

  test("is the same where keys of front matter stand in another order", () => {
    const turned = text.replace(
      "title: T\ninputs: { BRANCH: { default: develop }, TOKEN: { type: secret } }",
      "inputs: { TOKEN: { type: secret }, BRANCH: { default: develop } }\ntitle: T",
    );
    expect(turned).not.toBe(text);
    expect(digest(turned)).toBe(digest());
  });
});

test("a plan is data: JSON and back is the same", () => {
  const { value } = planTexts(texts, "deployment", { inputs });
  expect(JSON.parse(JSON.stringify(value))).toEqual(
    JSON.parse(JSON.stringify(structuredClone(value))),
  );
  expect(JSON.stringify(value)).not.toContain("hunter2");
});
