"""The hosting platform of the world: one project, one service, one local folder.

A deployment exports a tree to railway/deployments/<n>/source, runs the release's
preDeployCommand there and starts its startCommand on the service's port, with the
service's variables and nothing of the caller's environment but PATH.

    hosting.py create PORT [NAME=value…]    makes the project (setup)
    hosting.py deploy-commit REPO COMMIT    deploys a commit (the remote's hook)
"""
import fcntl
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import processes

ROOT = Path(os.environ["WORLD"]) / "railway"
STATE = ROOT / "state.json"
LOG = ROOT / "service.log"
SERVER = "railway-web"
START_SECONDS = 30


@contextmanager
def project(change=False):
    """The project's state; with `change`, exclusive and written back."""
    with open(ROOT / "lock", "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if change else fcntl.LOCK_SH)
        state = json.loads(STATE.read_text())
        try:
            yield state
        finally:
            if change:
                save(state)


def save(state):
    draft = STATE.with_suffix(".new")
    draft.write_text(json.dumps(state, indent=2) + "\n")
    draft.rename(STATE)


def create(port, variables):
    ROOT.mkdir(parents=True, exist_ok=True)
    LOG.touch()
    save({
        "project": "unioncore", "environment": "production", "service": "web",
        "port": port, "url": f"http://127.0.0.1:{port}",
        "user": "xerxes@unioncore.example", "linked": True,
        "variables": variables, "deployments": [], "current": None,
    })


def find(state, number):
    return next(one for one in state["deployments"] if one["id"] == number)


def current(state):
    return find(state, state["current"]) if state["current"] else None


def status_of(state, deployment):
    """The recorded status, unless the running one has died since."""
    if deployment["id"] == state["current"] and processes.pid_of(SERVER) is None:
        return "CRASHED"
    return deployment["status"]


def folder(deployment):
    return ROOT / "deployments" / str(deployment["image"])


def environment(state):
    return {
        "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1", "WORLD": os.environ["WORLD"],
        "HOST": "127.0.0.1", "PORT": str(state["port"]),
        "RAILWAY_PROJECT_NAME": state["project"], "RAILWAY_ENVIRONMENT_NAME": state["environment"],
        **state["variables"],
    }


# What a deployment is made of: a commit, a directory, or an earlier deployment's image.

def export_commit(repository, commit, target):
    git = ["git", f"--git-dir={repository}"]
    archive = subprocess.Popen([*git, "archive", commit], stdout=subprocess.PIPE, env=without_git())
    subprocess.run(["tar", "-x", "-C", target], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        raise SystemExit(f"railway: cannot export {commit}")


def export_directory(directory, target):
    """What git would add: tracked and new files, without the ignored ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=directory, capture_output=True, check=False,
    )
    if listed.returncode != 0:
        raise SystemExit("railway: nothing to upload: not a git repository")
    listing = filter(None, listed.stdout.split(b"\0"))
    names = [name for name in listing if (Path(directory) / os.fsdecode(name)).is_file()]
    packed = subprocess.run(
        ["tar", "-c", "--null", "-T", "-"], cwd=directory, input=b"\0".join(names),
        stdout=subprocess.PIPE, check=True,
    )
    subprocess.run(["tar", "-x", "-C", target], input=packed.stdout, check=True)


def without_git():
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def add(state, origin, image=None):
    """A new entry in the list of deployments, not yet running."""
    number = len(state["deployments"]) + 1
    deployment = {
        "id": number, "image": image or number, "origin": origin, "version": "", "status": "BUILDING",
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"), "variables": {},
    }
    (folder(deployment) / "source").mkdir(parents=True, exist_ok=True)
    state["deployments"].append(deployment)
    return deployment


def deploy(state, deployment, say, migrate=True):
    """Puts a deployment into service. On failure the one before keeps serving."""
    source = folder(deployment) / "source"
    try:
        deployment["version"] = (source / "VERSION").read_text().strip()
        orders = json.loads((source / "railway.json").read_text())["deploy"]
    except (OSError, ValueError, KeyError) as error:
        say(f"Deployment {deployment['id']}: no release to build: {error}")
        return finish(deployment, "FAILED", say)
    deployment["variables"] = dict(state["variables"])
    say(f"Deployment {deployment['id']}: {deployment['version']} from {deployment['origin']}")
    if migrate and not run_to_end(orders.get("preDeployCommand"), source, environment(state), say):
        return finish(deployment, "FAILED", say)
    before = current(state)
    if start(state, deployment, orders["startCommand"], say):
        if before:
            before["status"] = "REMOVED"
        state["current"] = deployment["id"]
        return finish(deployment, "SUCCESS", say)
    if before:
        say(f"Deployment {before['id']} serves again")
        orders = json.loads((folder(before) / "source" / "railway.json").read_text())["deploy"]
        start(state, before, orders["startCommand"], say)
    return finish(deployment, "FAILED", say)


def finish(deployment, status, say):
    deployment["status"] = status
    say(f"Deployment {deployment['id']}: {status}")
    return status == "SUCCESS"


def run_to_end(command, directory, variables, say):
    if not command:
        return True
    say(f"  {command}")
    done = subprocess.run(
        ["bash", "-c", command], cwd=directory, env=variables, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True,
    )
    for line in done.stdout.splitlines():
        say(f"    {line}")
    return done.returncode == 0


def start(state, deployment, command, say):
    say(f"  {command}")
    processes.stop(SERVER)
    server = processes.spawn(
        SERVER, ["bash", "-c", f"exec {command}"], folder(deployment) / "source",
        environment(state), LOG,
    )
    processes.wait_until(
        lambda: server.poll() is not None or processes.answers(state["port"]), START_SECONDS)
    if server.poll() is None and processes.answers(state["port"]):
        say(f"  serving at {state['url']}")
        return True
    processes.stop(SERVER)
    say(f"  {command} does not answer; see railway logs")
    return False


def teller(deployment, quiet=False):
    """Writes progress to the deployment's build log, and to the caller."""
    log = ROOT / "deployments" / f"{deployment['id']}.log"

    def say(line):
        with open(log, "a", encoding="utf-8") as output:
            output.write(line + "\n")
        if not quiet:
            print(line, flush=True)

    return say


def deploy_commit(repository, commit):
    subject = subprocess.run(
        ["git", f"--git-dir={repository}", "log", "-1", "--format=%h %s", commit],
        capture_output=True, text=True, check=True, env=without_git(),
    ).stdout.strip()
    with project(change=True) as state:
        deployment = add(state, f"commit {subject}")
        export_commit(repository, commit, folder(deployment) / "source")
        return deploy(state, deployment, teller(deployment))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["create", port, *pairs]:
            create(int(port), dict(pair.split("=", 1) for pair in pairs))
        case ["deploy-commit", repository, commit]:
            sys.exit(0 if deploy_commit(repository, commit) else 1)
        case _:
            sys.exit(__doc__)
