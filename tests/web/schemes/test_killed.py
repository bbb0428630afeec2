"""A process killed at any moment of an enactment leaves nothing half done, on either database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("killed.py")
TRIES = 8


def test_killing_an_enactment_at_any_point_leaves_all_of_it_or_nothing(
    own_site: dict[str, str],
) -> None:
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(TRIES), "1"],
        env=own_site | {"TODAY": "2019-10-09"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert any(one["killed"] for one in told)
    for one in told:
        assert one["sound"], told
        assert one["state"] == ("in_force" if one["changed"] else "under_way"), told
    assert told[-1]["state"] == "in_force"
