import { describe, expect, test } from "vitest";
import { compileText, fence, mdx, problemsOf } from "./compile-text.ts";

function attributesOf(meta: string): unknown {
  const [step] = compileText(mdx(fence(`bash ${meta}`))).value?.steps ?? [];
  return step?.kind === "command" ? step.attributes : undefined;
}

describe("attributes are typed", () => {
  test.each([
    ["id=push title='Push it'", { id: "push", title: "Push it" }],
    [
      "check interactive norun example",
      { check: true, interactive: true, norun: true, example: true },
    ],
    ["interactive=false check=true", { interactive: false, check: true }],
    ["timeout=1m30s retry=5 interval=500ms", { timeoutMs: 90_000, retry: 5, intervalMs: 500 }],
    ["exit=0,3", { exit: [0, 3] }],
    ["exit=any", { exit: "any" }],
    [
      "dir=app env.A=1 env.B='x y' env.__proto__=z",
      { dir: "app", env: { A: "1", B: "x y", ["__proto__"]: "z" } },
    ],
    ["os=linux,darwin", { os: ["linux", "darwin"] }],
    [
      "background ready=http://localhost:5000/health stop='kill $!'",
      {
        background: true,
        ready: { kind: "http", url: "http://localhost:5000/health" },
        stop: "kill $!",
      },
    ],
    ["background ready=port:5000", { background: true, ready: { kind: "port", port: "5000" } }],
    [
      "background ready=file:tmp/a.pid",
      { background: true, ready: { kind: "file", path: "tmp/a.pid" } },
    ],
    [
      'background ready="output:/^Running on \\d+/"',
      { background: true, ready: { kind: "output", pattern: "^Running on \\d+" } },
    ],
    ["capture=A", { capture: [{ name: "A", from: "text" }] }],
    [
      'capture="A=/v(\\d+\\.\\d+)/" capture=B=json:.a.b[0]',
      {
        capture: [
          { name: "A", from: "pattern", pattern: "v(\\d+\\.\\d+)" },
          { name: "B", from: "json", path: ".a.b[0]" },
        ],
      },
    ],
    [
      "risk=destructive risk-reason='it must be' confirm='Really?'",
      { risk: "destructive", riskReason: "it must be", confirm: "Really?" },
    ],
    [
      "on=host script=scripts/a.sh#b continue-on-error",
      { on: "host", script: "scripts/a.sh#b", continueOnError: true },
    ],
  ])("%s", (meta, expected) => {
    expect(attributesOf(meta)).toEqual(expected);
    expect(problemsOf(mdx(fence(`bash ${meta}`))).filter((one) => /attribute/.test(one))).toEqual(
      [],
    );
  });
});

describe("attributes that are wrong are told at their place", () => {
  test.each([
    ["timeout", 'attribute-value 4:9 "timeout"'],
    ["timeout=30", 'attribute-value 4:9 "timeout=30"'],
    ["timeout=0s", 'attribute-value 4:9 "timeout=0s"'],
    ["retry=0", 'attribute-value 4:9 "retry=0"'],
    ["retry=-1", 'attribute-value 4:9 "retry=-1"'],
    ["exit=256", 'attribute-value 4:9 "exit=256"'],
    ["exit=", 'attribute-value 4:9 "exit="'],
    ["check=yes", 'attribute-value 4:9 "check=yes"'],
    ["os=windoze", 'attribute-value 4:9 "os=windoze"'],
    ["risk=none", 'attribute-value 4:9 "risk=none"'],
    ["ready=soon background", 'attribute-value 4:9 "ready=soon"'],
    ["capture=A=/(/", 'attribute-value 4:9 "capture=A=/(/"'],
    ["capture=UID", 'attribute-value 4:9 "capture=UID"'],
    ["env.PPID=1", 'attribute-value 4:9 "env.PPID=1"'],
    ["capture=OPSWRIGHT_STEP", 'attribute-value 4:9 "capture=OPSWRIGHT_STEP"'],
    ["capture=A=/(?=b)/", 'attribute-value 4:9 "capture=A=/(?=b)/"'],
    ["capture=1", 'attribute-value 4:9 "capture=1"'],
    ["env.=1", 'attribute-value 4:9 "env.=1"'],
    ["env.A-B=1", 'attribute-value 4:9 "env.A-B=1"'],
    ["env.A", 'attribute-value 4:9 "env.A"'],
    ["script=../x.sh", 'attribute-value 4:9 "script=../x.sh"'],
    ["script=/etc/x.sh", 'attribute-value 4:9 "script=/etc/x.sh"'],
    ['title="  "', 'attribute-value 4:9 "title=\\"  \\""'],
    ["id=a/b", 'invalid-step-id 4:9 "id=a/b"'],
    ['id="Push it!"', 'invalid-step-id 4:9 "id=\\"Push it!\\""'],
    ["timeot=30s", 'unknown-attribute 4:9 "timeot=30s"'],
    ["constructor", 'unknown-attribute 4:9 "constructor"'],
    ["toString=1", 'unknown-attribute 4:9 "toString=1"'],
    ["check  check", 'duplicate-attribute 4:16 "check"'],
    ["{check}", 'attribute-syntax 4:9 "{check}"'],
    ['title="a', 'attribute-syntax 4:9 "title=\\"a"'],
    ["norun run", 'attribute-conflict 4:9 "norun run"'],
    ["interactive background", 'attribute-conflict 4:9 "interactive background"'],
    ["background check", 'attribute-conflict 4:9 "background check"'],
    ["ready=port:1", 'attribute-conflict 4:9 "ready=port:1"'],
    ["stop=x", 'attribute-conflict 4:9 "stop=x"'],
    ["interval=1s", 'attribute-conflict 4:9 "interval=1s"'],
  ])("%s", (meta, expected) => {
    expect(problemsOf(mdx(fence(`bash ${meta}`)))).toContain(expected);
  });

  test("what is glued to the language is no attribute, and the block a step all the same", () => {
    const text = mdx(fence("bash{1,3} title=x"));
    expect(problemsOf(text)).toEqual(['attribute-syntax 4:8 "{1,3}"']);
    expect(compileText(text).value?.steps).toMatchObject([{ kind: "command", title: "x" }]);
  });

  test("in lists and quotes the place is right too", () => {
    const text = mdx("1. a\n\n   > ```bash check timeot=3s\n   > true\n   > ```\n");
    expect(problemsOf(text)).toEqual(['unknown-attribute 6:20 "timeot=3s"']);
  });

  test("the suggestion is the nearest one", () => {
    const { diagnostics } = compileText(mdx(fence("bash timeot=30s cofirm=x zzz")));
    expect(diagnostics.map(({ args }) => args)).toEqual([
      { name: "timeot", nearest: "timeout" },
      { name: "cofirm", nearest: "confirm" },
      { name: "zzz", nearest: undefined },
    ]);
  });
});
