"""Moves and kept versions are insert-only, and the databases themselves refuse anything else."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INSERT_ONLY = ("schemes_move", "schemes_keptversion")


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on the tables; for a migration's `RunPython`."""
    del apps
    statements = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: guards go with their tables."""


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the moves of a scheme are insert-only'); END"
        for table in INSERT_ONLY
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    function = """
        CREATE OR REPLACE FUNCTION schemes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the moves of a scheme are insert-only'
        USING ERRCODE = 'integrity_constraint_violation'; END $$
        """
    triggers = [
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION schemes_refuse()"
        for table in INSERT_ONLY
    ]
    truncates = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION schemes_refuse()"
        for table in INSERT_ONLY
    ]
    return [function, *triggers, *truncates]
