#!/usr/bin/env bash
# Takes a backup of UnionCore's database, and checks that it can be read back.
#
# Usage: backup.sh [STEP…]
#
# Without a step: target dump not-in-git size contents readable
# Also:           keep-current, a copy of the database as it is now, beside the backup
#
# DATABASE_URL      the database (must be set, but to look at a backup alone)
# BACKUP_FILE       the backup; default: backups/unioncore.dump
# BACKUP_MIN_BYTES  a backup that is not larger is not believed; default: 1048576
#
# What each step is for: runbooks/backup-restore.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- target dump not-in-git size contents readable; fi
for step in "$@"; do
  case $step in
  target | dump | not-in-git | size | contents | readable | keep-current) ;;
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
BACKUP_MIN_BYTES=${BACKUP_MIN_BYTES:-1048576}

run_step() { # run_step STEP
  case $1 in
  target)
    # opswright:begin target
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname="$DATABASE_URL" --command="
      SELECT format('%s at %s, PostgreSQL %s, %s',
        current_database(), coalesce(host(inet_server_addr()), 'this machine'),
        current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())))"
    # opswright:end target
    ;;
  dump)
    # opswright:begin dump
    mkdir -p "$(dirname "$BACKUP_FILE")"
    (umask 077 && pg_dump --format=custom --file="$BACKUP_FILE.partial" --dbname="$DATABASE_URL")
    if [ -e "$BACKUP_FILE" ]; then
      mv "$BACKUP_FILE" "$BACKUP_FILE.until-$(date -u +%Y%m%dT%H%M%SZ)"
    fi
    mv "$BACKUP_FILE.partial" "$BACKUP_FILE"
    ls -l "$BACKUP_FILE"
    # opswright:end dump
    ;;
  not-in-git)
    # opswright:begin not-in-git
    if [ -n "$(git ls-files --others --exclude-standard -- "$BACKUP_FILE" 2>/dev/null)" ]; then
      echo "$BACKUP_FILE would be committed. Add its folder to .gitignore, then start again." >&2
      false
    fi
    # opswright:end not-in-git
    ;;
  size)
    # opswright:begin size
    bytes=$(wc -c <"$BACKUP_FILE")
    [ "$bytes" -gt "$BACKUP_MIN_BYTES" ] || { echo "$BACKUP_FILE has $bytes bytes only. It is not believed to be the whole database." >&2; false; }
    echo "$((bytes)) bytes"
    # opswright:end size
    ;;
  contents)
    # opswright:begin contents
    pg_restore --list "$BACKUP_FILE" | grep 'Archive created at'
    pg_restore --list "$BACKUP_FILE" | grep 'TABLE DATA'
    # opswright:end contents
    ;;
  readable)
    # opswright:begin readable
    pg_restore --file=/dev/null "$BACKUP_FILE"
    # opswright:end readable
    ;;
  keep-current)
    # opswright:begin keep-current
    mkdir -p "$(dirname "$BACKUP_FILE")"
    as_found="$BACKUP_FILE.as-found-$(date -u +%Y%m%dT%H%M%SZ)"
    (umask 077 && pg_dump --format=custom --file="$as_found" --dbname="$DATABASE_URL")
    ls -l "$as_found"
    # opswright:end keep-current
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
