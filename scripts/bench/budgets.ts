import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { BenchPlace } from "./bench-place.ts";
import { realisticSteps } from "./realistic-steps.ts";
import { measureDisk } from "./measure-disk.ts";
import { siteBudget } from "./site-budgets.ts";
import { testBudget } from "./test-budgets.ts";
import { takeTurns } from "./take-turns.ts";

/** One row of the table: what was measured, and whether it is within its budget. */
export interface Row {
  readonly what: string;
  /** In words, with units: `"38 ms, 1.4 × an empty node"`. */
  readonly measured: string;
  readonly budget?: string;
  /** Absent where nothing is judged: to understand another row by, or for want of what to compare with. */
  readonly isWithin?: boolean;
}

/** One subject of the bench; `turns` is how often each side is measured. */
export type Budget = (place: BenchPlace, turns: number) => Promise<Row[]>;

/** `opswright --version` against a `node` that does nothing. */
const versionBudget: Budget = async (place, turns) => {
  const [version = 0, empty = 0] = await takeTurns(turns * 3, [
    async () => (await place.opswright(["--version"])).wallMs,
    () => emptyNode(place),
  ]);
  return [ratioRow("opswright --version", version, empty, "an empty node", 1.5)];
};

/** From the start of the command to the first instruction of the first step, of a runbook that was read before. */
const firstStepBudget: Budget = async (place, turns) => {
  await place.writeRunbook("one", ['echo "$EPOCHREALTIME" > started']);
  const [first = 0, empty = 0] = await takeTurns(turns * 2, [
    async () => {
      const { startedAt } = await place.opswright(["run", "one", "--yes"]);
      const started = await readFile(path.join(place.folder, "started"), "utf8");
      return Number(started.replace(",", ".")) * 1000 - startedAt;
    },
    () => emptyNode(place),
  ]);
  return [ratioRow("first step starts", first, empty, "an empty node", 4)];
};

/**
 * What a step costs beyond its command: 200 of them in one run of a runbook that was read before, and in one
 * bash; beside it, with the runbook read for the first time.
 */
const stepBudget: Budget = async (place, turns) => {
  const count = 200;
  const steps = Array.from(
    { length: count },
    (_, index) => `n${index}=${index}; echo "$n${index}"`,
  );
  await place.writeRunbook("many", steps);
  await place.writeRunbook("single", steps.slice(0, 1));
  const anew = { OPSWRIGHT_CACHE: "off" };
  const run = (name: string, environment = {}) =>
    place.opswright(["run", name, "--yes"], { environment });
  const [many = 0, single = 0, manyAnew = 0, singleAnew = 0, bash = 0, emptyBash = 0] =
    await takeTurns(turns, [
      async () => (await run("many")).wallMs,
      async () => (await run("single")).wallMs,
      async () => (await run("many", anew)).wallMs,
      async () => (await run("single", anew)).wallMs,
      async () => (await place.run("bash", ["-c", steps.join("\n")])).wallMs,
      async () => (await place.run("bash", ["-c", ":"])).wallMs,
    ]);
  const divide = (all: number): number => (all - (bash - emptyBash)) / (count - 1);
  const costMs = divide(many - single);
  const disk = await measureDisk(place.folder);
  return [
    {
      what: `${count} steps in one session`,
      measured: `${costMs.toFixed(2)} ms a step over one bash (${ms(many)} in all)`,
      budget: "≤ 1.5 ms",
      isWithin: costMs <= 1.5,
    },
    {
      what: "the same, read for the first time",
      measured: `${divide(manyAnew - singleAnew).toFixed(2)} ms a step (${ms(manyAnew)} in all)`,
    },
    {
      what: "the disk that these steps ran on",
      measured: `a new file, three a step: ${disk.newFileUs.toFixed(0)} µs; a flush, one a step: ${disk.flushUs.toFixed(0)} µs`,
    },
  ];
};

/** 100 MB that one step prints, against the same program writing to a file. */
const outputBudget: Budget = async (place, turns) => {
  const size = 100_000_000;
  const command = `yes "a line of output, as long as lines of output usually are" | head -c ${size}`;
  // `yes` ends by SIGPIPE, which is not what this step is about.
  await place.writeRunbook("loud", [`set +o pipefail\n${command}`]);
  await place.writeRunbook("quiet", [":"]);
  let peakBytes = 0;
  const [loud = 0, quiet = 0, plain = 0] = await takeTurns(Math.max(1, Math.ceil(turns / 2)), [
    async () => {
      const sample = await place.opswright(["run", "loud", "--yes"], { watchesMemory: true });
      peakBytes = Math.max(peakBytes, sample.peakBytes ?? 0);
      await rm(path.join(place.folder, ".opswright"), { recursive: true, force: true });
      return sample.wallMs;
    },
    async () => (await place.opswright(["run", "quiet", "--yes"])).wallMs,
    async () => (await place.run("bash", ["-c", `${command} | cat > plain`])).wallMs,
  ]);
  const ratio = (loud - quiet) / plain;
  const peakMebibytes = peakBytes / 1024 / 1024;
  return [
    {
      what: "100 MB of output, time",
      measured: `${ms(loud - quiet)}, ${ratio.toFixed(2)} × cat > file (${ms(plain)})`,
      budget: "≤ 2 ×",
      isWithin: ratio <= 2,
    },
    {
      what: "100 MB of output, memory",
      measured:
        peakBytes === 0 ? "not measured: no /proc" : `${peakMebibytes.toFixed(0)} MiB resident`,
      budget: "≤ 128 MiB",
      isWithin: peakBytes > 0 && peakMebibytes <= 128,
    },
  ];
};

/**
 * `opswright check` of many documents without observers of tools: how many a second, how long against
 * their parser alone, whether the last thousands take as long as the first, and in how much memory.
 */
const checkBudget: Budget = async (place, turns) => {
  const few = turns > 1 ? 200 : 50;
  const many = few * 10;
  const most = turns > 1 ? 10_000 : many;
  for (const size of new Set([1, few, many, most])) {
    for (let index = 0; index < size; index++) {
      await place.writeRunbook(`of-${size}/runbooks/runbook-${index}`, realisticSteps(index));
    }
  }
  let peakBytes = 0;
  const measure = (size: number) => async (): Promise<number> => {
    const args = ["check", "--root", `of-${size}`, "--observe", "none"];
    const sample = await place.opswright(args, { accepted: [0, 5], watchesMemory: true });
    peakBytes = Math.max(peakBytes, sample.peakBytes ?? 0);
    return sample.wallMs;
  };
  const parseAlone = (size: number) => async (): Promise<number> => {
    const script = path.join(import.meta.dirname, "parse-markdown-alone.ts");
    return (await place.run(process.execPath, [script, `of-${size}`])).wallMs;
  };
  const [start = 0, fewMs = 0, manyMs = 0, parserStart = 0, parserMs = 0] = await takeTurns(
    Math.ceil(turns / 2),
    [...[1, few, many].map(measure), ...[1, many].map(parseAlone)],
  );
  const mostMs = most === many ? manyMs : await measure(most)();
  const perSecond = (many / (manyMs - start)) * 1000;
  const growth = (mostMs - start) / most / ((fewMs - start) / few);
  const peakMebibytes = peakBytes / 1024 / 1024;
  const parsing = "remark's parsing alone";
  return [
    ratioRow(`check of ${many} documents`, manyMs - start, parserMs - parserStart, parsing, 1.6),
    {
      what: `check of ${many} documents`,
      measured: `${perSecond.toFixed(0)} documents a second`,
      budget: "≥ 200",
      isWithin: perSecond >= 200,
    },
    {
      what: "check, growth",
      measured: `${growth.toFixed(2)} × a document of ${few}, at ${most}`,
      budget: "≤ 1.3 ×",
      isWithin: growth <= 1.3,
    },
    {
      what: `check of ${most}, memory`,
      measured:
        peakBytes === 0 ? "not measured: no /proc" : `${peakMebibytes.toFixed(0)} MiB resident`,
      budget: "≤ 2048 MiB",
      isWithin: peakBytes > 0 && peakMebibytes <= 2048,
    },
  ];
};

/** Every budget by its name, in the order of the table. */
export const budgets: ReadonlyMap<string, Budget> = new Map([
  ["version", versionBudget],
  ["first-step", firstStepBudget],
  ["steps", stepBudget],
  ["test", testBudget],
  ["output", outputBudget],
  ["check", checkBudget],
  ["site", siteBudget],
]);

async function emptyNode(place: BenchPlace): Promise<number> {
  return (await place.run(process.execPath, ["-e", "0"])).wallMs;
}

function ratioRow(what: string, value: number, base: number, baseName: string, limit: number): Row {
  const ratio = value / base;
  return {
    what,
    measured: `${ms(value)}, ${ratio.toFixed(2)} × ${baseName} (${ms(base)})`,
    budget: `≤ ${limit} ×`,
    isWithin: ratio <= limit,
  };
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
