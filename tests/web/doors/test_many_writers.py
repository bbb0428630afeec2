"""Eight processes write 150 entries each at once: none is lost, none fails. On SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tinhgon.registry.folder import RegisterFolder

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PROCESSES, EACH = 8, 150
_STATE = """
from django.db.models import Max
from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.models import JournalEntry, Submission
from tinhgon_web.core.models import AuditLine
links = list(JournalEntry.objects.order_by("seq").values_list("seq", "prev_hash", "hash"))
assert [seq for seq, _, _ in links] == list(range(1, len(links) + 1))
assert all(mine[1] == other[2] for mine, other in zip(links[1:], links))
assert services.check_apparatus() == []
print(len(links), Submission.objects.count(), AuditLine.objects.filter(kind="entries").count())
"""


@pytest.fixture
def settings_of_a_new_site(
    tmp_path: Path, django_db_blocker: pytest.FixtureRequest, folder: RegisterFolder
) -> Iterator[dict[str, str]]:
    """The environment of a database of its own, with the story in it."""
    env = {**os.environ, "DEBUG": "1", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(HERE.parent)])}
    name = f"writers_{os.getpid()}"
    if connection.vendor == "sqlite":
        env["DATABASE_NAME"] = str(tmp_path / "site.sqlite3")
        yield _filled(env, folder)
        return
    env["DATABASE_NAME"] = name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's, without types here
        _execute(f"CREATE DATABASE {name}")
    yield _filled(env, folder)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _filled(env: dict[str, str], folder: RegisterFolder) -> dict[str, str]:
    for arguments in (["migrate", "--verbosity", "0"], ["load_register", str(folder.path)]):
        subprocess.run([sys.executable, ROOT / "manage.py", *arguments], env=env, check=True)
    return env


def test_none_is_lost_and_none_fails(settings_of_a_new_site: dict[str, str], folder: RegisterFolder) -> None:
    env = settings_of_a_new_site
    writers = [
        subprocess.Popen([sys.executable, HERE / "writer.py", f"w{n}", str(EACH)], env=env)
        for n in range(PROCESSES)
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0] * PROCESSES
    told = subprocess.run(
        [sys.executable, ROOT / "manage.py", "shell", "-c", _STATE],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    all_ = PROCESSES * EACH
    assert told.stdout.split()[-3:] == [str(len(folder.journal) + all_), str(all_), str(all_)]
