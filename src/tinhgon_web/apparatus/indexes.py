"""Indexes that each database writes its own way: by name in the order of bytes, and by parts of a name."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

UNITS = "apparatus_unitspan"
MEASURES = ("households", "population", "area_km2")


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make them; for a migration's `RunPython`."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [*_ordered('"C"' if postgresql else "BINARY"), *(_trigrams() if postgresql else ())]:
        schema_editor.execute(statement, params=None)


def install_codes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The index by code, which a search by name or code needs beside that by parts of a name."""
    del apps
    schema_editor.execute(f"CREATE INDEX unit_span_by_code ON {UNITS} (code)", params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: indexes go with their table."""


def _ordered(bytewise: str) -> list[str]:
    """In the orders in which the table of units is read: by name, and by kind and name."""
    name = f"sort_key COLLATE {bytewise}"
    return [
        f"CREATE INDEX unit_span_by_name ON {UNITS} ({name}, unit)",
        f"CREATE INDEX unit_span_by_kind ON {UNITS} (kind, {name}, unit)",
        *(f"CREATE INDEX unit_span_by_{one} ON {UNITS} ({one}) WHERE {one} IS NOT NULL" for one in MEASURES),
    ]


def _trigrams() -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"CREATE INDEX unit_span_by_words ON {UNITS} USING gin (folded gin_trgm_ops)",
    ]
