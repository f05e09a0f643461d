# shellcheck shell=bash
# Sourced. A PostgreSQL cluster for the world alone: data in a directory of its own,
# a free port of 127.0.0.1, no Unix socket, no care for a crash of the machine.

postgres_programs() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)
  [[ -x $found ]] || found=$(command -v initdb) || return 1
  dirname "$found"
}

# PostgreSQL refuses to run as root; then it runs as the system's user postgres.
as_database_user() {
  if ((EUID == 0)); then
    (cd / && PATH=$PATH:/usr/sbin runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# Where the data lies: in the world, or beside it where the user postgres cannot reach in.
make_data_directory() {
  PGDATA_DIR=$WORLD/postgres/data
  mkdir -p "$WORLD/postgres" "$WORLD/run"
  if ((EUID == 0)); then
    chmod a+x "$WORLD" "$WORLD/postgres"
    if ! as_database_user test -x "$WORLD/postgres"; then
      PGDATA_DIR=$(mktemp -d /tmp/unioncore-postgres.XXXXXX)
    fi
    install -d -m 700 -o postgres "$PGDATA_DIR"
  else
    install -d -m 700 "$PGDATA_DIR"
  fi
  echo "$PGDATA_DIR" >"$WORLD/run/postgres-data"
}

# An empty cluster.
make_cluster() {
  local programs
  programs=$(postgres_programs)
  # shellcheck disable=SC2016 # the inner shell expands
  as_database_user bash -c '"$1/initdb" --pgdata="$2" --no-sync --locale=C.UTF-8 --encoding=UTF8 \
    --username=postgres --pwfile=<(echo postgres) --auth=scram-sha-256 --no-instructions \
    --wal-segsize=1' \
    initdb "$programs" "$PGDATA_DIR" >/dev/null
  as_database_user tee -a "$PGDATA_DIR/postgresql.conf" >/dev/null <<-'CONF'
	listen_addresses = '127.0.0.1'
	unix_socket_directories = ''
	fsync = off
	synchronous_commit = off
	full_page_writes = off
	wal_level = minimal
	max_wal_senders = 0
	shared_buffers = 32MB
	max_connections = 60
	jit = off
	autovacuum = off
	CONF
}

begin_postgres() {
  as_database_user "$(postgres_programs)/pg_ctl" start --silent --wait --pgdata="$PGDATA_DIR" \
    --log="$PGDATA_DIR/server.log" --options="-p $PGPORT_CHOSEN"
}

# Sets PGPORT_CHOSEN.
start_postgres() {
  local attempt
  for attempt in 1 2 3; do
    PGPORT_CHOSEN=$(python3 "$WORLD_SOURCE/lib/free_ports.py" 1)
    if begin_postgres; then return; fi
    echo "port $PGPORT_CHOSEN was taken meanwhile (attempt $attempt)"
  done
  return 1
}

# Where the databases of a finished setup are kept for the next one, by all that they come of.
# Nothing where there is no home.
kept_cluster() {
  local digest
  [[ -n ${HOME:-} ]] || return 0
  digest=$({
    "$(postgres_programs)/postgres" --version
    cd "$WORLD_SOURCE"
    find setup lib/postgres.sh app history -type f -print0 | sort -z | xargs -0 sha256sum
  } | sha256sum)
  echo "$HOME/.cache/opswright-unioncore/${digest%% *}"
}

# Fills our data directory with a kept cluster, if there is one and it is our own.
take_cluster() { # kept
  [[ -n $1 && -O $1 ]] || return 1
  if cp -a "$1/data/." "$PGDATA_DIR" 2>/dev/null; then return; fi
  rm -rf "${PGDATA_DIR:?}"/*
  return 1
}

# Keeps the cluster as it is now; who comes second leaves what is there. Those of days before go.
keep_cluster() { # kept
  local draft
  [[ -n $1 ]] && mkdir -p "${1%/*}" 2>/dev/null || return 0
  draft=$(mktemp -d "$1.XXXXXX" 2>/dev/null) || return 0
  find "${1%/*}" -mindepth 1 -maxdepth 1 -mmin +1440 -exec rm -rf {} + 2>/dev/null || true
  as_database_user "$(postgres_programs)/pg_ctl" stop --silent --wait --mode=fast --pgdata="$PGDATA_DIR"
  if ! { cp -a "$PGDATA_DIR" "$draft/data" && mv -T "$draft" "$1"; } 2>/dev/null; then rm -rf "$draft"; fi
  begin_postgres
}

# The server's process, if it really is the one that works in our data directory.
postgres_process() {
  local data pid
  data=$(cat "$WORLD/run/postgres-data" 2>/dev/null) || return 1
  { read -r pid <"$data/postmaster.pid"; } 2>/dev/null || return 1
  [[ $(readlink "/proc/$pid/cwd") == "$(realpath "$data")" ]] && echo "$pid"
}
