#!/usr/bin/env bash
# Does what comes after a release of Opswright was published: tag, push, verification.
#
# Usage: VERSION=0.2.0 publish.sh [STEP…]
#
# Without a step: published tag push installed
# It pushes to origin without asking. Publishing itself is for a person (npm publish).
#
# What each step is for: runbooks/release.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- published tag push installed; fi
for step in "$@"; do
  case $step in
  published | tag | push | installed) ;;
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

: "${VERSION:?The version, without a v in front}"
cd "$(dirname "$0")/../.."

run_step() { # run_step STEP
  case $1 in
  published)
    # opswright:begin published
    until [ "$(npm view "opswright@$VERSION" version 2>/dev/null)" = "$VERSION" ]; do sleep 5; done
    npm view "opswright@$VERSION" dist.shasum dist.unpackedSize
    # opswright:end published
    ;;
  tag)
    # opswright:begin tag
    git tag --annotate "v$VERSION" --message "Opswright $VERSION"
    # opswright:end tag
    ;;
  push)
    # opswright:begin push
    git push --atomic origin main "v$VERSION"
    # opswright:end push
    ;;
  installed)
    # opswright:begin installed
    (cd "${TMPDIR:-/tmp}" && npm exec --yes --package="opswright@$VERSION" -- opswright --version) |
      grep --fixed-strings "$VERSION"
    # opswright:end installed
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
