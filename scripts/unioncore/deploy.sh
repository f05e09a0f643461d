#!/usr/bin/env bash
# Deploys UnionCore from its repository's root folder.
#
# Usage: deploy.sh STEP…
#
# Before:     start run-tests (or quick-validation) review-changes migrate-local
#             migrations-clean production-revision
# By a push:  on-develop commit push
# By upload:  upload, or upload-linked after set-up.sh link
#
# DATABASE_URL        production's database (must be set for production-revision)
# LOCAL_DATABASE_URL  the database on your machine, for tests and migrations
# COMMIT_MESSAGE      message of the commit that is deployed
#
# A backup comes first (backup.sh), verify.sh afterwards. What each step is for, and what to
# look at in between: runbooks/deployment.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- --help; fi
for step in "$@"; do
  case $step in
  start | run-tests | quick-validation | review-changes | migrate-local | migrations-clean | production-revision | on-develop | commit | push | upload | upload-linked) ;;
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

LOCAL_DATABASE_URL=${LOCAL_DATABASE_URL:-postgresql://postgres:postgres@localhost:5432/ip2a_db}

DEPLOYMENT_STATE=preparing
tell_state() { # tell_state EXIT_CODE
  if (($1 == 0)); then return; fi
  if [[ $DEPLOYMENT_STATE == preparing ]]; then
    echo "Nothing was deployed: there is nothing to roll back." >&2
  else
    echo "Something was deployed. To go back: rollback.sh" >&2
  fi
}
trap 'tell_state $?' EXIT

run_step() { # run_step STEP
  case $1 in
  start)
    # shellcheck disable=SC2015 # `false` is meant in either case.
    # opswright:begin start
    [ -f alembic.ini ] && [ -x ip2adb ] || { echo "This is not the root folder of IP2A-Database-v2: $PWD" >&2; false; }
    DEPLOYMENT_STATE=preparing
    # opswright:end start
    ;;
  run-tests)
    # opswright:begin run-tests
    DATABASE_URL="$LOCAL_DATABASE_URL" pytest -v
    # opswright:end run-tests
    ;;
  quick-validation)
    # opswright:begin quick-validation
    DATABASE_URL="$LOCAL_DATABASE_URL" ./ip2adb all --quick
    # opswright:end quick-validation
    ;;
  review-changes)
    # opswright:begin review-changes
    git fetch --quiet origin
    git log origin/develop..HEAD --oneline
    git status --short
    # opswright:end review-changes
    ;;
  migrate-local)
    # opswright:begin migrate-local
    DATABASE_URL="$LOCAL_DATABASE_URL" alembic upgrade head
    # opswright:end migrate-local
    ;;
  migrations-clean)
    # opswright:begin migrations-clean
    DATABASE_URL="$LOCAL_DATABASE_URL" alembic check
    # opswright:end migrations-clean
    ;;
  production-revision)
    # opswright:begin production-revision
    alembic current
    # opswright:end production-revision
    ;;
  on-develop)
    # opswright:begin on-develop
    branch=$(git branch --show-current)
    [ "$branch" = develop ] || { echo "This is the branch '$branch'. Railway deploys develop: git switch develop" >&2; false; }
    # opswright:end on-develop
    ;;
  commit)
    # opswright:begin commit
    git add .
    git diff --cached --quiet || git commit -m "$COMMIT_MESSAGE"
    # opswright:end commit
    ;;
  push)
    # opswright:begin push
    git push origin develop
    DEPLOYMENT_STATE=deployed
    # opswright:end push
    ;;
  upload)
    # opswright:begin upload
    railway up --detach
    DEPLOYMENT_STATE=deployed
    # opswright:end upload
    ;;
  upload-linked)
    # opswright:begin upload-linked
    railway up
    DEPLOYMENT_STATE=deployed
    # opswright:end upload-linked
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
