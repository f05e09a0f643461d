#!/usr/bin/env bash
# Makes UnionCore's database anew after it was lost; one that is there is left alone.
#
# Usage: recover.sh [STEP…]
#
# Without a step: server-answers create-database
#
# DATABASE_URL  the new production database (must be set)
#
# What comes before and after: runbooks/disaster-recovery.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- server-answers create-database; fi
for step in "$@"; do
  case $step in
  server-answers | create-database) ;;
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

: "${DATABASE_URL:?Connection string of the new production database}"

run_step() { # run_step STEP
  case $1 in
  server-answers)
    # opswright:begin server-answers
    server=${DATABASE_URL%%\?*}
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname="${server%/*}/postgres" --command='SELECT version()'
    # opswright:end server-answers
    ;;
  create-database)
    # opswright:begin create-database
    server=${DATABASE_URL%%\?*}
    name=${server##*/}
    exists=$(psql --no-psqlrc --quiet --tuples-only --no-align --dbname="${server%/*}/postgres" \
      --set=name="$name" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'")
    if [ "$exists" = 1 ]; then
      echo "$name is there."
    else
      createdb --maintenance-db="${server%/*}/postgres" "$name"
      echo "$name is new and empty."
    fi
    # opswright:end create-database
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
