"""The audit is insert-only, and the databases themselves refuse anything else."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AUDIT = "core_auditline"


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on the table; for a migration's `RunPython`."""
    del apps
    statements = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: guards go with their table."""


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON {AUDIT} "
        "BEGIN SELECT RAISE(ABORT, 'the audit is insert-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    return [
        """
        CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit is insert-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        f"CREATE TRIGGER audit_insert_only BEFORE UPDATE OR DELETE ON {AUDIT} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {AUDIT} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ]
