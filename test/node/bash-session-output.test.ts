import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, it, vi } from "vitest";
import { makeTemporaryFolder, openTestSession } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("output", () => {
  it("is byte for byte what the step wrote, each stream by itself", async () => {
    const { run, runDirectory } = await openTestSession();
    const bytes = Buffer.from([0, 255, 254, 0xc3, 10, 13, 10, 27, 0]);
    const octal = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

    const { result } = await run(`printf '${octal}'; printf '%s' error >&2`, { key: "bytes" });

    expect(Buffer.from(await result.readOutput("stdout", 1000))).toEqual(bytes);
    expect(Buffer.from(await result.readOutput("stdout", 3))).toEqual(bytes.subarray(0, 3));
    expect(Buffer.from(await result.readOutput("stderr", 1000)).toString()).toBe("error");
    expect(result).toMatchObject({ stdoutBytes: bytes.length, stderrBytes: 5 });
    expect(readFileSync(path.join(runDirectory, "steps", "bytes.out"))).toEqual(bytes);
  });

  it("is whole where a step opens its standard streams anew", async () => {
    const { run } = await openTestSession();

    const outcome = await run(
      "echo 1 >&2; echo 2 >/dev/stderr; echo 3 | tee /dev/stderr >/dev/null; bash -c 'echo 4 >/dev/stderr'; echo 5 >&2; echo a; echo b >/dev/stdout; echo c >/dev/fd/1",
    );

    expect(outcome).toMatchObject({ exitCode: 0, stdout: "a\nb\nc\n", stderr: "1\n2\n3\n4\n5\n" });
  });

  it("comes while the step runs, in the order in which it was written", async () => {
    const { run, directory } = await openTestSession();
    const order: string[] = [];
    const script =
      "echo one; until [ -e 1 ]; do sleep 0.01; done; echo two >&2; until [ -e 2 ]; do sleep 0.01; done; echo three";

    await run(script, {
      onOutput: (stream, chunk) => {
        order.push(`${stream}: ${Buffer.from(chunk).toString().trim()}`);
        if (order.length < 3) writeFileSync(path.join(directory, String(order.length)), "");
      },
    });

    expect(order).toEqual(["stdout: one", "stderr: two", "stdout: three"]);
  });

  it("of a process that a step left running goes to that step and holds up nobody", async () => {
    const { run, runDirectory, session } = await openTestSession();

    const first = await run(
      "(until [ -e go ]; do sleep 0.01; done; echo late; touch gone) & echo early",
      { key: "first" },
    );
    const second = await run("touch go; until [ -e gone ]; do sleep 0.01; done; echo own", {
      key: "second",
    });
    await session.close();

    expect(first.stdout).toBe("early\n");
    expect(second.stdout).toBe("own\n");
    expect(readFileSync(path.join(runDirectory, "steps", "first.out"), "utf8")).toBe(
      "early\nlate\n",
    );
    expect(Buffer.from(await first.result.readOutput("stdout", 100)).toString()).toBe("early\n");
  });

  it("of more steps that hold their streams than there are channels is kept apart", async () => {
    const { run } = await openTestSession();

    for (let index = 0; index < 10; index += 1) {
      expect((await run(`sleep 300 & echo ${index}`)).stdout).toBe(`${index}\n`);
    }
  });

  it("of a hundred megabytes is whole", async () => {
    const { run, directory, runDirectory } = await openTestSession();
    const size = 100_000_000;
    const hash = createHash("sha256");
    const script = `head -c ${size} /dev/urandom | tee copy | cat; sha256sum <copy | cut -d' ' -f1 >sum; rm copy`;

    const { result } = await run(script, {
      key: "large",
      onOutput: (_, chunk) => {
        hash.update(chunk);
      },
    });

    expect(result.stdoutBytes).toBe(size);
    expect(hash.digest("hex")).toBe(readFileSync(path.join(directory, "sum"), "utf8").trim());
    expect(statSync(path.join(runDirectory, "steps", "large.out")).size).toBe(size);
  });

  it("of a hundred megabytes takes no more than 128 MB of memory in all", async () => {
    const folder = makeTemporaryFolder();
    const module = path.resolve("src/node/open-bash-session.ts");
    const program = `import { openBashSession } from ${JSON.stringify(module)};
const session = await openBashSession({ runDirectory: ${JSON.stringify(path.join(folder, "run"))}, directory: ${JSON.stringify(folder)}, environment: process.env });
const result = await session.runScript({ key: "large", script: "head -c 100000000 /dev/zero", interpreter: "bash", graceMs: 100, onOutput: () => {} });
await session.close();
console.log(JSON.stringify({ bytes: result.stdoutBytes, mostKilobytes: process.resourceUsage().maxRSS }));`;

    const { stdout } = await execa(process.execPath, ["--input-type=module", "-e", program]);
    const { bytes, mostKilobytes } = JSON.parse(stdout) as { bytes: number; mostKilobytes: number };

    expect(bytes).toBe(100_000_000);
    expect(mostKilobytes).toBeLessThan(128 * 1024);
  });

  it("of nothing makes no file", async () => {
    const { run } = await openTestSession();

    const { result } = await run("true");

    expect(result).toMatchObject({ stdoutBytes: 0, stderrBytes: 0 });
    expect(await result.readOutput("stdout", 100)).toEqual(new Uint8Array());
  });

  it("and everything else of a run can be read by its owner alone", async () => {
    const { run, runDirectory } = await openTestSession();

    await run("umask 000; echo out", { key: "open", directory: ".", environment: { A: "b" } });

    for (const ending of ["sh", "out", "state", "before", "after"]) {
      const { mode } = statSync(path.join(runDirectory, "steps", `open.${ending}`));
      expect([ending, (mode & 0o777).toString(8)]).toEqual([ending, "600"]);
    }
    for (const folder of ["", "steps", "session"]) {
      expect(statSync(path.join(runDirectory, folder)).mode & 0o777).toBe(0o700);
    }
  });
});

describe("input", () => {
  it("is empty, so that nothing waits for it", async () => {
    const { run } = await openTestSession();

    const { stdout } = await run(
      "cat; read -r line || echo end; [ -t 0 ] || echo no terminal; : </dev/tty",
    );

    expect(stdout).toBe("end\nno terminal\n");
  });
});
