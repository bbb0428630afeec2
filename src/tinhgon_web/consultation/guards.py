"""What the databases refuse by themselves: an answer outside an open round, and a change to a closed one.

On PostgreSQL the check locks the round's row for reading, so that a round cannot close between the check and the
write. A later migration that alters one of these tables must install the guards again (SQLite makes a table anew).
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ANSWER, BALLOT = "consultation_answer", "consultation_ballot"
FROZEN = {
    ANSWER: "line_id, seq, path, receipt, standing",
    BALLOT: "handle, roll_id, choice, standing",
}
"""Table -> the columns nobody may change once the round is closed; opinions can still be grouped or erased."""
_ROUND_OF = {
    ANSWER: """consultation_rollline l JOIN consultation_roll r ON r.id = l.roll_id
        JOIN consultation_round d ON d.id = r.round_id WHERE l.id = {row}.line_id""",
    BALLOT: """consultation_roll r JOIN consultation_round d ON d.id = r.round_id WHERE r.id = {row}.roll_id""",
}
_REFUSAL = "the round is not open"


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on the tables; for a migration's `RunPython`."""
    del apps
    make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for table in FROZEN:
        for statement in make(table):
            schema_editor.execute(statement, params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards off the tables, so that a migration can make anew what they look at; `install` puts them back."""
    del apps
    on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in FROZEN:
        for verb, _row in _verbs(table):
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on.format(table)}", params=None
            )


def _sqlite(table: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table}
        WHEN NOT EXISTS (SELECT 1 FROM {_ROUND_OF[table].format(row=row)} AND d.state = 'open')
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END
        """
        for verb, row in _verbs(table)
    ]


def _name(table: str, verb: str) -> str:
    return f"{table}_{verb.split(maxsplit=1)[0].lower()}_open"


def _verbs(table: str) -> list[tuple[str, str]]:
    return [("INSERT", "NEW"), (f"UPDATE OF {FROZEN[table]}", "OLD"), ("DELETE", "OLD")]


def _postgresql(table: str) -> list[str]:
    return [line for verb, row in _verbs(table) for line in _postgresql_verb(table, verb, row)]


def _postgresql_verb(table: str, verb: str, row: str) -> list[str]:
    name = _name(table, verb)
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM 1 FROM {_ROUND_OF[table].format(row=row)} AND d.state = 'open' FOR SHARE OF d;
          IF NOT FOUND THEN
            RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN {row if verb == "DELETE" else "NEW"};
        END $$
        """,
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
