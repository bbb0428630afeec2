"""The migrated, empty database that tests begin with: every migration runs once, which takes half a minute.

On SQLite a copy is kept from one run to the next, for as long as no migration of any installed app changes, nor what it
runs. On PostgreSQL, whose server lives as long as one run, they run each time and leave a template behind. Of either,
tests that need a database of their own get another one at once.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.db import connection

_BESIDE = ("guards.py", "indexes.py", "insert_only.py")
"""Modules of an app that its migrations run."""
MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""The name under which Django keeps the test database of the alias `default` in memory."""
TEMPLATE, OWN = "tinhgon_migrated", "tinhgon_own"
"""Databases beside the test database, on PostgreSQL."""


def kept_in(folder: Path) -> Path:
    """Where a copy made by just these migrations is, or is to be; copies made by others are removed."""
    kept = folder / f"{_digest()}.sqlite3"
    for other in folder.glob("*.sqlite3"):
        if other != kept:
            other.unlink(missing_ok=True)
    return kept


def fill(copy: Path) -> sqlite3.Connection:
    """The database in memory, filled from the copy; it lives while the connection given back is open."""
    memory = sqlite3.connect(MEMORY, uri=True)
    with sqlite3.connect(copy) as kept:
        kept.backup(memory)
    return memory


def keep(copy: Path) -> None:
    """Write the database that Django is connected to as the copy, whole or not at all."""
    connection.ensure_connection()
    begun = copy.with_suffix(".begun")
    begun.unlink(missing_ok=True)
    with sqlite3.connect(begun) as kept:
        connection.connection.backup(kept)
    begun.replace(copy)


def keep_on_server() -> None:
    """Make a template of the PostgreSQL database that Django is connected to."""
    made_from = connection.settings_dict["NAME"]
    connection.close()  # nobody may be connected to what is copied
    _on_server(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE} TEMPLATE {made_from}")


@contextmanager
def another(copy: Path | None, folder: Path) -> Iterator[str]:
    """The name of a database of one's own: on SQLite a file in a folder, on PostgreSQL one that is dropped again."""
    if copy is not None:
        yield str(shutil.copy(copy, folder / "own.sqlite3"))
        return
    _on_server(f"DROP DATABASE IF EXISTS {OWN} WITH (FORCE)", f"CREATE DATABASE {OWN} TEMPLATE {TEMPLATE}")
    yield OWN
    _on_server(f"DROP DATABASE {OWN} WITH (FORCE)")


def _on_server(*statements: str) -> None:
    import psycopg

    held = connection.settings_dict
    server = {"host": held["HOST"], "port": held["PORT"], "user": held["USER"], "password": held["PASSWORD"]}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as other:
        for statement in statements:
            other.execute(statement.encode())


def _digest() -> str:
    digest = hashlib.sha256(django.get_version().encode())
    for app in apps.get_app_configs():
        beside = (Path(app.path, name) for name in _BESIDE)
        for path in sorted([*Path(app.path, "migrations").glob("*.py"), *filter(Path.is_file, beside)]):
            digest.update(f"{app.label}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
