"""What finds words quickly: a full-text table beside the index (SQLite), or a vector in it (PostgreSQL).

Both hold the very words the index holds, with no dictionary, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

TABLE, WORDS = "portal_search_entry", "portal_search_words"
_PUT = f"INSERT INTO {WORDS}(rowid, words) VALUES (NEW.id, NEW.words)"
_TAKE = f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', OLD.id, OLD.words)"
_SQLITE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, content='{TABLE}', content_rowid='id', "
    "tokenize='ascii', detail=none, prefix='2 3')",
    f"CREATE TRIGGER {WORDS}_put AFTER INSERT ON {TABLE} BEGIN {_PUT}; END",
    f"CREATE TRIGGER {WORDS}_take AFTER DELETE ON {TABLE} BEGIN {_TAKE}; END",
    f"CREATE TRIGGER {WORDS}_change AFTER UPDATE OF words ON {TABLE} BEGIN {_TAKE}; {_PUT}; END",
)
_POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED",
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin(vector)",
)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make it; for a migration's `RunPython`."""
    del apps
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what does not go with the table."""
    del apps
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {WORDS}", params=None)


def holding(words: Iterable[str], *, beginning: str = "") -> RawSQL:
    """The numbers of the rows that hold all of some words, and one that begins so; words are letters and digits."""
    if connection.vendor == "postgresql":
        asked = " & ".join([*(f"'{word}'" for word in words), *([f"'{beginning}':*"] if beginning else [])])
        return RawSQL(f"SELECT id FROM {TABLE} WHERE vector @@ %s::tsquery", [asked])  # the table is ours
    asked = " AND ".join([*(f'"{word}"' for word in words), *([f'"{beginning}"*'] if beginning else [])])
    return RawSQL(f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s", [asked])  # as above
