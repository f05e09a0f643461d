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

# Sets PGPORT_CHOSEN.
start_postgres() {
  local programs attempt
  programs=$(postgres_programs)
  make_data_directory
  # shellcheck disable=SC2016 # the inner shell expands
  as_database_user bash -c '"$1/initdb" --pgdata="$2" --no-sync --locale=C.UTF-8 --encoding=UTF8 \
    --username=postgres --pwfile=<(echo postgres) --auth=scram-sha-256 --no-instructions' \
    initdb "$programs" "$PGDATA_DIR" >/dev/null
  as_database_user tee -a "$PGDATA_DIR/postgresql.conf" >/dev/null <<-'CONF'
	listen_addresses = '127.0.0.1'
	unix_socket_directories = ''
	fsync = off
	synchronous_commit = off
	full_page_writes = off
	shared_buffers = 32MB
	max_connections = 60
	jit = off
	autovacuum = off
	CONF
  for attempt in 1 2 3; do
    PGPORT_CHOSEN=$(python3 "$WORLD_SOURCE/lib/free_ports.py" 1)
    if as_database_user "$programs/pg_ctl" start --silent --wait --pgdata="$PGDATA_DIR" \
      --log="$PGDATA_DIR/server.log" --options="-p $PGPORT_CHOSEN"; then
      return
    fi
    echo "port $PGPORT_CHOSEN was taken meanwhile (attempt $attempt)"
  done
  return 1
}

# The server's process, if it really is the one that works in our data directory.
postgres_process() {
  local data pid
  data=$(cat "$WORLD/run/postgres-data" 2>/dev/null) || return 1
  { read -r pid <"$data/postmaster.pid"; } 2>/dev/null || return 1
  [[ $(readlink "/proc/$pid/cwd") == "$(realpath "$data")" ]] && echo "$pid"
}
