"""The migrated, empty SQLite database that tests begin with, kept from one run to the next.

Running every migration takes half a minute of the processor. A kept copy answers for as long as no migration of any
installed app changes, nor what it runs; on PostgreSQL, whose server lives as long as one run, they run each time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import django
from django.apps import apps
from django.db import connection

_BESIDE = ("guards.py", "indexes.py", "insert_only.py")
"""Modules of an app that its migrations run."""
MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""The name under which Django keeps the test database of the alias `default` in memory."""


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


def _digest() -> str:
    digest = hashlib.sha256(django.get_version().encode())
    for app in apps.get_app_configs():
        beside = (Path(app.path, name) for name in _BESIDE)
        for path in sorted([*Path(app.path, "migrations").glob("*.py"), *filter(Path.is_file, beside)]):
            digest.update(f"{app.label}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
