"""Processes of the world that outlive the command which starts them.

Each is a file run/pids/NAME, "<pid> <start time>": see processes.sh.
"""
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

RUN = Path(os.environ["WORLD"]) / "run"
PIDS = RUN / "pids"


def start_time(pid):
    """Of a living process; None for a dead one or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def pid_of(name):
    """The process number, if the recorded process lives."""
    try:
        pid, started = (PIDS / name).read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if start_time(pid) == started else None


def spawn(name, command, directory, environment, log):
    """Starts a server in a session of its own."""
    PIDS.mkdir(parents=True, exist_ok=True)

    def record():
        if (RUN / "closed").exists():
            raise RuntimeError("the world has been torn down")
        (PIDS / name).write_text(f"{os.getpid()} {start_time(os.getpid())}\n")

    with open(log, "ab") as output:
        return subprocess.Popen(
            command, cwd=directory, env=environment, preexec_fn=record, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )


def stop(name, grace=3.0):
    """Ends a recorded process and its group: TERM, then KILL. Whether there was one."""
    pid = pid_of(name)
    if pid is not None:
        os.killpg(pid, signal.SIGTERM)
        if not wait_until(lambda: pid_of(name) is None, grace):
            os.killpg(pid, signal.SIGKILL)
            wait_until(lambda: pid_of(name) is None, grace)
    (PIDS / name).unlink(missing_ok=True)
    return pid is not None


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False
