import path from "node:path";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import { nameFifos, nameServerChannels } from "./target-channels.ts";

/**
 * Defines, in the bash that carries out requests, what lists and ends the processes of the session: by their
 * environment and their output, as Linux shows these; where it does not, those of the shell's own process
 * group. No I/O.
 */
export function renderProcessCode(files: SessionFiles, token: string, serverCount: number): string {
  const channels = nameServerChannels(serverCount).map((name) => {
    const fifos = nameFifos(files, name).map(quoteShellWord);
    const tests = ["1", "2"].flatMap((descriptor) =>
      fifos.map((fifo) => `$place/fd/${descriptor} -ef ${fifo}`),
    );
    return `if [[ ${tests.join(" || ")} ]]; then server=${name}; fi`;
  });
  const hasServers = channels.length > 0;
  return `__ow_keeper=\${__ow_log#*'${token} keeper 0 '} __ow_keeper=\${__ow_keeper%%[!0-9]*}
  __ow_lives() { # Whether the keeper does, and can be heard.
    [[ -e ${quoteShellWord(files.control)} ]] && builtin kill -0 "$__ow_keeper" 2>/dev/null || builtin return 1
    builtin local state=
    # In a container, perhaps nobody takes notice of what has ended.
    { IFS= builtin read -r state <"/proc/$__ow_keeper/stat"; } 2>/dev/null
    [[ $state != *') Z '* ]]
  }
  # Of most processes of a machine, that they are older than the session is all that has to be asked.
  __ow_since=0
  { IFS= builtin read -r __ow_item <"/proc/$__ow_keeper/stat"; } 2>/dev/null && {
    __ow_item=(\${__ow_item##*) })
    __ow_since=\${__ow_item[19]}
    builtin unset -v __ow_item
  }
  __ow_pids=()
  # The processes of a step and its shell, or of a server (without a shell, by its channel); without a key, all.
  __ow_list() { # KEY SHELL CHANNEL
    __ow_pids=()
    builtin local place pid item state session step group parent server before
    # Lists can be assigned so by the keyword alone.
    local all=() fields=()
    local -A steps=() groups=() parents=() servers=()
    for place in /proc/[0-9]*; do
      pid=\${place#/proc/} session= step= server=
      if ((pid == __ow_keeper)); then builtin continue; fi
      IFS= builtin read -r state <"$place/stat" || builtin continue
      fields=(\${state##*) })
      if [[ \${fields[0]} == Z ]] || ((fields[19] < __ow_since)); then builtin continue; fi
      parent=\${fields[1]} group=\${fields[2]}
      while IFS= builtin read -r -d '' item; do
        case $item in
          OPSWRIGHT_SESSION=*'${token}'*) session=yes ;;
          OPSWRIGHT_STEP=*) step=\${item#*=} ;;
        esac
      done <"$place/environ"
      ${channels.join("\n      ")}
      ${hasServers ? "builtin true" : `[[ -n $session || $pid == "$2" || $group == "$2" ]] || builtin continue`}
      all+=("$pid") steps[$pid]=$session:$step groups[$pid]=$group parents[$pid]=$parent
      if [[ -n $server ]]; then servers[$pid]=$server; fi
    done 2>/dev/null
    # What a server has started is the server's, whatever it made of its output.
    before=-1
    while ((before != \${#servers[@]})); do
      before=\${#servers[@]}
      for pid in "\${all[@]}"; do
        parent=\${parents[$pid]}
        if [[ -z \${servers[$pid]-} && -n \${servers[$parent]-} ]]; then servers[$pid]=\${servers[$parent]}; fi
      done
    done
    for pid in "\${all[@]}"; do
      server=\${servers[$pid]-} step=\${steps[$pid]} group=\${groups[$pid]}
      if [[ -z $1 ]]; then [[ $step == yes:* || $group == "$2" || -n $server ]] || builtin continue
      elif [[ -n $server && $server == "$3" ]]; then :
      elif [[ $step == yes:?* ]]; then [[ $step == "yes:$1" || $pid == "$2" ]] || builtin continue
      else [[ -z $server && -n $2 && ($pid == "$2" || $group == "$2") ]] || builtin continue; fi
      __ow_pids+=("$pid")
    done
    # No such view of the processes: the shell's group is what is known.
    if [[ ! -d /proc/self && -n $2 ]] && builtin kill -0 -- "-$2" 2>/dev/null; then __ow_pids=("-$2"); fi
  }
  __ow_uptime() { # In hundredths of a second, where that can be told: no clock is set on the way
    __ow_item=
    { IFS=' ' builtin read -r __ow_item _ </proc/uptime; } 2>/dev/null
    __ow_item=\${__ow_item/./}
  }
  __ow_end() { # ID GRACE KEY SHELL CHANNEL: in twentieths of a second
    builtin local id=$1 limit=$2 wait=0 rounds=0 begun=
    builtin shift 2
    __ow_uptime; begun=$__ow_item
    __ow_list "$@"
    if ((\${#__ow_pids[@]})); then builtin kill -TERM -- "\${__ow_pids[@]}" 2>/dev/null; fi
    while __ow_list "$@"; ((\${#__ow_pids[@]})); do
      if ((wait >= limit)); then builtin kill -KILL -- "\${__ow_pids[@]}" 2>/dev/null; fi
      if ((wait >= limit + 100)); then builtin break; fi
      rounds=$((rounds + 1)) wait=$rounds
      command sleep 0.05
      # On a machine that has better things to do, a round takes its time.
      __ow_uptime
      if [[ -n $begun ]]; then wait=$(((__ow_item - begun) / 5)); fi
    done
    builtin printf '\\036%s over %s %s\\n' ${token} "$id" "\${__ow_pids[*]}" >&5
  }
  __ow_signal() { # NAME KEY SHELL CHANNEL: an interrupt does not go to the shell itself
    builtin local name=$1 pid
    builtin shift
    __ow_list "$@"
    for pid in "\${__ow_pids[@]}"; do
      if [[ $name != INT || $pid != "$2" ]]; then builtin kill "-$name" "$pid" 2>/dev/null; fi
    done
  }
  __ow_close() { # ID SHELL
    __ow_end "$1" 40 '' "$2" ''
    builtin kill -KILL "$__ow_keeper" 2>/dev/null
    command rm -rf -- ${quoteShellWord(path.posix.dirname(files.session))}
  }
  __ow_look() { # ID KEY CHANNEL: how many processes a server has
    __ow_list "$2" '' "$3"
    builtin printf '\\036%s running %s %s\\n' ${token} "$1" "\${#__ow_pids[@]}" >&5
  }`;
}

/** What is to be ended on a target. */
export interface TargetEnding {
  readonly key: string;
  /** Its shell, which ends too; absent: that goes on. */
  readonly shellPid?: number | undefined;
  /** Through which it prints. */
  readonly channel: string | undefined;
  readonly graceMs: number;
}

/** Ends what a step has started; answers `over`, `id` and what could not be ended. No I/O. */
export function renderStepEnding(
  id: string,
  { key, shellPid, channel = "''", graceMs }: TargetEnding,
): string {
  return `__ow_end ${id} ${Math.ceil(graceMs / 50)} ${key} ${shellPid ?? "''"} ${channel}`;
}

/** Ends all of the session and takes its folder away; answers as `renderStepEnding` does. No I/O. */
export function renderClosing(id: string, shellPid: number): string {
  return `__ow_close ${id} ${shellPid}`;
}

/** Asks how many processes a server has; answers `running`, `id` and their number. No I/O. */
export function renderServerQuestion(id: string, key: string, channel = "''"): string {
  return `__ow_look ${id} ${key} ${channel}`;
}

/** Sends a signal to all that a step has started; an interrupt does not go to its shell. No I/O. */
export function renderSignal(name: string, key: string, shellPid: number): string {
  return `__ow_signal ${name} ${key} ${shellPid} ''`;
}
