"""Containers of the world: a compose file's services as local processes.

Understood of a compose file: services with container_name, image, command,
environment, env_file and ports ("127.0.0.1:HOST:CONTAINER"), and ${NAME},
${NAME:-default} in them. A service with a PostgreSQL image is the world's own
database; any other is its command, run in the project directory.
"""
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import yaml

import processes

ROOT = Path(os.environ["WORLD"]) / "containers"
START_SECONDS = 30


def load(directory, file=None):
    """The services of a compose file, by name, in an order that starts the database first."""
    path = Path(directory) / (file or "docker-compose.yml")
    if not path.is_file():
        sys.exit(f"no configuration file provided: not found: {path.name}")
    document = yaml.safe_load(substitute(path.read_text()))
    services = {
        name: service(name, body, path.resolve().parent) for name, body in document["services"].items()
    }
    for one in services.values():
        resolve_names(one, services)
    return dict(sorted(services.items(), key=lambda item: item[1]["kind"] != "database"))


def substitute(text):
    def value(match):
        name, default = match["name"], match["default"]
        return os.environ.get(name) or default or ""

    return re.sub(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}", value, text)


def service(name, body, directory):
    published, inside = None, None
    for port in body.get("ports", [])[:1]:
        *_, published, inside = str(port).split(":")
    image = body.get("image", "")
    return {
        "service": name,
        "container": body.get("container_name", f"{directory.name}-{name}-1".lower()),
        "kind": "database" if image.startswith("postgres") else "process",
        "image": image or f"{directory.name}-{name}".lower(),
        "command": body.get("command", ""),
        "directory": str(directory),
        "port": int(published) if published else None,
        "inside": inside,
        "environment": {**read_env_files(body, directory), **text_values(body.get("environment"))},
    }


def text_values(values):
    if isinstance(values, list):
        values = dict(line.partition("=")[::2] for line in values)
    return {name: "" if value is None else str(value) for name, value in (values or {}).items()}


def read_env_files(body, directory):
    files = body.get("env_file", [])
    values = {}
    for entry in [files] if isinstance(files, str) else files:
        entry = {"path": entry} if isinstance(entry, str) else entry
        path = directory / entry["path"]
        if not path.is_file():
            if entry.get("required", True):
                sys.exit(f"env file {path.name} not found")
            continue
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                name, _, value = line.partition("=")
                values[name.strip()] = value.strip()
    return values


def resolve_names(one, services):
    """Inside the compose network a service is NAME:PORT; here it is a port of this machine."""
    for name, value in one["environment"].items():
        for other in services.values():
            if other["port"]:
                inside = f"@{other['service']}:{other['inside']}"
                value = value.replace(inside, f"@127.0.0.1:{other['port']}")
        one["environment"][name] = value
    if one["kind"] == "process":
        one["environment"] |= {"HOST": "127.0.0.1", "PORT": str(one["port"] or 0)}


def environment(one):
    values = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8",
              "WORLD": os.environ["WORLD"], "PYTHONUNBUFFERED": "1", **one["environment"]}
    if one["kind"] == "database":
        values |= {"PGHOST": "127.0.0.1", "PGPORT": str(one["port"]),
                   "PGPASSWORD": one["environment"].get("POSTGRES_PASSWORD", "")}
    return values


# The list of containers: a file each, as `up` made it.

def remember(one):
    ROOT.mkdir(parents=True, exist_ok=True)
    (ROOT / f"{one['container']}.json").write_text(json.dumps(one, indent=2) + "\n")


def forget(one):
    (ROOT / f"{one['container']}.json").unlink(missing_ok=True)


def containers():
    return [json.loads(path.read_text()) for path in sorted(ROOT.glob("*.json"))]


def container(name):
    for one in containers():
        if one["container"] == name:
            return one
    sys.exit(f"Error response from daemon: No such container: {name}")


def process_name(one):
    return f"container-{one['container']}"


def log_of(one):
    return ROOT / f"{one['container']}.log"


def is_running(one):
    if one["kind"] == "database":
        return not one.get("stopped") and processes.answers(one["port"])
    return processes.pid_of(process_name(one)) is not None


def start(one):
    """Starts a container; returns when it answers."""
    one.pop("stopped", None)
    remember(one)
    if is_running(one):
        return True
    if one["kind"] == "database":
        return False
    if processes.answers(one["port"]):
        print(f"Bind for 127.0.0.1:{one['port']} failed: port is already allocated", file=sys.stderr)
        return False
    process = processes.spawn(
        process_name(one), ["bash", "-c", f"exec {one['command']}"], one["directory"],
        environment(one), log_of(one))
    processes.wait_until(
        lambda: process.poll() is not None or processes.answers(one["port"]), START_SECONDS)
    return process.poll() is None


def stop(one):
    """The world's database goes on, whatever a compose file wants; it only looks stopped."""
    processes.stop(process_name(one))
    remember({**one, "stopped": True})


def run_inside(one, words):
    """Replaces this process by a command in the container."""
    if not is_running(one):
        sys.exit(f"Error response from daemon: Container {one['container']} is not running")
    os.chdir(one["directory"])
    try:
        os.execvpe(words[0], words, environment(one))
    except FileNotFoundError:
        print(f'exec: "{words[0]}": executable file not found in $PATH', file=sys.stderr)
        sys.exit(127)


def show_log(one, lines=None):
    text = log_of(one).read_text(errors="replace").splitlines() if log_of(one).exists() else []
    for line in text[-lines:] if lines else text:
        print(line)


def table(heads, rows):
    widths = [max(len(str(row[column])) for row in [heads, *rows]) for column in range(len(heads))]
    for row in [heads, *rows]:
        print("   ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def rows_of(listed):
    return [
        (one["container"], one["image"], "Up" if is_running(one) else "Exited",
         f"127.0.0.1:{one['port']}->{one['inside']}/tcp" if one["port"] else "")
        for one in listed
    ]


HEADS = ("NAMES", "IMAGE", "STATUS", "PORTS")


def attached(listed):
    """`up` without -d: until Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    following = [log_of(one) for one in listed if log_of(one).exists()]
    try:
        subprocess.run(["tail", "-n", "+1", "-F", *map(str, following)], check=False)
    except KeyboardInterrupt:
        pass
    finally:
        for one in listed:
            stop(one)
