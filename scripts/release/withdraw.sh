#!/usr/bin/env bash
# Withdraws a version of Opswright: npm installs the last good one again, and warns of the bad one.
#
# Usage: VERSION=0.2.0 GOOD_VERSION=0.1.0 REASON="It loses data." withdraw.sh [STEP…]
#
# Without a step: latest deprecate withdrawn
# npm asks for your second factor.
#
# What each step is for: runbooks/release.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- latest deprecate withdrawn; fi
for step in "$@"; do
  case $step in
  latest | deprecate | withdrawn) ;;
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

: "${VERSION:?The version to withdraw, without a v in front}"
: "${GOOD_VERSION:?The last good version, without a v in front}"
: "${REASON:?Why it is withdrawn}"
cd "$(dirname "$0")/../.."

run_step() { # run_step STEP
  case $1 in
  latest)
    # opswright:begin latest
    npm dist-tag add "opswright@$GOOD_VERSION" latest
    # opswright:end latest
    ;;
  deprecate)
    # opswright:begin deprecate
    npm deprecate "opswright@$VERSION" "$REASON"
    # opswright:end deprecate
    ;;
  withdrawn)
    # opswright:begin withdrawn
    [ "$(npm view opswright dist-tags.latest)" = "$GOOD_VERSION" ] || { npm view opswright dist-tags >&2; false; }
    [ "$(npm view "opswright@$VERSION" deprecated)" = "$REASON" ] || { npm view "opswright@$VERSION" deprecated >&2; false; }
    # opswright:end withdrawn
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
