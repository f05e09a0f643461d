import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { expect, test } from "vitest";
import { program } from "../program.ts";
import { readOutput, readRun, writeRunbook } from "./read-run.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/** Megabytes; `OPSWRIGHT_FLOOD_MB=1000 npm test -- test/cli/fault-output` takes a gigabyte. */
const floodMb = Number(process.env["OPSWRIGHT_FLOOD_MB"] ?? 200);

/** Runs it with its view and a report, and gives back the most memory that the runner has had, in MB. */
async function measureRun(project: FixtureProject, target: string): Promise<number> {
  const child = execa(process.execPath, [program, "run", target, "--report", "html=r.html"], {
    cwd: project.directory,
    env: project.environment,
    extendEnv: false,
    stdin: "ignore",
    buffer: false,
    stdout: "ignore",
  });
  let mostKb = 0;
  const watch = setInterval(() => {
    const file = `/proc/${child.pid}/status`;
    const status = existsSync(file) ? readFileSync(file, "utf8") : "";
    mostKb = Math.max(mostKb, Number(/^VmHWM:\s+(\d+)/mu.exec(status)?.[1] ?? 0));
  }, 20);
  try {
    expect((await child).exitCode).toBe(0);
  } finally {
    clearInterval(watch);
  }
  expect(mostKb).toBeGreaterThan(0);
  return mostKb / 1024;
}

test("a step that prints a flood has all of it kept, and takes hardly more memory than a small one", async () => {
  const bytes = floodMb * 1_000_000;
  // Two floods, of which neither stream may hold up the other; one is of lines, one has none.
  const script = `yes 'a line of output' | head -c ${bytes / 2} || true; head -c ${bytes / 2} /dev/zero | tr '\\0' x >&2`;
  await using project = await createProject({
    "runbooks/small.mdx": writeRunbook([["small", "echo small; echo small >&2"]]),
    "runbooks/flood.mdx": writeRunbook([["flood", script]]),
  });
  const smallMb = await measureRun(project, "small");
  const largeMb = await measureRun(project, "flood");
  expect(largeMb).toBeLessThan(smallMb + 100);
  const runs = await readdir(path.join(project.directory, ".opswright/runs"));
  const flood = runs.find((run) => run.includes("-flood-")) ?? "";
  const folder = path.join(project.directory, ".opswright/runs", flood);
  const journal = readFileSync(path.join(folder, "events.ndjson"), "utf8");
  expect(journal).toContain(`"stdoutBytes":${bytes / 2},"stderrBytes":${bytes / 2}`);
  expect(journal.length).toBeLessThan(20_000);
  for (const ending of ["out", "err"]) {
    const { size } = statSync(path.join(folder, `steps/001-flood.${ending}`));
    expect(size).toBe(bytes / 2);
  }
  expect(statSync(path.join(project.directory, "r.html")).size).toBeLessThan(1_000_000);
}, 300_000);

/** What no terminal, pipe or page may get from a step: to clear it, to name it, to write its clipboard. */
const hostile = String.raw`printf 'A\x00\xff\xfe\xc3(\x1b[2J\x1b]0;owned\x07\x1b]52;c;aGk=\x07\x9b31mB\x1b[31mred\x1b[0m\r\nend'
printf '\x80\x1bc\xe2\x80\xaeC\x1b[8mhidden' >&2
printf '<script>alert(1)</script>]]>\n'
false`;

/** The first character that acts on a terminal, or turns the direction of writing; empty for none. */
function findHarm(text: string): string {
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/u.exec(text)?.[0] ?? "";
}

test("a step that prints what is no text is kept byte for byte, and harms no reader", async () => {
  await using project = await createProject({
    "runbooks/f.mdx": writeRunbook([["hostile", hostile]]),
  });
  const formats = ["html", "markdown", "junit", "json"] as const;
  const reports = formats.flatMap((one) => ["--report", `${one}=report.${one}`]);
  const run = await project.run(["run", "f", ...reports, "--events", "events.ndjson"]);
  expect(run.exitCode).toBe(4);
  expect(readOutput(readRun(project), "hostile")).toEqual(
    Buffer.from(
      "A\x00\xff\xfe\xc3(\x1b[2J\x1b]0;owned\x07\x1b]52;c;aGk=\x07\x9b31mB\x1b[31mred\x1b[0m\r\nend<script>alert(1)</script>]]>\n",
      "latin1",
    ),
  );
  const calls = ["show", "logs", "logs --follow", "export", "show --json", "logs --json"];
  const shown = await Promise.all(calls.map((call) => project.run(["runs", ...call.split(" ")])));
  expect(shown.map(({ exitCode }) => exitCode)).toEqual(calls.map(() => 0));
  const read = (name: string) => readFileSync(path.join(project.directory, name), "utf8");
  const texts = {
    "the view": run.stdout + run.stderr,
    ...Object.fromEntries(shown.map(({ stdout }, index) => [`runs ${calls[index]}`, stdout])),
    ...Object.fromEntries(formats.map((one) => [`report ${one}`, read(`report.${one}`)])),
    "the events": read("events.ndjson"),
  };
  for (const [name, text] of Object.entries(texts)) expect(name + findHarm(text)).toBe(name);
  // With colours there are those of its own, and nothing else: not even the one that hides.
  const colourful = await project.run(["runs", "logs"], {
    environment: { FORCE_COLOR: "1", NO_COLOR: "" },
  });
  expect(colourful.stdout).toContain("\u001B[31mred");
  expect(colourful.stdout).not.toContain("\u001B[8m");
  expect(findHarm(colourful.stdout.replaceAll(/\u001B\[[\d;]*m/gu, ""))).toBe("");
  expect(texts["the view"]).toContain("red");
  expect(read("report.html")).not.toContain("<script>alert");
  expect(JSON.parse(read("report.json"))).toMatchObject({ outcome: "failed" });
});
