#!/usr/bin/env bash
# Takes a release of UnionCore back, from its repository's root folder.
#
# Usage: rollback.sh STEP…
#
# By Railway (fastest):   railway-rollback
# By git:                 revert-branch revert push-revert
# By git, last resort:    reset-preview keep-commits reset   (throws commits away, without asking)
# The last migration:     downgrade                          (drops what it added, without asking)
# Anything to take back?  something-deployed
#
# COMMIT        the commit to revert
# GOOD_COMMIT   the last good commit, to which develop is reset
# DATABASE_URL  production's database, for downgrade
#
# verify.sh healthy-again comes afterwards. Which way when: runbooks/deployment.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- --help; fi
for step in "$@"; do
  case $step in
  something-deployed | railway-rollback | revert-branch | revert | push-revert | reset-preview | keep-commits | reset | downgrade) ;;
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

run_step() { # run_step STEP
  case $1 in
  something-deployed)
    # opswright:begin something-deployed
    if [ "${DEPLOYMENT_STATE:-deployed}" = preparing ]; then
      echo "This run deployed nothing. Production runs what it ran before: there is nothing to roll back." >&2
      false
    fi
    # opswright:end something-deployed
    ;;
  railway-rollback)
    # opswright:begin railway-rollback
    if [ "${DEPLOYMENT_STATE:-deployed}" = preparing ]; then
      echo "This run deployed nothing. Production runs what it ran before: there is nothing to roll back."
    else
      railway rollback
    fi
    # opswright:end railway-rollback
    ;;
  revert-branch)
    # opswright:begin revert-branch
    git fetch --quiet origin
    branch=$(git branch --show-current)
    [ "$branch" = develop ] || { echo "This is the branch '$branch': git switch develop" >&2; false; }
    [ "$(git rev-parse HEAD)" = "$(git rev-parse origin/develop)" ] || { echo "Your develop is not what is deployed: git status, then git pull --ff-only" >&2; false; }
    git log --oneline -1 "$COMMIT"
    # opswright:end revert-branch
    ;;
  revert)
    # opswright:begin revert
    git revert --no-edit "$COMMIT" || { git revert --abort; false; }
    # opswright:end revert
    ;;
  push-revert)
    # opswright:begin push-revert
    git push origin develop
    # opswright:end push-revert
    ;;
  reset-preview)
    # opswright:begin reset-preview
    git fetch --quiet origin
    branch=$(git branch --show-current)
    [ "$branch" = develop ] || { echo "This is the branch '$branch': git switch develop" >&2; false; }
    git merge-base --is-ancestor "$GOOD_COMMIT" origin/develop || { echo "$GOOD_COMMIT is not in the history of develop" >&2; false; }
    git log --oneline "$GOOD_COMMIT..origin/develop"
    git status --short
    # opswright:end reset-preview
    ;;
  keep-commits)
    # opswright:begin keep-commits
    git branch "before-reset-$(date -u +%Y%m%dT%H%M%SZ)" origin/develop
    git branch --list 'before-reset-*'
    # opswright:end keep-commits
    ;;
  reset)
    # opswright:begin reset
    git reset --hard "$GOOD_COMMIT"
    git push origin develop --force
    # opswright:end reset
    ;;
  downgrade)
    # opswright:begin downgrade
    alembic current
    alembic downgrade -1
    alembic current
    # opswright:end downgrade
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
