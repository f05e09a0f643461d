import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { nameSessionFiles } from "../../src/node/session-files.ts";
import { explainProbe, renderProbe } from "../../src/node/target-probe-code.ts";
import type { TargetProbe } from "../../src/node/target-probe-code.ts";

/** What a real bash answers to a probe, in its own folder, explained. */
async function look(probe: TargetProbe, { directory = ".", bin = "" } = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "opswright-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, "there"), "");
  await mkdir(path.join(folder, "session"));
  const program = bin === "" ? "" : `PATH=${folder}:$PATH\n`;
  if (bin !== "")
    await writeFile(path.join(folder, "curl"), `#!/bin/sh\n${bin}\n`, { mode: 0o755 });
  const { stdout } = await execa("bash", ["--norc"], {
    cwd: folder,
    input: `${program}${renderProbe(nameSessionFiles(folder, 1), "4f1c", { id: 7, probe, directory })}`,
  });
  const [, answer] = /^\u001e4f1c probe 7 (.*)$/u.exec(stdout) ?? [];
  if (answer === undefined) throw new Error(`it answered ${stdout}`);
  return explainProbe(answer, probe) ?? "ready";
}

async function listen(status: number): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/a?b=c" ? status : 500).end("x".repeat(100_000));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(String(typeof address === "object" ? address?.port : 0));
    });
  });
}

test("an address is ready where it answers without an error", async () => {
  const at = (port: string): TargetProbe => ({
    kind: "http",
    url: `http://127.0.0.1:${port}/a?b=c`,
  });
  expect(await look(at(await listen(204)))).toBe("ready");
  expect(await look(at(await listen(302)))).toBe("ready");
  const port = await listen(503);
  expect(await look(at(port))).toBe(`http://127.0.0.1:${port}/a?b=c answers with status 503 there`);
  expect(await look(at("1"))).toBe(
    "http://127.0.0.1:1/a?b=c does not answer there (connection refused)",
  );
});

test("one by TLS is asked by curl", async () => {
  const probe = { kind: "http", url: "https://127.0.0.1:1/it's" } as const;
  expect(await look(probe, { bin: "exit 0" })).toBe("ready");
  expect(
    await look(probe, {
      bin: 'echo "curl: (22) The requested URL returned error: 503" >&2; exit 22',
    }),
  ).toBe("https://127.0.0.1:1/it's answers with status 503 there");
  expect(
    await look(probe, {
      bin: 'echo "curl: (60) SSL problem: self-signed certificate" >&2; exit 60',
    }),
  ).toBe("https://127.0.0.1:1/it's does not answer there (self-signed certificate)");
});

test("a port and a file", async () => {
  expect(await look({ kind: "port", port: await listen(200) })).toBe("ready");
  expect(await look({ kind: "port", port: "1" })).toBe(
    "port 1 is closed there (connection refused)",
  );
  expect(await look({ kind: "file", path: "there" })).toBe("ready");
  expect(await look({ kind: "file", path: "../there" }, { directory: "sub" })).toBe("ready");
  expect(await look({ kind: "file", path: "it's not" })).toBe("there is no it's not there");
  expect(await look({ kind: "file", path: process.execPath })).toBe("ready");
});

test("what hangs is waited for two seconds and no longer", async () => {
  expect(
    await look(
      { kind: "http", url: "https://127.0.0.1:1/" },
      { bin: "exec >/dev/null 2>&1; sleep 8" },
    ),
  ).toBe("https://127.0.0.1:1/ does not answer there (nothing within 2 s)");
});
