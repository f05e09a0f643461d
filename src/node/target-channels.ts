import path from "node:path";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";

/** Steps of a target print through one pair of FIFOs, one after the other; its servers have their own. */
export const commonChannel = "1";

/** Names the channels of servers: `s1`, `s2`. No I/O. */
export function nameServerChannels(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `s${index + 1}`);
}

/** Names the FIFOs of a channel: of its standard output, of its standard error. No I/O. */
export function nameFifos(files: SessionFiles, channel: string): readonly [string, string] {
  return [
    path.posix.join(files.session, `${channel}.stdout`),
    path.posix.join(files.session, `${channel}.stderr`),
  ];
}

/**
 * Starts what carries the output of servers, as part of the bash that carries out requests: it reads each
 * FIFO and puts what comes into that of the steps, as frames (`log s1 stdout TEXT.`) in which `\\`, `\n`
 * and `\0` stand for what cannot be in a line. A frame is short enough to be written at once, so that none
 * is torn by what steps print meanwhile.
 *
 * It is bash alone, since other programs keep back what they have, or cannot be told from a step's when they
 * are to be ended. No I/O.
 */
export function renderServerOutput(
  files: SessionFiles,
  token: string,
  serverCount: number,
): string {
  const [common] = nameFifos(files, commonChannel);
  return nameServerChannels(serverCount)
    .flatMap((name) =>
      nameFifos(files, name).map((fifo, index) => {
        const words = [fifo, common, name, index === 0 ? "stdout" : "stderr"];
        return `  LC_ALL=C OPSWRIGHT_ATTACHED=${token} "$BASH" --norc --noprofile -c ${quoteShellWord(pump)} carry ${words
          .map(quoteShellWord)
          .join(
            " ",
          )} </dev/null >/dev/null 2>&1 5<&- 6<&- 9<&- & __ow_cats+=("$!")\n  builtin disown\n`;
      }),
    )
    .join("");
}

/** FIFO, FIFO of the steps, channel, stream. The first byte is waited for, and for those behind it not long. */
const pump = `exec 3<>"$1" 4<>"$2"
while IFS= read -r -d "" -n 1 -u 3 text; do
  zero=
  if [[ -z $text ]]; then zero='\\0'
  else
    IFS= read -r -d "" -n 199 -t 0.02 -u 3 more
    if (($? == 0 && \${#more} < 199)); then zero='\\0'; fi
    text+=$more
  fi
  text=\${text//\\\\/\\\\\\\\}
  printf '\\036%s log %s %s %s%s.\\n' "$OPSWRIGHT_ATTACHED" "$3" "$4" "\${text//$'\\n'/\\\\n}" "$zero" >&4
done`;

/**
 * Has a mark come through both streams of a channel, behind all that was printed there: a frame of its own,
 * `mark ID`. No I/O.
 */
export function renderMark(
  files: SessionFiles,
  token: string,
  channel: string,
  id: number,
): string {
  return nameFifos(files, channel)
    .map((fifo) => `builtin printf '\\036%s mark %s\\n' ${token} ${id} 1<>${quoteShellWord(fifo)}`)
    .join("\n");
}

/** The bytes that the text of a `log` frame stands for. No I/O. */
export function decodeLog(text: string): Uint8Array {
  const plain = text.replaceAll(/\\(.)/gsu, (_, sign: string) =>
    sign === "n" ? "\n" : sign === "0" ? "\0" : sign,
  );
  return Buffer.from(plain, "latin1");
}
