/** What an output is as JSON, or in a sentence why it is none. */
export type ParsedJson =
  | { readonly value: unknown; readonly row: number }
  | { readonly reason: string };

/**
 * Reads a command's output as one JSON document.
 *
 * Whole numbers beyond what a number holds exactly are bigints, so that two of them that differ are not the
 * same. `row` is the 0-based line on which the document begins. Several documents and text around one are
 * told from an error inside one. No I/O.
 */
export function parseJsonOutput(text: string): ParsedJson {
  const body = text.replace(/^\uFEFF/u, "");
  if (body.trim() === "") return { reason: "The output is empty, and no JSON." };
  try {
    const row = countLines(/^\s*/u.exec(body)?.[0] ?? "");
    return { value: parseJson(body), row };
  } catch (error) {
    if (error instanceof RangeError) return { reason: "The output is nested too deeply." };
    return { reason: explain(body, error) };
  }
}

/** Parses JSON with whole numbers of any size. Throws `SyntaxError`. No I/O. */
export function parseJson(text: string): unknown {
  if (!/\d{16}/u.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, ...[context]: unknown[]) => {
    const source = (context as { readonly source?: string } | undefined)?.source;
    const isInexact =
      typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/u.test(source ?? "");
    return isInexact ? BigInt(source ?? "") : value;
  });
}

function explain(text: string, error: unknown): string {
  const lines = text.split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  if (filled.length > 1 && filled.slice(0, 1000).every(isJson)) {
    return `The output is ${filled.length} JSON documents, one a line, and \`match=json\` compares one: let \`jq --slurp .\` make one array of them, or compare the lines.`;
  }
  const first = lines.findIndex((line) => /^\s*[[{]/u.test(line));
  const last = lines.findLastIndex((line) => /[\]}]\s*$/u.test(line));
  if (first >= 0 && last >= first && isJson(lines.slice(first, last + 1).join("\n"))) {
    const behind = lines.slice(last + 1).filter((line) => line.trim() !== "").length;
    const around = [
      ...(first > 0 ? [`${countWord(first)} before it`] : []),
      ...(behind > 0 ? [`${countWord(behind)} behind it`] : []),
    ];
    return `The output has a JSON document from line ${first + 1} on, and ${around.join(" and ")}; \`match=json\` needs it alone.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const [head = ""] = filled;
  return `The output is no JSON (${reason.split("\n")[0] ?? ""}); it begins with ${JSON.stringify(head.slice(0, 80))}.`;
}

function countWord(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
