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
 * A line behind `$ ` starts a command, lines behind `> ` right below continue it, all others are
 * output. A line that ends in a backslash continues on the next one, with or without `> `. Lines
 * before the first prompt are left out. No I/O.
 */
export function readTranscript(code: string): readonly TranscriptEntry[] {
  const rows = code.split("\n");
  const entries: TranscriptEntry[] = [];
  let row = 0;
  while (row < rows.length) {
    if (!isPrompt(rows[row])) {
      row += 1;
      continue;
    }
    const commandRow = row;
    const command = [(rows[row] ?? "").replace(/^\s*\$ ?/, "")];
    row += 1;
    while (row < rows.length && (isContinuation(rows[row]) || command.at(-1)?.endsWith("\\"))) {
      command.push((rows[row] ?? "").replace(/^> ?/, ""));
      row += 1;
    }
    const outputRow = row;
    while (row < rows.length && !isPrompt(rows[row])) row += 1;
    const output = rows.slice(outputRow, row).join("\n").replace(/\n+$/, "");
    entries.push({
      command: command.join("\n"),
      commandRow,
      output: output.trim() === "" ? undefined : output,
      outputRow,
    });
  }
  return entries;
}

/** True where a block of a shell language is a transcript in fact: its first line has a prompt. No I/O. */
export function startsWithPrompt(code: string): boolean {
  return /^\s*\$ \S/.test(code);
}

function isPrompt(line: string | undefined): boolean {
  return /^\s*\$ /.test(line ?? "");
}

function isContinuation(line: string | undefined): boolean {
  return /^> /.test(line ?? "") || line === ">";
}
