# shellcheck shell=bash
# Sourced. A process of the world is a file run/pids/NAME: "<pid> <start time>".
# The start time (field 22 of /proc/<pid>/stat) tells a process from a later one
# that got the same number.

start_time() {
  local stat state
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra state <<<"${stat##*) }"
  [[ ${state[0]} != Z ]] && echo "${state[19]}"
}

record_process() { # name pid
  mkdir -p "$WORLD/run/pids"
  echo "$2 $(start_time "$2")" >"$WORLD/run/pids/$1"
}

# A process and all that it started.
family() {
  local child
  echo "$1"
  for child in $(ps -o pid= --ppid "$1"); do family "$child"; done
}
