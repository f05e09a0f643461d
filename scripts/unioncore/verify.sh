#!/usr/bin/env bash
# Waits for a release of UnionCore, and asks whether it is well.
#
# Usage: verify.sh [STEP…]
#
# Without a step: version-serving health
# After a rollback: healthy-again
#
# APP_URL  address of the service, without a slash at the end (must be set)
#
# What each step is for: runbooks/deployment.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- version-serving health; fi
for step in "$@"; do
  case $step in
  version-serving | health | healthy-again) ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    echo "There is no step $step." >&2
    usage >&2
    exit 2
    ;;
  esac
done

: "${APP_URL:?Address of the service, without a slash at the end}"

# What the runbook says of an output, this script has to look at itself.
demand_ready() { # shows what it reads, and fails where that is no service that is ready
  local answer
  answer=$(cat)
  printf '%s\n' "$answer"
  grep --quiet --extended-regexp '"status": *"ready"' <<<"$answer"
}

run_step() { # run_step STEP
  case $1 in
  version-serving)
    # opswright:begin version-serving
    version=$(cat VERSION)
    until curl --silent --max-time 10 "$APP_URL/health" | grep --fixed-strings "\"$version\""; do
      sleep 5
    done
    # opswright:end version-serving
    ;;
  health)
    {
      # opswright:begin health
      curl --fail --silent --show-error --max-time 10 --retry 5 --retry-delay 2 --retry-all-errors \
        "$APP_URL/health/ready" ||
        { curl --silent --max-time 10 "$APP_URL/health/ready"; false; }
      # opswright:end health
    } | demand_ready
    ;;
  healthy-again)
    {
      # opswright:begin healthy-again
      curl --fail --silent --show-error --max-time 10 --retry 60 --retry-delay 5 --retry-max-time 300 --retry-all-errors \
        "$APP_URL/health/ready" ||
        { curl --silent --max-time 10 "$APP_URL/health/ready"; false; }
      # opswright:end healthy-again
    } | demand_ready
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
