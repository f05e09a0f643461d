const defaultPrompt = "$";

/** One command of a transcript with the output that stands below it. */
export interface TranscriptEntry {
  readonly command: string;
  /** 0-based line of the block on which the command starts. */
  readonly commandRow: number;
  /** Absent where nothing stands below the command. */
  readonly output?: string | undefined;
  /** 0-based line of the block on which the output starts. */
  readonly outputRow: number;
}

/**
 * Splits a transcript into its commands and their outputs.
 *
 * A line behind the prompt and a blank (by default `$ `) starts a command, lines behind `> ` right below continue it, all others are
 * output. A command also goes on, with or without `> `, behind a backslash, `|`, `&&` or `||` at a
 * line's end and until its here-documents end. Prompts stand as deep as the first one: an indented
 * one in output is output. Lines before the first prompt and prompts without a command are left
 * out. No I/O.
 */
export function readTranscript(
  code: string,
  prompt: string = defaultPrompt,
): readonly TranscriptEntry[] {
  const sign = prompt.trimEnd();
  const lines = code.split("\n");
  const first = lines.find((line) => line.trimStart().startsWith(`${sign} `)) ?? "";
  const indentation = first.slice(0, first.length - first.trimStart().length);
  const rows = lines.map((row) =>
    row.startsWith(indentation) ? row.slice(indentation.length) : row,
  );
  const isPrompt = (row: string | undefined): boolean =>
    row === sign || row?.startsWith(`${sign} `) === true;
  const entries: TranscriptEntry[] = [];
  let row = 0;
  while (row < rows.length) {
    if (!isPrompt(rows[row])) {
      row += 1;
      continue;
    }
    const commandRow = row;
    const command = [(rows[row] ?? "").slice(sign.length + 1)];
    row += 1;
    while (row < rows.length && (isContinuation(rows[row]) || isUnfinished(command, rows, row))) {
      command.push((rows[row] ?? "").replace(/^>(?: |$)/, ""));
      row += 1;
    }
    const outputRow = row;
    while (row < rows.length && !isPrompt(rows[row])) row += 1;
    const text = command.join("\n");
    if (text.trim() === "") continue;
    const output = rows.slice(outputRow, row).join("\n").replace(/\n+$/, "");
    entries.push({
      command: text,
      commandRow,
      output: output.trim() === "" ? undefined : output,
      outputRow,
    });
  }
  return entries;
}

/**
 * True where a block of a shell language is a transcript in fact: its first line that is no comment
 * has a prompt. No I/O.
 */
export function startsWithPrompt(code: string): boolean {
  return /^(?:[ \t]*(?:#.*)?\n)*[ \t]*\$ \S/.test(code);
}

function isContinuation(row: string | undefined): boolean {
  return row === ">" || row?.startsWith("> ") === true;
}

/** True where the shell would ask for another line; a here-document that nothing ends does not count. */
function isUnfinished(command: readonly string[], rows: readonly string[], next: number): boolean {
  const word = findOpenHereDocument(command);
  if (word !== undefined) {
    return rows.slice(next).some((row) => row.replace(/^(?:> ?)?\t*/, "") === word);
  }
  const last = command.at(-1) ?? "";
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(last) || /(?:^|[^\\])(?:\||&&)\s*$/.test(last);
}

/** The word that ends the here-document in which the command stands so far. */
function findOpenHereDocument(command: readonly string[]): string | undefined {
  let open: { readonly word: string; readonly hasTabs: boolean } | undefined;
  for (const line of command) {
    if (open !== undefined) {
      const text = open.hasTabs ? line.replace(/^\t+/, "") : line;
      if (text === open.word) open = undefined;
      continue;
    }
    const match = /(?<!<)<<(-?)[ \t]*(["']?)([A-Za-z_]\w*)\2/.exec(line);
    if (match !== null) open = { word: match[3] ?? "", hasTabs: match[1] === "-" };
  }
  return open?.word;
}
