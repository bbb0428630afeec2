"""Real processes, each with its own connection, counting views at once: none is lost, and no reader counts twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]


@pytest.mark.django_db
def test_four_processes_lose_no_view_and_count_no_reader_twice() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    if connection.vendor == "sqlite":
        env["DB"] = "sqlite"
    command = [sys.executable, str(ROOT / "bench/counting.py"), "--processes=4", "--readers=20"]
    ended = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 0, ended.stderr
    came = json.loads(ended.stdout)
    assert (came["views"], came["failed"]) == (came["readers"], 0)
    assert came["readers"] == 100
