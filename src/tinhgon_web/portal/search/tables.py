"""What finds words quickly: a full-text table beside the index (SQLite), or a vector in it (PostgreSQL).

Both hold the very marks the index holds, with no dictionary, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from tinhgon_web.portal.search.spelling import IN_TITLE, KIND, WHOLE

TABLE, WORDS = "portal_search_entry", "portal_search_words"
_PUT = f"INSERT INTO {WORDS}(rowid, marks) VALUES (NEW.id, NEW.marks)"
_TAKE = f"INSERT INTO {WORDS}({WORDS}, rowid, marks) VALUES ('delete', OLD.id, OLD.marks)"
_SQLITE = (
    # Signs beyond ASCII are letters to this tokenizer; `prefix` counts them.
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(marks, content='{TABLE}', content_rowid='id', "
    "tokenize='ascii', detail=none, prefix='3 4')",
    f"CREATE TRIGGER {WORDS}_put AFTER INSERT ON {TABLE} BEGIN {_PUT}; END",
    f"CREATE TRIGGER {WORDS}_take AFTER DELETE ON {TABLE} BEGIN {_TAKE}; END",
    f"CREATE TRIGGER {WORDS}_change AFTER UPDATE OF marks ON {TABLE} BEGIN {_TAKE}; {_PUT}; END",
    f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')",
)
_POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(marks, ' '), ''))) STORED",
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin(vector)",
    f'ALTER TABLE {TABLE} ALTER COLUMN standing TYPE varchar(300) COLLATE "C"',
)
_SQLITE_GONE = (
    *(f"DROP TRIGGER IF EXISTS {WORDS}_{name}" for name in ("put", "take", "change")),
    f"DROP TABLE IF EXISTS {WORDS}",
)
# The marks before the first word: a vector of hundreds of words lies outside its row, and going through the list of all
# entries would fetch each.
_NEAR = (
    f"ALTER TABLE {TABLE} ADD COLUMN near tsvector GENERATED ALWAYS AS (array_to_tsvector("
    f"array_remove(string_to_array(regexp_replace(marks, ' [^{KIND}{WHOLE}{IN_TITLE}].*$', ''), ' '), ''))) STORED"
)
_POSTGRESQL_GONE = (f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS vector",)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make it over what the index holds; for a migration's `RunPython`."""
    del apps
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it, if it is there."""
    del apps
    for statement in _POSTGRESQL_GONE if schema_editor.connection.vendor == "postgresql" else _SQLITE_GONE:
        schema_editor.execute(statement, params=None)


def add_near(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the marks of kind and title by themselves as well (PostgreSQL); for a migration's `RunPython`."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_NEAR, params=None)


def drop_near(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN near", params=None)


def numbers(marks: Collection[str], kinds: Collection[str], beginning: str, most: int) -> list[int]:
    """The numbers of some rows, `most` at most, that hold all marks, one of the kinds, and a mark that begins so."""
    found, asked = f"SELECT {_FOUND}", [_asked(marks, kinds, beginning)]
    if connection.vendor == "postgresql":
        condition, asked = _holding(marks, kinds, beginning)
        # By itself, so that it is looked up in the index: for a part of it PostgreSQL would begin to read the table.
        found = f"WITH found AS MATERIALIZED (SELECT id FROM {TABLE} WHERE {condition}) SELECT id FROM found"
    with connection.cursor() as cursor:
        cursor.execute(f"{found} LIMIT %s", [*asked, most])
        return [row[0] for row in cursor.fetchall()]


def holding(marks: Collection[str], kinds: Collection[str], beginning: str) -> RawSQL:
    """The same as a part of another query: a condition (PostgreSQL), or the numbers of all such rows (SQLite)."""
    if connection.vendor == "postgresql":
        condition, asked = _holding(marks, kinds, beginning)
        return RawSQL(condition, asked, output_field=BooleanField())  # of names that are ours
    return RawSQL(f"SELECT {_FOUND}", [_asked(marks, kinds, beginning)])  # as above


def _holding(marks: Collection[str], kinds: Collection[str], beginning: str) -> tuple[str, list[str]]:
    """The condition for PostgreSQL, which looks at the small vector first where it can tell by that."""
    condition, asked = f"{TABLE}.vector @@ %s::tsquery", _asked(marks, kinds, beginning)
    near = _asked(filter(_is_near, marks), kinds, beginning if _is_near(beginning) else "")
    return (f"{TABLE}.near @@ %s::tsquery AND {condition}", [near, asked]) if near else (condition, [asked])


def _is_near(mark: str) -> bool:
    return mark.startswith((KIND, WHOLE, IN_TITLE))


_FOUND = f"rowid FROM {WORDS} WHERE {WORDS} MATCH %s"


def _asked(marks: Iterable[str], kinds: Collection[str], beginning: str) -> str:
    """What is looked for, as the database reads it; quotes hold marks, which are letters, digits and signs of ours."""
    is_postgres = connection.vendor == "postgresql"
    quote, both, either, begins = ("'", " & ", " | ", ":*") if is_postgres else ('"', " AND ", " OR ", "*")
    parts = [f"{quote}{mark}{quote}" for mark in marks]
    parts += [f"{quote}{beginning}{quote}{begins}"] if beginning else []
    parts += [f"({either.join(f'{quote}§{kind}{quote}' for kind in kinds)})"] if kinds else []
    return both.join(parts)
