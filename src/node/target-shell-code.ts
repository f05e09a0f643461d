import path from "node:path";
import type { Secret } from "../run/list-secrets.ts";
import type { ScriptRequest } from "../run/ports.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import { formatAccepted, renderBefore, renderStepLine } from "./render-step-line.ts";
import { nameStepFiles } from "./session-files.ts";
import type { SessionFiles } from "./session-files.ts";
import { renderBoot, renderKeeper, stateHead } from "./shell-control-code.ts";
import { secretFormsVariable } from "./shell-secret-code.ts";
import {
  commonChannel,
  nameFifos,
  nameServerChannels,
  renderServerOutput,
} from "./target-channels.ts";
import { renderProcessCode } from "./target-process-code.ts";
import { hasBefore } from "./write-step-files.ts";

/*
 * What is sent to the bash at the other end of a connection. That bash carries out requests alone: the
 * steps run in a shell of the session's keeper, which is started beside it and outlives the connection.
 * The session is the same as on this machine; what comes back are the records of its control log, as
 * frames between the bytes that the steps print (see `frame-splitter.ts`).
 */

/** How long a keeper may take to start, in twentieths of a second. */
const mostWaits = 200;

/** What a session on a target starts with. */
export interface TargetStart {
  /** Variables that its shells have beside those of the target. */
  readonly environment: Readonly<Record<string, string>>;
  /** Those of them whose values must be in no file. */
  readonly secretNames: readonly string[];
  /** As words of shell source; see `renderSecretForms`. */
  readonly secretForms: string;
  /** How many servers there can be at a time. */
  readonly serverCount: number;
  /** What an earlier session has left, from which the first shell starts, and in which file it is put. */
  readonly state?: { readonly file: string; readonly text: string } | undefined;
}

/**
 * The first words to whatever reads commands there: it answers `hello`, its version and its options on both
 * streams, or `none` where it is no bash. It parses in any POSIX shell. No I/O.
 */
export function renderHello(token: string): string {
  const hello = `printf '\\036%s hello %s %s\\n' ${token} "\${BASH_VERSION-none}" "$-"`;
  return `${hello}; ${hello} >&2`;
}

/**
 * Makes the session's folder and starts its keeper; answers `failed` and a word where that cannot be.
 *
 * Values of variables are in the text that is sent, and in no file and no argument. No I/O.
 */
export function renderOpening(files: SessionFiles, token: string, start: TargetStart): string {
  const { environment, secretNames, secretForms, serverCount, state } = start;
  const hasSecrets = secretNames.length > 0;
  const echoes = nameFifos(files, commonChannel);
  const serverFifos = nameServerChannels(serverCount).flatMap((name) => nameFifos(files, name));
  const plainNames = Object.keys(environment).filter((name) => !secretNames.includes(name));
  const keeper = renderKeeper(files, token, [...echoes, ...serverFifos], {
    plainNames: hasSecrets ? plainNames : undefined,
    snapshot: state?.file,
    echoes,
  });
  const boot = renderBoot(files, token, {
    firstSettings: "builtin true",
    mark: token,
    secretNames,
    echoes,
  });
  const variables = {
    ...environment,
    OPSWRIGHT_SESSION: token,
    ...(hasSecrets && { [secretFormsVariable]: secretForms }),
  };
  const folder = path.posix.dirname(files.session);
  return `builtin umask 077
if ! command mkdir -- ${[folder, files.session, files.steps].map(quoteShellWord).join(" ")}; then
  builtin printf '\\036%s failed folder\\n' ${token}
elif ! builtin printf '%s' ${quoteShellWord(keeper)} >${quoteShellWord(files.keeper)} ||
  ! builtin printf '%s' ${quoteShellWord(boot)} >${quoteShellWord(files.boot)} ||${
    state === undefined
      ? ""
      : `
  ! builtin printf '%s' ${quoteShellWord(state.text)} >${quoteShellWord(state.file)} ||`
  }
  ! : >${quoteShellWord(files.control)}; then
  builtin printf '\\036%s failed files\\n' ${token}
else
  # A session of its own where the target has such a program: what ends the connection leaves it alone.
  (
    ${Object.entries(variables)
      .map(([name, value]) => `builtin export ${name}=${quoteShellWord(value)}`)
      .join("\n    ")}
    own=(); if builtin command -v setsid >/dev/null; then own=(setsid); fi
    builtin exec "\${own[@]}" "$BASH" --norc --noprofile ${quoteShellWord(files.keeper)} \\
      </dev/null >${quoteShellWord(files.shellLog)} 2>&1
  ) &
  # What becomes of it is on record, and not for this bash to tell.
  builtin disown
fi`;
}

/**
 * Connects to a session that has a keeper: from here on what its steps print comes through, and each
 * record, those that came before included.
 *
 * Answers `attached` and `id` on both streams, behind all that was waiting there; or `failed` and a word. No
 * I/O.
 */
export function renderAttaching(
  files: SessionFiles,
  token: string,
  id: number,
  serverCount: number,
): string {
  const [stdout = "", stderr = ""] = nameFifos(files, commonChannel).map(quoteShellWord);
  const control = quoteShellWord(files.control);
  const attached = quoteShellWord(path.posix.join(files.session, "attached"));
  return `builtin umask 077
__ow_wait=0 __ow_log=
while [[ -e ${control} ]] && ((__ow_wait++ < ${mostWaits})); do
  __ow_log=$(<${control})
  if [[ $__ow_log == *'${token} '@(keeper|too-old|no-fifos)* ]]; then builtin break; fi
  command sleep 0.05
done
if [[ ! -e ${control} ]]; then builtin printf '\\036%s failed gone\\n' ${token}
elif [[ $__ow_log != *'${token} keeper '* ]]; then builtin printf '\\036%s failed keeper\\n' ${token}
else
  # What carries the output: without its connection it would take what nobody gets. By their environment,
  # where that can be seen, since the number of one that has ended may be another program's by now.
  __ow_detach() { # PID…
    builtin local pid item is_ours
    for pid in "$@"; do
      is_ours=
      if [[ -d /proc/self ]]; then
        while IFS= builtin read -r -d '' item; do
          if [[ $item == 'OPSWRIGHT_ATTACHED=${token}' ]]; then is_ours=yes; fi
        done <"/proc/$pid/environ"
      else is_ours=yes; fi
      if [[ -n $is_ours ]]; then builtin kill -KILL "$pid"; fi
    done 2>/dev/null
  }
  # A connection that broke unseen has its readers there still.
  if [[ -e ${attached} ]]; then
    builtin read -r -a __ow_cats <${attached}
    __ow_detach "\${__ow_cats[@]}"
  fi
  exec 9<>${quoteShellWord(files.commands)} 5<>${stdout} 6<>${stderr}
  OPSWRIGHT_ATTACHED=${token} command cat <${stdout} 5<&- 6<&- 9<&- & __ow_cats=("$!")
  builtin disown
  OPSWRIGHT_ATTACHED=${token} command cat <${stderr} 5<&- 6<&- 9<&- >&2 & __ow_cats+=("$!")
  builtin disown
  builtin printf '%s\\n' "\${__ow_cats[*]}" >${attached}
  builtin trap '__ow_detach "\${__ow_cats[@]}"' EXIT
  ${renderProcessCode(files, token, serverCount)}
  while IFS= builtin read -r __ow_item; do
    builtin printf '\\036%s\\n' "$__ow_item"
    builtin printf '\\036%s\\n' "$__ow_item" >&2
  done <${control}
${renderServerOutput(files, token, serverCount)}  builtin printf '%s\\n' "\${__ow_cats[*]}" >${attached}
  if __ow_lives; then
    builtin printf '\\036%s attached %s\\n' ${token} ${id} >&5
    builtin printf '\\036%s attached %s\\n' ${token} ${id} >&6
  else
    command rm -rf -- ${quoteShellWord(path.posix.dirname(files.session))}
    builtin printf '\\036%s failed dead\\n' ${token}
  fi
fi`;
}

/**
 * Hands a script to the session's shell, which prints through that channel; answers `unwritten` where its
 * files cannot be. No I/O.
 */
export function renderScriptRequest(
  files: SessionFiles,
  token: string,
  request: ScriptRequest,
  channel: string,
): string {
  const step = nameStepFiles(files, request.key, request.interpreter);
  const isPrepared = hasBefore(request);
  const line = renderStepLine({
    key: request.key,
    ending: step.ending,
    channel,
    interpreter: request.interpreter,
    isBackground: request.isBackground === true,
    mergesStreams: request.mergesStreams === true,
    terminal: request.terminal,
    accepted: formatAccepted(request.keepsStateOn),
    before: isPrepared ? step.before : undefined,
  });
  const texts: readonly (readonly [string, string])[] = [
    [step.script, request.script],
    [step.state, stateHead],
    ...(isPrepared ? ([[step.before, renderBefore(request)]] as const) : []),
    ...(isPrepared ? ([[step.after, ""]] as const) : []),
  ];
  const writes = texts.map(
    ([file, text]) => `builtin printf '%s' ${quoteShellWord(text)} >${quoteShellWord(file)}`,
  );
  // The empty line behind it tells an idle shell from a busy one.
  const order = `builtin printf '%s\\n' ${quoteShellWord(line)} >&9`;
  return `{ ${[...writes, order].join(" &&\n")}; } || builtin printf '\\036%s unwritten %s\\n' ${token} ${request.key}`;
}

/**
 * Asks whether the shell has carried out all that it was handed: it answers `idle` then, and `failed dead`
 * where nothing can be heard of it any more. No I/O.
 */
export function renderIdleQuestion(token: string, key: string): string {
  return `if ! __ow_lives; then builtin printf '\\036%s failed dead\\n' ${token} >&5
else builtin read -t 0 -u 9 || builtin printf '\\036%s idle %s\\n' ${token} ${key} >&5; fi`;
}

/**
 * Asks how many of these secrets are those with which the keeper was started, where the target shows that;
 * it answers `secrets` and their number. Their values are in the text that is sent. No I/O.
 */
export function renderSecretQuestion(token: string, secrets: readonly Secret[]): string {
  const known = secrets.map(({ name, value }) => quoteShellWord(`${name}=${value}`)).join(" | ");
  return `__ow_wait=0
{ while IFS= builtin read -r -d '' __ow_item; do
  case $__ow_item in ${known}) __ow_wait=$((__ow_wait + 1)) ;; esac
done <"/proc/$__ow_keeper/environ"; } 2>/dev/null
builtin printf '\\036%s secrets %s\\n' ${token} "$__ow_wait"`;
}

/**
 * Asks which operating system it is; it answers `system`, what `uname` says, or what bash was made for
 * where there is no such program, and whether it shows its processes as Linux does. No I/O.
 */
export function renderSystemQuestion(token: string): string {
  return `__ow_item=$(command uname -s 2>/dev/null) || __ow_item=\${OSTYPE-}
__ow_wait=hidden; if [[ -r /proc/self/environ ]]; then __ow_wait=shown; fi
builtin printf '\\036%s system %s %s\\n' ${token} "\${__ow_item%%[!A-Za-z0-9_.-]*}" "$__ow_wait"`;
}

/** Asks which of these programs the shell there does not find; it answers `lacking` and their names. No I/O. */
export function renderToolQuestion(token: string, names: readonly string[]): string {
  return `__ow_item=
for __ow_wait in ${names.map(quoteShellWord).join(" ")}; do
  builtin command -v -- "$__ow_wait" >/dev/null || __ow_item+=" $__ow_wait"
done
builtin printf '\\036%s lacking%s\\n' ${token} "$__ow_item"`;
}

/**
 * Asks for the texts of the snapshots after these steps; each comes between the answers `state` and
 * `stated`, and after the last one `states`. No I/O.
 */
export function renderStateQuestion(
  files: SessionFiles,
  token: string,
  keys: readonly string[],
): string {
  const each = keys.map((key) => {
    const { state } = nameStepFiles(files, key, "bash");
    return `builtin printf '\\036%s state %s\\n' ${token} ${quoteShellWord(key)}
command cat ${quoteShellWord(state)} 2>/dev/null
builtin printf '\\036%s stated %s\\n' ${token} ${quoteShellWord(key)}
`;
  });
  // Through the FIFO of the steps: there, no frame of a server is torn by it.
  return `{ ${each.join("")}builtin printf '\\036%s states\\n' ${token}
} >&5`;
}

/** Puts a state where a shell can be started from it; answers `placed` once it is there. No I/O. */
export function renderPlacing(token: string, file: string, text: string): string {
  const word = quoteShellWord(file);
  const next = quoteShellWord(`${file}.new`);
  return `builtin printf '%s' ${quoteShellWord(text)} >${next} && command mv -f -- ${next} ${word} &&
  builtin printf '\\036%s placed\\n' ${token}`;
}

/** Has the keeper start a new shell from a snapshot; from the beginning where that is empty. No I/O. */
export function renderRestoring(token: string, snapshot: string): string {
  return `builtin printf 'restore %s %s\\n' ${token} ${quoteShellWord(snapshot)} >&9`;
}

/** Puts on record that what a step did to its shell no longer counts; answers by that record. No I/O. */
export function renderForgetting(files: SessionFiles, token: string, key: string): string {
  return renderOwnRecord(files, token, `forgotten ${key} `);
}

/** Puts on record that the runner ends a step from here on; answers by that record. No I/O. */
export function renderCut(
  files: SessionFiles,
  token: string,
  key: string,
  how: "timed-out" | "cancelled",
): string {
  return renderOwnRecord(files, token, `cut ${key} ${how}`);
}

function renderOwnRecord(files: SessionFiles, token: string, record: string): string {
  const word = quoteShellWord(record);
  return `if builtin printf '%s %s\\n' ${token} ${word} >>${quoteShellWord(files.control)}; then
  builtin printf '\\036%s %s\\n' ${token} ${word} >&5
  builtin printf '\\036%s %s\\n' ${token} ${word} >&6
fi`;
}

/** Takes away what was begun of a session that nothing runs in. No I/O. */
export function renderRemoval(files: SessionFiles): string {
  return `command rm -rf -- ${quoteShellWord(path.posix.dirname(files.session))}`;
}
