"""A process killed at any moment of an enactment leaves nothing half done, on either database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killed.py")
TRIES = 8


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of its own beside that of the tests."""
    if os.environ.get("DB") != "postgres":
        yield {"DB": "sqlite", "DATABASE_NAME": str(tmp_path / "killed.sqlite3")}
        return
    import psycopg

    keys = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    server = {key: os.environ[f"DATABASE_{name}"] for key, name in keys.items()}
    with psycopg.connect(**server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE tinhgon_killed")
        yield {"DATABASE_NAME": "tinhgon_killed"}
        connection.execute("DROP DATABASE tinhgon_killed WITH (FORCE)")


def test_killing_an_enactment_at_any_point_leaves_all_of_it_or_nothing(
    own_database: dict[str, str], root: Path
) -> None:
    environment = {
        **os.environ,
        **own_database,
        "TODAY": "2019-10-09",
        "DEBUG": "1",
        "PYTHONPATH": str(root / "src"),
    }
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(TRIES), "1"],
        env=environment,
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
