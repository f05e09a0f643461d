# shellcheck shell=bash
# Sourced by what prepares, verifies and answers cases: the project, its releases, and
# what is true of the running service.
set -euo pipefail
: "${WORLD:?}" "${WORLD_ENV:?}"
WORLD_SOURCE=${WORLD_SOURCE:-$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")}
PATH=$WORLD_SOURCE/bin:$PATH
cd "$WORLD/home/Projects/IP2A-Database-v2"

for_session() { # name value: seen by the procedure and by the case's inputs
  printf '%s=%s\n' "$1" "$2" >>"$WORLD_ENV"
  export "$1=$2"
}

fail() {
  echo "not so: $*" >&2
  exit 1
}

is() { # what actual expected
  [[ $2 == "$3" ]] || fail "$1 is '$2', not '$3'"
  echo "$1 is $2"
}

# Prepare

lay_over() { cp -R "$WORLD_SOURCE/releases/$1/." .; }

release() { # message: what the automatic deployment does
  git add --all
  git commit --quiet --message "$1"
  git push --quiet origin develop
}

take_backup() {
  pg_dump --format=custom --file="$BACKUP_DIR/before-the-trouble.dump" "$DATABASE_URL"
  for_session GOOD_BACKUP "$BACKUP_DIR/before-the-trouble.dump"
  fingerprint >"$WORLD/run/fingerprint"
}

# Facts

query() { psql --no-psqlrc --quiet --no-align --tuples-only "${2:-$DATABASE_URL}" --command="$1"; }

# One line that changes with any member or payment.
fingerprint() {
  query "SELECT (SELECT md5(string_agg(m::text, '' ORDER BY id)) FROM members m),
                (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM dues_payments p)"
}

field() { # path name: a string of the service's JSON, good or bad
  curl --silent --max-time 10 "$APP_URL$1" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"
}

serving() { # version
  is "the running version" "$(field /health version)" "$1"
  is "its readiness" "$(field /health/ready status)" ready
}

token() {
  python3 - <<'PYTHON'
import json, os, urllib.request
body = json.dumps({"email": os.environ["CHECK_EMAIL"], "password": os.environ["CHECK_PASSWORD"]})
request = urllib.request.Request(os.environ["APP_URL"] + "/auth/login", body.encode(),
                                 {"Content-Type": "application/json"})
print(json.load(urllib.request.urlopen(request, timeout=10))["access_token"])
PYTHON
}

get() { curl --silent --show-error --fail --max-time 10 --header "Authorization: Bearer $(token)" "$APP_URL$1"; }
