import { describe, expect, test } from "vitest";
import { codesOf, planTexts } from "./plan-texts.ts";

const fence = (info: string, code = "true"): string => `\n\`\`\`${info}\n${code}\n\`\`\`\n`;

const head = `---
title: A
inputs:
  HOST: { default: web1 }
  USER_NAME: { type: string }
  KEY: { type: secret }
---
`;

const use = 'echo "$HOST $USER_NAME $KEY"';

describe("targets of a plan", () => {
  test("are those that its steps run on, each once, with inputs in place and what must be there", () => {
    const { value, diagnostics } = planTexts(
      {
        a:
          head +
          fence("bash on=web", `${use}\ncurl --version`) +
          fence("bash on=app id=x", "jq . x") +
          fence("bash on=web id=y", "jq . y; curl z") +
          fence("bash on=local id=z", "make") +
          fence("bash id=w", "git status"),
      },
      "a",
      {
        inputs: { USER_NAME: "ops", KEY: "k" },
        targets: {
          unused: "ssh://nobody",
          web: "ssh://$USER_NAME@${HOST}:22",
          app: { exec: ["docker", "exec", "-i", "app-$HOST", "bash"] },
        },
      },
    );
    expect(diagnostics).toEqual([]);
    expect(value?.targets).toEqual([
      {
        name: "app",
        exec: ["docker", "exec", "-i", "app-web1", "bash"],
        tools: [{ name: "jq", definition: {}, neededBy: ["x"] }],
      },
      {
        name: "web",
        ssh: "ssh://ops@web1:22",
        tools: [
          { name: "curl", definition: {}, neededBy: [expect.any(String), "y"] },
          { name: "jq", definition: {}, neededBy: ["y"] },
        ],
      },
    ]);
    expect(value?.tools.map(({ name }) => name)).toEqual(["git", "make"]);
  });

  test("are none where every step runs here", () => {
    const { value, diagnostics } = planTexts({ a: fence("bash") + fence("bash on=local") }, "a");
    expect(diagnostics).toEqual([]);
    expect(value).toHaveProperty("steps.length", 2);
    expect(value?.targets).toBeUndefined();
  });

  test("must be declared, also those of a rollback and of what takes a step back", () => {
    const text = `---
title: A
procedures:
  main: { default: true, title: M, steps: [{ step: do }], onFailure: back }
  back: { title: B, steps: [{ step: clean }] }
---
${fence("bash id=do undo=take-back")}${fence("bash id=take-back on=one")}${fence("bash id=clean on=two")}`;
    const { diagnostics } = planTexts({ a: text }, "a", { targets: { tow: "ssh://two" } });
    expect(diagnostics.map(({ code, args }) => [code, args])).toEqual([
      [
        "undeclared-target",
        { step: "take-back", target: "one", nearest: undefined, known: ["tow"] },
      ],
      ["undeclared-target", { step: "clean", target: "two", nearest: "tow", known: ["tow"] }],
    ]);
  });

  test.each([
    ["ssh://$HSOT", "undeclared"],
    ["ssh://$KEY", "secret"],
    ["ssh://${USER_NAME}@x", "unset"],
    ["ssh://constructor$toString", "undeclared"],
  ])("%s cannot be filled in: %s", (web, reason) => {
    const plan = planTexts({ a: head + fence("bash on=web", 'echo "$HOST"') }, "a", {
      targets: { web },
    });
    expect(plan.diagnostics).toMatchObject([{ code: "target-value", args: { reason } }]);
  });

  test.each(["", "we b", "-oProxyCommand=x", "web1;touch x", "web1/x", "%h", "$(id)"])(
    "must have the address of a host, which %j is not",
    (HOST) => {
      const plan = planTexts({ a: head + fence("bash on=web", 'echo "$HOST"') }, "a", {
        inputs: { HOST },
        targets: { web: "ssh://$HOST" },
      });
      expect(plan.diagnostics).toMatchObject([{ code: "target-value" }]);
    },
  );

  test.each(["web1", "ops@web-1.example.org:2222", "[::1]:22", "10.0.0.1"])(
    "may have the address %j",
    (HOST) => {
      const plan = planTexts({ a: head + fence("bash on=web", 'echo "$HOST"') }, "a", {
        inputs: { HOST },
        targets: { web: "ssh://$HOST" },
      });
      expect(plan.diagnostics).toEqual([]);
    },
  );

  test("have names of their own, whatever an object brings along", () => {
    const plan = planTexts({ a: fence("bash on=constructor") }, "a");
    expect(codesOf(plan)).toEqual(["undeclared-target"]);
  });
});
