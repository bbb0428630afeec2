"""Real processes, each with its own connection, answering at once: none is lost and none counted twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def race(site: dict[str, str], rate: int, seconds: int, processes: int) -> dict[str, object]:
    env = site | {"MIGRATED": "1"}
    command = [sys.executable, str(ROOT / "bench/consultation.py")]
    options = [f"--rate={rate}", f"--seconds={seconds}", f"--processes={processes}"]
    ended = subprocess.run([*command, *options], capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def test_four_processes_lose_none_and_count_none_twice(own_site: dict[str, str]) -> None:
    """Every fifth household's code is used by two processes at the same moment."""
    came = race(own_site, rate=20, seconds=2, processes=4)
    assert came["failed"] == []
    assert (came["households"], came["attempts"]) == (40, 48)
    assert (came["taken"], came["refused as second"]) == (40, 8)
    assert (came["lost"], came["answers in the ledger"], came["ballots"]) == (0, 40, 40)
