"""Real processes, each with its own connection, counting views at once: none is lost, and no reader counts twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_four_processes_lose_no_view_and_count_no_reader_twice(own_site: dict[str, str]) -> None:
    env = own_site | {"MIGRATED": "1"}
    command = [sys.executable, str(ROOT / "bench/counting.py"), "--processes=4", "--readers=20"]
    ended = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 0, ended.stderr
    came = json.loads(ended.stdout)
    assert (came["views"], came["failed"]) == (came["readers"], 0)
    assert came["readers"] == 100
