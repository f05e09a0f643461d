"""Prints as many free TCP ports of 127.0.0.1 as asked for.

Below the range from which the kernel picks ports for outgoing connections: a port
that a server gives up for a moment is still there when the next one wants it.
"""
import random
import socket
import sys
from pathlib import Path

try:
    LAST = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
except OSError:
    LAST = 0


def held_socket():
    for _ in range(100):
        one = socket.socket()
        try:
            one.bind(("127.0.0.1", random.randrange(20000, LAST) if LAST > 21000 else 0))
            return one
        except OSError:
            one.close()
    sys.exit("no free port found")


held = [held_socket() for _ in range(int(sys.argv[1]))]
print(*(one.getsockname()[1] for one in held))
