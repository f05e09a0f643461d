/** An output that something went wrong with, and what. */
export interface Mutant {
  readonly name: string;
  readonly text: string;
}

/** What a shell says of a command that is not there. */
export const commandNotFound = "bash: line 1: foo: command not found\n";
/** What some other program prints. */
export const unrelatedText = "Lorem ipsum dolor sit amet\nconsectetur 4711 adipiscing\n";

type Mutate = (lines: readonly string[]) => readonly string[];

const dropLine =
  (index: number): Mutate =>
  (lines) =>
    lines.toSpliced(index, 1);
const middle = (lines: readonly string[]): number => Math.floor(lines.length / 2);

const opposites: Readonly<Record<string, string>> = {
  ok: "failed",
  success: "failure",
  successful: "failed",
  succeeded: "failed",
  passed: "failed",
  ready: "not ready",
  healthy: "unhealthy",
  active: "inactive",
  running: "stopped",
  up: "down",
  open: "closed",
  enabled: "disabled",
  true: "false",
  yes: "no",
  none: "some",
};
const oppositeWords = new RegExp(String.raw`\b(?:${Object.keys(opposites).join("|")})\b`, "giu");

/** What can go wrong with lines, in a fixed order. */
const lineMutations: Readonly<Record<string, Mutate>> = {
  "the first line is missing": dropLine(0),
  "a line in the middle is missing": (lines) => dropLine(middle(lines))(lines),
  "the last line is missing": dropLine(-1),
  "the first line comes twice": (lines) => [...lines.slice(0, 1), ...lines],
  "the last line comes twice": (lines) => [...lines, ...lines.slice(-1)],
  "the lines come in another order": (lines) => lines.toReversed(),
  "the numbers are others": (lines) =>
    lines.map((line) => line.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10))),
  "the first word is another": (lines) => lines.with(0, (lines[0] ?? "").replace(/\w+/, "other")),
  "the last word is another": (lines) => [
    ...lines.slice(0, -1),
    (lines.at(-1) ?? "").replace(/\w+(?=\W*$)/, "other"),
  ],
  "a line in the middle is cut off": (lines) => {
    const line = lines[middle(lines)] ?? "";
    return lines.with(middle(lines), line.slice(0, Math.floor(line.length / 2)));
  },
  "letters have another case": (lines) => lines.map((line) => line.toUpperCase()),
  "good is bad": (lines) =>
    lines.map((line) =>
      line.replaceAll(oppositeWords, (word) => opposites[word.toLowerCase()] ?? word),
    ),
  "an error stands in front": (lines) => ["Error: connection refused", ...lines],
  "an error stands behind": (lines) => [...lines, "Error: connection refused"],
};

/**
 * Makes outputs of one that is right, in each of which something is wrong that could be in practice.
 *
 * The list is fixed, so the same output has the same mutants; those that change nothing are left out. No I/O.
 */
export function mutateSample(sample: string): readonly Mutant[] {
  const end = sample.endsWith("\n") ? "\n" : "";
  const lines = sample === "" ? [] : sample.slice(0, sample.length - end.length).split("\n");
  const ofLines = lines.length === 0 ? [] : Object.entries(lineMutations);
  const mutants = [
    ...ofLines.map(([name, mutate]) => {
      const changed = mutate(lines);
      return { name, text: changed.length === 0 ? "" : changed.join("\n") + end };
    }),
    { name: "the output is cut off", text: sample.slice(0, Math.floor(sample.length / 2)) },
    { name: "nothing is printed", text: "" },
    { name: "a command is not found", text: commandNotFound },
    { name: "other text is printed", text: unrelatedText },
  ];
  return mutants.filter(({ text }) => text !== sample);
}

/** The most values of a JSON document that are changed, one in each mutant. */
const mostValues = 50;

/** The same for an output that is JSON: a value is another, or missing. No I/O. */
export function mutateJsonSample(sample: string): readonly Mutant[] {
  const value: unknown = JSON.parse(sample);
  const changed = listChanges(value).slice(0, mostValues);
  return [
    ...changed.map(({ name, value: other }) => ({ name, text: `${JSON.stringify(other)}\n` })),
    { name: "the document is another", text: otherJson },
    { name: "nothing is printed", text: "" },
  ];
}

/** What a service says when it has an error. */
export const otherJson = '{"error": "internal", "status": "down"}\n';

interface Change {
  readonly name: string;
  readonly value: unknown;
}

function listChanges(value: unknown): Change[] {
  if (Array.isArray(value)) {
    return [
      ...(value.length > 0 ? [{ name: "an array is empty", value: [] }] : []),
      ...value.flatMap((item: unknown, index) =>
        listChanges(item).map(({ name, value: other }) => ({
          name,
          value: value.with(index, other) as unknown,
        })),
      ),
    ];
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as Record<string, unknown>);
    return entries.flatMap(([key, item]) => [
      {
        name: `\`${key}\` is missing`,
        value: Object.fromEntries(entries.filter(([other]) => other !== key)),
      },
      ...listChanges(item).map(({ name, value: other }) => ({
        name: name === "" ? `\`${key}\` is another` : name,
        value: { ...value, [key]: other },
      })),
    ]);
  }
  return [{ name: "", value: changeScalar(value) }];
}

function changeScalar(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value !== "string") return "other";
  const opposite = opposites[value.toLowerCase()];
  return opposite ?? `other ${value}`;
}
