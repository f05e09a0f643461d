import path from "node:path";
import type { ReadyProbe } from "../model/fence-attributes.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";

/** What is looked at on a target. */
export type TargetProbe = Exclude<ReadyProbe, { readonly kind: "output" }>;

/** What is asked about a server; `directory` is the step's own, relative to where the connection begins. */
export interface ProbeQuestion {
  readonly id: number;
  readonly probe: TargetProbe;
  readonly directory: string;
}

/** How long a server there may take to answer, in twentieths of a second, and in seconds. */
const mostWaits = 40;
const answerLimitS = 2;

/**
 * Looks, from the target, whether a server is ready; answers `probe`, `id`, a word and what more there is to
 * tell: `open`, `status 200`, `absent`, `late`, `no-curl`, or what bash says where it cannot connect.
 *
 * A port and `http:` are looked at by bash itself, `https:` by curl. A path is relative to where the
 * connection begins, and `directory`. No I/O.
 */
export function renderProbe(
  files: SessionFiles,
  token: string,
  { id, probe, directory }: ProbeQuestion,
): string {
  const answer = quoteShellWord(path.posix.join(files.session, "probe"));
  // By way of a file: what hangs in a program that was started could hold a pipe open.
  return `command rm -f -- ${answer}; : >${answer}
( exec >>${answer} 2>&1; ${renderLook(probe, directory)} ) & __ow_wait=0
builtin disown
while builtin kill -0 "$!" && ((__ow_wait++ < ${mostWaits})); do command sleep 0.05; done 2>/dev/null
if builtin kill -KILL "$!"; then builtin printf 'late\\n' >>${answer}; fi 2>/dev/null
IFS= builtin read -r __ow_item <${answer} || builtin true
builtin printf '\\036%s probe %s %s\\n' ${token} ${id} "\${__ow_item//[!A-Za-z0-9 .:_-]/}"`;
}

function renderLook(probe: TargetProbe, directory: string): string {
  switch (probe.kind) {
    case "file": {
      const file = path.posix.join(directory, probe.path);
      const word = quoteShellWord(path.posix.isAbsolute(probe.path) ? probe.path : `./${file}`);
      return `if [[ -e ${word} ]]; then builtin printf 'open\\n'; else builtin printf 'absent\\n'; fi`;
    }
    case "port":
      return `${renderConnection("localhost", probe.port)} && builtin printf 'open\\n'`;
    case "http":
      return renderRequest(new URL(probe.url));
  }
}

function renderRequest(url: URL): string {
  if (url.protocol === "https:") {
    return `if ! builtin command -v curl >/dev/null; then builtin printf 'no-curl\\n'
  elif command curl --silent --show-error --fail --noproxy '*' --max-time ${answerLimitS} --output /dev/null ${quoteShellWord(url.href)}; then builtin printf 'status 200\\n'; fi`;
  }
  const host = url.hostname.replaceAll(/^\[|\]$/gu, "");
  const head = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    "Connection: close",
    "Accept: */*",
    "",
    "",
  ].join("\r\n");
  return `${renderConnection(host, url.port === "" ? "80" : url.port)} &&
  builtin printf '%s' ${quoteShellWord(head)} >&3 && IFS=' ' builtin read -r -t ${answerLimitS} -u 3 protocol status rest &&
  builtin printf 'status %s\\n' "$status"`;
}

/** Where it cannot connect, bash says why at the end of its line: `bash: connect: Connection refused`. */
function renderConnection(host: string, port: string): string {
  return `exec 3<>${quoteShellWord(`/dev/tcp/${host}/${port}`)}`;
}

/**
 * What an answer to `renderProbe` means: why the server is not ready, in a phrase, or undefined where it is.
 * No I/O.
 *
 * @example explainProbe("bash: connect: Connection refused", { kind: "port", port: "5432" })
 *   → "port 5432 is closed there (connection refused)"
 */
export function explainProbe(answer: string, probe: TargetProbe): string | undefined {
  const [word = ""] = answer.split(" ");
  const said = answer.split(": ").at(-1) ?? "";
  const why =
    word === "late"
      ? `nothing within ${answerLimitS} s`
      : said === ""
        ? "no answer"
        : said.charAt(0).toLowerCase() + said.slice(1);
  switch (probe.kind) {
    case "file":
      return word === "open" ? undefined : `there is no ${probe.path} there`;
    case "port":
      if (word === "open") return undefined;
      return `port ${probe.port} is closed there (${why})`;
    case "http": {
      if (word === "no-curl") return `there is no curl there, which asks ${probe.url}`;
      const [, status] = /^(?:status |curl: .* returned error: )(\d{3})$/u.exec(answer) ?? [];
      if (status === undefined) return `${probe.url} does not answer there (${why})`;
      return Number(status) < 400 ? undefined : `${probe.url} answers with status ${status} there`;
    }
  }
}
