#!/usr/bin/env bash
# Prepares a release of Opswright on this machine; nothing leaves it.
#
# Usage: VERSION=0.2.0 prepare.sh [STEP…]
#
# Without a step: clean new bump changelog check tests commit build pack
#
# What each step is for, and what to read in between: runbooks/release.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- clean new bump changelog check tests commit build pack; fi
for step in "$@"; do
  case $step in
  clean | new | bump | changelog | check | tests | commit | build | pack) ;;
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
  clean)
    # opswright:begin clean
    git fetch --quiet --tags origin
    branch=$(git branch --show-current)
    [ "$branch" = main ] || { echo "This is the branch '$branch': git switch main" >&2; false; }
    [ -z "$(git status --porcelain)" ] || { git status --short >&2; false; }
    [ "$(git rev-parse HEAD)" = "$(git rev-parse origin/main)" ] || { echo "Your main is not the remote's: git pull --ff-only, or push first" >&2; false; }
    # opswright:end clean
    ;;
  new)
    # opswright:begin new
    if git rev-parse --quiet --verify "refs/tags/v$VERSION" >/dev/null; then
      echo "There is a tag v$VERSION already." >&2
      false
    fi
    # opswright:end new
    ;;
  bump)
    # opswright:begin bump
    npm version --no-git-tag-version --allow-same-version "$VERSION"
    # opswright:end bump
    ;;
  changelog)
    # opswright:begin changelog
    if ! grep --quiet --fixed-strings "## [$VERSION]" CHANGELOG.md; then
      sed -i "s/^## \[Unreleased\]\$/## [Unreleased]\n\n## [$VERSION] - $(date -u +%Y-%m-%d)/" CHANGELOG.md
    fi
    grep --fixed-strings "## [$VERSION]" CHANGELOG.md
    git diff --stat
    # opswright:end changelog
    ;;
  check)
    # opswright:begin check
    npm run check
    # opswright:end check
    ;;
  tests)
    # opswright:begin tests
    npm test
    # opswright:end tests
    ;;
  commit)
    # opswright:begin commit
    git add package.json package-lock.json CHANGELOG.md
    git diff --cached --quiet || git commit -m "Release $VERSION"
    # opswright:end commit
    ;;
  build)
    # opswright:begin build
    npm run build
    npm run package
    # opswright:end build
    ;;
  pack)
    # opswright:begin pack
    mkdir -p .opswright/release
    npm pack --pack-destination .opswright/release
    sha256sum ".opswright/release/opswright-$VERSION.tgz"
    # opswright:end pack
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
