import { scanCode } from "./scan-code.ts";
import { leaveHereDocument } from "./scan-here-document.ts";
import { ScanState } from "./scan-state.ts";
import { scanText } from "./scan-text.ts";
import { endCommand, endWord } from "./scan-words.ts";
import type { ScannedScript } from "./scanned-script.ts";

/** Made once: each takes memory that is given back late, which thousands of scripts would feel. */
const decoder = new TextDecoder("latin1");

/**
 * Splits a script into words, redirections and commands in one pass, by bash's own lexical rules.
 *
 * The grammar of tree-sitter-bash is good at statements and has gaps inside words (`a$/b`, `@(x|y)`,
 * `2>&1 <<<x`, words behind a redirection's target); so words are read here and masked for it. Linear
 * in the length of the text, never throws. Rules: bash(1), QUOTING, EXPANSION, REDIRECTION. No I/O.
 *
 * @example scanScript("a 'b c' >d").commands[0] has words "a", "'b c'" and redirection ">" to "d"
 */
export function scanScript(text: string): ScannedScript {
  return runScan(new ScanState(text));
}

function runScan(scan: ScanState): ScannedScript {
  for (;;) {
    const frame = scan.top();
    if (scan.at >= scan.limit) {
      scan.at = scan.limit;
      if (!leaveHereDocument(scan)) break;
    } else if (frame.kind === "code") scanCode(scan, frame);
    else scanText(scan, frame);
  }
  closeAll(scan);
  return {
    text: scan.text,
    masked: decoder.decode(scan.mask),
    commands: scan.commands.toSorted((a, b) => a.start - b.start),
    reads: scan.reads.toSorted((a, b) => a.range.start - b.range.start),
    writes: scan.writes,
    functions: scan.functions,
    quoted: scan.quoted,
    blanks: scan.blanks,
    comments: scan.comments,
    errors: scan.errors,
    statementEnds: scan.statementEnds,
    hasCode: scan.stack[0]?.kind === "code" && scan.stack[0].hasContent,
  };
}

/** Ends what is open at the end of the text; the outermost is the one to report. */
function closeAll(scan: ScanState): void {
  for (const { operator } of scan.pending) scan.errors.push(operator);
  const unclosed = scan.stack[1];
  if (unclosed !== undefined) {
    scan.errors.push({
      start: unclosed.start,
      end: Math.min(unclosed.start + 2, scan.text.length),
    });
  }
  for (const frame of scan.stack.toReversed()) {
    if (frame.kind !== "code") continue;
    endWord(scan, frame);
    if (frame.mode === "test" && frame.command !== undefined) {
      const { start } = frame.command;
      scan.errors.push({ start, end: start + 2 });
    }
    if (frame.closer === "" && frame.depth > 0) {
      scan.errors.push({ start: scan.lastOpening, end: scan.lastOpening + 1 });
    }
    endCommand(scan, frame);
  }
}
