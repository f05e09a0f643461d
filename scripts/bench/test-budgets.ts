import { availableParallelism } from "node:os";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { findPrograms } from "../../src/node/find-program.ts";
import type { BenchPlace } from "./bench-place.ts";
import type { Budget, Row } from "./budgets.ts";
import { takeTurns } from "./take-turns.ts";

const commandCount = 200;
const documentCount = 200;

/**
 * `opswright test` of a document with 200 trivial commands, against the same commands in other testers
 * of documents, where these are installed; and whether 200 documents use two cores.
 */
export const testBudget: Budget = async (place, turns) => [
  ...(await compareTesters(place, turns)),
  await measureCores(place, turns),
];

/** Another tester: its program, and the same commands in its own form. */
interface Tester {
  readonly name: string;
  readonly file: string;
  readonly render: (index: number) => string;
  readonly head?: string;
}

const testers: readonly Tester[] = [
  { name: "clitest", file: "many.txt", render: (index) => `$ echo ${index}\n${index}\n` },
  {
    name: "txm",
    file: "many-txm.md",
    head: "<!-- !test program\nbash -->\n\n",
    render: (index) =>
      `<!-- !test in ${index} -->\n\n    echo ${index}\n\n<!-- !test out ${index} -->\n\n    ${index}\n\n`,
  },
];

async function compareTesters(place: BenchPlace, turns: number): Promise<Row[]> {
  const indexes = Array.from({ length: commandCount }, (_, index) => index);
  const write = (file: string, text: string): Promise<void> =>
    writeFile(path.join(place.folder, file), text);
  await write("many.md", `# Many\n\n${indexes.map(renderStep).join("\n")}`);
  for (const { file, head = "", render } of testers) {
    await write(file, head + indexes.map(render).join(""));
  }
  const isThere = ({ name }: Tester): boolean =>
    findPrograms(name, { path: process.env["PATH"], directory: place.folder }).length > 0;
  const others = testers.filter(isThere);
  const [own = 0, ...times] = await takeTurns(turns, [
    async () => (await place.opswright(["test", "many.md"])).wallMs,
    ...others.map(
      ({ name, file }) =>
        async () =>
          (await place.run(name, [file])).wallMs,
    ),
  ]);
  const what = `test of ${commandCount} commands`;
  const compared = others.map(({ name }, index): Row => {
    const base = times[index] ?? 0;
    const ratio = own / base;
    return {
      what,
      measured: `${own.toFixed(0)} ms, ${ratio.toFixed(2)} × ${name} (${base.toFixed(0)} ms)`,
      budget: "< 1 ×",
      isWithin: ratio < 1,
    };
  });
  const absent = testers
    .filter((tester) => !isThere(tester))
    .map(({ name }): Row => ({
      what,
      measured: `${own.toFixed(0)} ms; not compared: there is no ${name}`,
      budget: "< 1 ×",
    }));
  return [...compared, ...absent];
}

/** How many cores the tests of many documents keep busy, against as many loops as there can be. */
async function measureCores(place: BenchPlace, turns: number): Promise<Row> {
  const folder = path.join(place.folder, "documents");
  await mkdir(folder);
  for (let index = 0; index < documentCount; index++) {
    const steps = [1, 2, 3, 4, 5].map((step) => renderStep(`${index}-${step}`));
    await writeFile(path.join(folder, `${index}.md`), `# ${index}\n\n${steps.join("\n")}`);
  }
  const most = Math.min(2, availableParallelism());
  const loop = "for ((i = 0; i < 1500000; i++)); do :; done";
  const [own = 0, loops = 0] = await takeTurns(Math.max(1, Math.ceil(turns / 3)), [
    () => countCores(place, place.commandOf(["test", "documents", "--quiet"])),
    () => countCores(place, ["bash", "-c", `${`${loop} & `.repeat(most)} wait`]),
  ]);
  const share = own / loops;
  return {
    what: `test of ${documentCount} documents`,
    measured: `${own.toFixed(2)} cores at work, ${share.toFixed(2)} × ${most} loops (${loops.toFixed(2)})`,
    budget: "≥ 0.65 ×",
    isWithin: share >= 0.65,
  };
}

/** Time of all processes of a command over the time that it takes: two cores that are never idle give 2. */
async function countCores(place: BenchPlace, command: readonly string[]): Promise<number> {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>&1; } 2>&1';
  const { stdout } = await place.run("bash", ["-c", script, "bash", ...command]);
  const [wall = 0, user = 0, system = 0] = stdout
    .trim()
    .split(" ")
    .map((number) => Number(number.replace(",", ".")));
  return (user + system) / wall;
}

function renderStep(text: string | number): string {
  return `\`\`\`bash\necho ${text}\n\`\`\`\n\n\`\`\`output\n${text}\n\`\`\`\n`;
}
