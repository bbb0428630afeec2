"""Tables whose rows are never changed or deleted: the databases themselves refuse it, as one `IntegrityError`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
    CREATE OR REPLACE FUNCTION insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
    """


def installer(*tables: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """What puts the guards on tables; for a migration's `RunPython`."""

    def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Put the guards on."""
        del apps
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for table in tables:
            for statement in make(table):
                schema_editor.execute(statement, params=None)

    return install


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: guards go with their tables."""


def _sqlite(table: str) -> Iterator[str]:
    for verb in ("update", "delete"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        )


def _postgresql(table: str) -> Iterator[str]:
    yield _FUNCTION
    for name, verbs, each in (
        ("insert_only", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        yield (
            f"CREATE TRIGGER {table}_{name} BEFORE {verbs} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION insert_only()"
        )
