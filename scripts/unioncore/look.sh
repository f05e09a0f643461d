#!/usr/bin/env bash
# Looks at what is wrong with UnionCore in production; changes nothing unless it is told to.
#
# Usage: look.sh [STEP…]
#
# Without a step: alive ready deployments logs variables changes
# Also:           redeploy, which starts the same release again
#
# APP_URL  address of the service, without a slash at the end (must be set)
#
# What to do about it: runbooks/incident-response.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- alive ready deployments logs variables changes; fi
for step in "$@"; do
  case $step in
  alive | ready | deployments | logs | variables | changes | redeploy) ;;
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

run_step() { # run_step STEP
  case $1 in
  alive)
    # opswright:begin alive
    curl --silent --show-error --max-time 10 --write-out '\nstatus %{http_code}\n' "$APP_URL/health" || echo "no answer"
    # opswright:end alive
    ;;
  ready)
    # opswright:begin ready
    curl --silent --show-error --max-time 10 --write-out '\nstatus %{http_code}\n' "$APP_URL/health/ready" || echo "no answer"
    # opswright:end ready
    ;;
  deployments)
    # opswright:begin deployments
    railway status || echo "Railway does not answer: is it logged in and linked? Else https://railway.app/help"
    # opswright:end deployments
    ;;
  logs)
    # opswright:begin logs
    railway logs --lines 100 || echo "no logs"
    # opswright:end logs
    ;;
  variables)
    # opswright:begin variables
    railway variables --kv | sed -n 's/^\([A-Z0-9_]*\)=..*$/\1/p' || echo "no variables"
    # opswright:end variables
    ;;
  changes)
    # opswright:begin changes
    git fetch --quiet origin || echo "GitHub does not answer: this may be old"
    git log origin/develop -10 --format='%h %ad %an %s' --date=iso
    # opswright:end changes
    ;;
  redeploy)
    # opswright:begin redeploy
    railway redeploy --yes
    # opswright:end redeploy
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
