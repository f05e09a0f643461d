import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { isProcessOfRun } from "../../src/node/is-process-of-run.ts";
import { findVariable, parsePs, readProcessTable } from "../../src/node/process-table.ts";

describe("the process table", () => {
  it("has this process and a child with what tells them apart", async () => {
    const child = spawn("sleep", ["300"], {
      detached: true,
      env: { PATH: process.env["PATH"], OPSWRIGHT_STEP: "push" },
    });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    await once(child, "spawn");

    const table = readProcessTable();
    const self = table.find(({ pid }) => pid === process.pid);
    const found = table.find(({ pid }) => pid === child.pid);

    expect(self).toBeDefined();
    expect(found).toMatchObject({ parent: process.pid, group: child.pid });
    expect(findVariable(found?.environment ?? "", "OPSWRIGHT_STEP")).toBe("push");
  });

  it("leaves out what has ended", async () => {
    const child = spawn("true");
    await once(child, "exit");

    expect(readProcessTable().some(({ pid }) => pid === child.pid)).toBe(false);
  });
});

describe("parsePs", () => {
  it("reads what ps prints where there is no /proc", () => {
    const text = `    1     0     1 Ss   /sbin/launchd
  501   500   501 S+   sleep 300 PATH=/bin OPSWRIGHT_SESSION=a:b OPSWRIGHT_STEP=push
  502   501   501 Z    (sleep)
  503     1   503 R    odd

`;

    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, group: 1, outputs: [], environment: "/sbin/launchd" },
      {
        pid: 501,
        parent: 500,
        group: 501,
        outputs: [],
        environment: "sleep 300 PATH=/bin OPSWRIGHT_SESSION=a:b OPSWRIGHT_STEP=push",
      },
      { pid: 503, parent: 1, group: 503, outputs: [], environment: "odd" },
    ]);
  });
});

describe("findVariable", () => {
  it.each([
    ["A=1\0OPSWRIGHT_STEP=push\0B=2", "push"],
    ["OPSWRIGHT_STEP=push", "push"],
    ["sleep 1 OPSWRIGHT_STEP=push B=2", "push"],
    ["XOPSWRIGHT_STEP=push", undefined],
    ["", undefined],
  ])("finds in %j %j", (environment, value) => {
    expect(findVariable(environment, "OPSWRIGHT_STEP")).toBe(value);
  });
});

describe("isProcessOfRun", () => {
  it("believes a pid only with a start before the run", () => {
    expect(isProcessOfRun(process.pid, new Date())).toBe(true);
    expect(isProcessOfRun(process.pid, new Date("2020-01-01"))).toBe(process.platform !== "linux");
    expect(isProcessOfRun(2 ** 30, new Date())).toBe(false);
  });
});
