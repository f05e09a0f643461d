#!/usr/bin/env bash
# Restores a backup of UnionCore's database, and looks at it afterwards.
#
# Usage: restore.sh STEP…
#
# restore            replaces EVERYTHING in the database by the backup, without asking
# restored-revision  the schema's revision is there
# analyze            refreshes the statistics
#
# DATABASE_URL  the database (must be set)
# BACKUP_FILE   the backup; default: backups/unioncore.dump
#
# Check the backup and keep what is there now first (backup.sh size contents readable
# keep-current). What each step is for: runbooks/backup-restore.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- --help; fi
for step in "$@"; do
  case $step in
  restore | restored-revision | analyze) ;;
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

BACKUP_FILE=${BACKUP_FILE:-backups/unioncore.dump}

run_step() { # run_step STEP
  case $1 in
  restore)
    # opswright:begin restore
    sql=$(umask 077 && mktemp)
    pg_restore --no-owner --no-privileges --file="$sql" "$BACKUP_FILE"
    PGOPTIONS='-c lock_timeout=60s' psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 \
      --single-transaction --dbname="$DATABASE_URL" \
      --command='DROP SCHEMA public CASCADE' --command='CREATE SCHEMA public' --file="$sql" ||
      { rm -f "$sql"; false; }
    rm -f "$sql"
    # opswright:end restore
    ;;
  restored-revision)
    # What the runbook says of its output, this script has to look at itself.
    {
      # opswright:begin restored-revision
      psql --no-psqlrc --quiet --tuples-only --no-align --dbname="$DATABASE_URL" \
        --command='SELECT version_num FROM alembic_version'
      # opswright:end restored-revision
    } | grep .
    ;;
  analyze)
    # opswright:begin analyze
    PGOPTIONS='-c client_min_messages=error' psql --no-psqlrc --quiet --dbname="$DATABASE_URL" --command='ANALYZE'
    # opswright:end analyze
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
