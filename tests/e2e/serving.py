"""A copy of the demo's database, and a site on it that can be shut and opened again on another day."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds that a process may take to begin or to end: machines are slow, or busy with something else."""


def environment(database: Path, today: str = "") -> dict[str, str]:
    """What a process of the demo on a database needs; `today`: the day it takes for today, "" the demo's own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "DEBUG", "TODAY"))
    }
    ours = {
        "DEMO": "1",
        "DB": "sqlite",
        "DATABASE_NAME": str(database),
        "MEDIA": str(database.with_name("media")),
        "CACHE_DIR": str(database.with_name("cache")),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tinhgon_web.settings",
    }
    return kept | ours | ({"TODAY": today} if today else {})


def copied(loaded: Path, to: Path) -> Path:
    """A copy of a database for a site to write to, with the files beside it."""
    database = to / loaded.name
    shutil.copy(loaded, database)
    if loaded.with_name("media").exists():
        shutil.copytree(loaded.with_name("media"), database.with_name("media"))
    return database


class Site:
    """A server on a database, with a worker for its jobs; the same address whenever it is open."""

    def __init__(self, database: Path) -> None:
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.running: list[subprocess.Popen[bytes]] = []

    def open(self, today: str = "", *, work: bool = True) -> None:
        """Open on a day; what was open before is shut. Without `work` no worker takes up jobs."""
        self.shut()
        server = [
            sys.executable,
            "-m",
            "gunicorn",
            "--no-control-socket",
            "--threads",
            "4",
            "--timeout",
            str(PATIENCE),
            "--bind",
            f"127.0.0.1:{self.port}",
        ]
        worker = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval", "0.2"]
        commands = [[*server, "tinhgon_web.wsgi"], *([[*worker, "--verbosity", "0"]] if work else [])]
        self.running = [
            subprocess.Popen(command, cwd=ROOT, env=environment(self.database, today)) for command in commands
        ]
        self._wait()

    def _wait(self) -> None:
        """Wait until it answers; what goes wrong until then is tried again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert all(process.poll() is None for process in self.running), "the server or its worker ended"
            try:
                with urllib.request.urlopen(f"{self.address}/so-ket/", timeout=PATIENCE):
                    return
            except OSError:
                time.sleep(0.25)
        raise TimeoutError(self.address)

    def shut(self) -> None:
        """Stop both processes, and wait until they have."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(PATIENCE)
        self.running = []
