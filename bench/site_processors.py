"""How much of the processors some processes took (Linux, /proc), and how busy the machine was besides."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


class Processors:
    """Seconds of processor time that a site (its tree of processes) and its database have taken."""

    def __init__(self, site: int) -> None:
        self._site = site
        lines = (Path(os.environ["DATABASE_HOST"]) / "data" / "postmaster.pid").read_text().splitlines()
        self._database = int(lines[0])

    def site(self) -> float:
        """Of the site so far."""
        return _spent(self._site)

    def database(self) -> float:
        """Of the database so far."""
        return _spent(self._database)


def _spent(root: int) -> float:
    """A process with all under it, those that ended included."""
    return sum(_ticks(pid) for pid in (root, *_below(root))) * _TICK


def _ticks(pid: int) -> int:
    fields = _fields(pid)
    return sum(map(int, fields[11:15])) if fields else 0


def _below(root: int) -> list[int]:
    parents = {int(one.name): _fields(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdigit()}
    found, waiting = [], [root]
    while waiting:
        over = waiting.pop()
        children = [pid for pid, fields in parents.items() if fields and int(fields[1]) == over]
        found += children
        waiting += children
    return found


def _fields(pid: int) -> list[str]:
    """What /proc/PID/stat says after the name: state, parent, …; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def ticking() -> Iterator[None]:
    """Say afterwards how much of the machine's processors everything on it took."""
    busy, idle = _machine()
    yield
    now_busy, now_idle = _machine()
    busy, idle = now_busy - busy, now_idle - idle
    sys.stdout.write(
        f"the machine's processors were busy {busy / (busy + idle):.0%}; load {os.getloadavg()[0]:.1f}\n"
    )


def _machine() -> tuple[int, int]:
    fields = [int(one) for one in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return sum(fields) - idle, idle
