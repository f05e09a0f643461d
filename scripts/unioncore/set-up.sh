#!/usr/bin/env bash
# Sets Railway up for UnionCore; what is set already is left as it is.
#
# Usage: set-up.sh [STEP…]
#
# Without a step: install-cli logged-in link jwt-key jwt-key-set flask-env all-variables
# Log in before (railway login), in a terminal of your own.
#
# LINK_PROJECT, LINK_SERVICE  the Railway project and service, by name or id
# LINK_ENVIRONMENT            default: production
#
# What each step is for: runbooks/deployment.mdx

set -euo pipefail

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

if (($# == 0)); then set -- install-cli logged-in link jwt-key jwt-key-set flask-env all-variables; fi
for step in "$@"; do
  case $step in
  jwt-key | jwt-key-set | install-cli | logged-in | link | flask-env | all-variables) ;;
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

LINK_ENVIRONMENT=${LINK_ENVIRONMENT:-production}

run_step() { # run_step STEP
  case $1 in
  jwt-key)
    # opswright:begin jwt-key
    names=$(railway variables --kv | sed -n 's/^\([A-Z0-9_]*\)=..*$/\1/p')
    if grep --quiet --line-regexp AUTH_JWT_SECRET_KEY <<<"$names"; then
      echo "AUTH_JWT_SECRET_KEY is set. It stays as it is."
    else
      railway variables set "AUTH_JWT_SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(32))')" >/dev/null
      echo "AUTH_JWT_SECRET_KEY was missing. It is set now."
    fi
    # opswright:end jwt-key
    ;;
  jwt-key-set)
    # opswright:begin jwt-key-set
    names=$(railway variables --kv | sed -n 's/^\([A-Z0-9_]*\)=..*$/\1/p')
    grep --line-regexp AUTH_JWT_SECRET_KEY <<<"$names"
    # opswright:end jwt-key-set
    ;;
  install-cli)
    # opswright:begin install-cli
    npm install -g @railway/cli
    # opswright:end install-cli
    ;;
  logged-in)
    # opswright:begin logged-in
    railway whoami
    # opswright:end logged-in
    ;;
  link)
    # opswright:begin link
    railway link --project "$LINK_PROJECT" --environment "$LINK_ENVIRONMENT" --service "$LINK_SERVICE"
    # opswright:end link
    ;;
  flask-env)
    # opswright:begin flask-env
    names=$(railway variables --kv | sed -n 's/^\([A-Z0-9_]*\)=..*$/\1/p')
    if grep --quiet --line-regexp FLASK_ENV <<<"$names"; then
      echo "FLASK_ENV is set. It stays as it is."
    else
      railway variables set FLASK_ENV=production
    fi
    # opswright:end flask-env
    ;;
  all-variables)
    # opswright:begin all-variables
    names=$(railway variables --kv | sed -n 's/^\([A-Z0-9_]*\)=..*$/\1/p')
    missing=
    for name in DATABASE_URL AUTH_JWT_SECRET_KEY SENTRY_DSN STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET STRIPE_PUBLISHABLE_KEY SECRET_KEY; do
      grep --quiet --line-regexp "$name" <<<"$names" || missing="$missing $name"
    done
    [ -z "$missing" ] || { echo "Still missing:$missing" >&2; false; }
    echo "All required variables are set."
    # opswright:end all-variables
    ;;
  esac
}

for step in "$@"; do
  printf '── %s\n' "$step" >&2
  run_step "$step"
done
