#!/usr/bin/env bash
# Runs UnionCore on this machine.
#
# Usage: local.sh STEP…
#
# By Docker Compose:  compose-up compose-migrate compose-health
# By Flask:           venv local-environment flask-migrate flask-run flask-health
#
# LOCAL_PORT          default: 5000
# LOCAL_DATABASE_URL  default: postgresql://postgres:postgres@localhost:5432/ip2a_db
#
# What each step is for: runbooks/deployment.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- --help; fi
for step in "$@"; do
  case $step in
  compose-up | compose-migrate | compose-health | venv | local-environment | flask-migrate | flask-run | flask-health) ;;
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

LOCAL_PORT=${LOCAL_PORT:-5000}
LOCAL_DATABASE_URL=${LOCAL_DATABASE_URL:-postgresql://postgres:postgres@localhost:5432/ip2a_db}

# shellcheck disable=SC1091 # It is in the application's repository.
run_step() { # run_step STEP
  case $1 in
  compose-up)
    # opswright:begin compose-up
    cd ~/Projects/IP2A-Database-v2
    docker-compose up -d
    # opswright:end compose-up
    ;;
  compose-migrate)
    # opswright:begin compose-migrate
    until docker exec ip2a-api alembic current; do sleep 2; done
    docker exec ip2a-api alembic upgrade head
    # opswright:end compose-migrate
    ;;
  compose-health)
    # opswright:begin compose-health
    curl --fail --silent --show-error --retry 30 --retry-delay 1 --retry-all-errors "http://localhost:$LOCAL_PORT/health"
    # opswright:end compose-health
    ;;
  venv)
    # opswright:begin venv
    cd ~/Projects/IP2A-Database-v2
    source venv/bin/activate
    python --version
    # opswright:end venv
    ;;
  local-environment)
    # opswright:begin local-environment
    export FLASK_ENV=development
    export DATABASE_URL="$LOCAL_DATABASE_URL"
    # opswright:end local-environment
    ;;
  flask-migrate)
    # opswright:begin flask-migrate
    alembic upgrade head
    # opswright:end flask-migrate
    ;;
  flask-run)
    # opswright:begin flask-run
    FLASK_LOG="${TMPDIR:-/tmp}/unioncore-flask-$LOCAL_PORT.log"
    flask run --port "$LOCAL_PORT" >"$FLASK_LOG" 2>&1 &
    echo "http://localhost:$LOCAL_PORT, log in $FLASK_LOG"
    # opswright:end flask-run
    ;;
  flask-health)
    # opswright:begin flask-health
    curl --fail --silent --show-error --retry 30 --retry-delay 1 --retry-all-errors "http://localhost:$LOCAL_PORT/health" ||
      { tail "$FLASK_LOG" >&2; false; }
    # opswright:end flask-health
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done

# The development server lives as long as this script.
wait
