"""What the databases refuse by themselves, in each one's own words, seen by Django as one `IntegrityError`.

A later migration that alters one of these tables must install the guards again: SQLite makes the table anew and
drops its triggers. A test asks for every guard.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

JOURNAL = "apparatus_journalentry"
NO_OVERLAP = {
    "apparatus_unitspan": ("unit",),
    "apparatus_factspan": ("unit", "fact"),
    "apparatus_postspan": ("post",),
    "apparatus_holdingspan": ("post",),
}
"""Table -> the columns whose spans must not overlap."""


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on the tables; for a migration's `RunPython`."""
    del apps
    statements = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        schema_editor.execute(statement, params=None)


def install_overlap_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On PostgreSQL the constraints on spans as they are written now, where they are not yet; for a migration."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        for table in NO_OVERLAP:
            if "hashtextextended" not in _constraint(schema_editor, f"{table}_no_overlap"):
                schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap", params=None)
                schema_editor.execute(_postgresql_overlap(table), params=None)


def _constraint(schema_editor: BaseDatabaseSchemaEditor, name: str) -> str:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        return "".join(row[0] for row in cursor.fetchall())


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: guards go with their tables."""


def _sqlite() -> list[str]:
    return [*_sqlite_journal(), *(line for table in NO_OVERLAP for line in _sqlite_overlap(table))]


def _sqlite_journal() -> list[str]:
    refused = "SELECT RAISE(ABORT, 'the journal is append-only')"
    return [
        *(
            f"CREATE TRIGGER journal_no_{verb} BEFORE {verb} ON {JOURNAL} BEGIN {refused}; END"
            for verb in ("UPDATE", "DELETE")
        ),
        f"""
        CREATE TRIGGER journal_chain BEFORE INSERT ON {JOURNAL}
        WHEN NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM {JOURNAL})
          OR NEW.prev_hash != COALESCE(
               (SELECT hash FROM {JOURNAL} ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
        BEGIN SELECT RAISE(ABORT, 'the entry is not the next link of the journal'); END
        """,
    ]


def _sqlite_overlap(table: str) -> list[str]:
    same = " AND ".join(f"{column} = NEW.{column}" for column in NO_OVERLAP[table])
    return [
        f"""
        CREATE TRIGGER {table}_no_overlap_{verb.lower()} BEFORE {verb} ON {table}
        WHEN EXISTS (
          SELECT 1 FROM {table} WHERE {same} AND id IS NOT NEW.id
            AND ("end" IS NULL OR "end" > NEW."start") AND (NEW."end" IS NULL OR "start" < NEW."end"))
        BEGIN SELECT RAISE(ABORT, 'spans overlap in {table}'); END
        """
        for verb in ("INSERT", "UPDATE")
    ]


def _postgresql() -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        *_postgresql_journal(),
        *(_postgresql_overlap(table) for table in NO_OVERLAP),
    ]


def _postgresql_overlap(table: str) -> str:
    """The constraint, over 64 bits of the columns' hash.

    An index of this kind over the texts themselves takes five times as long to make and to write to, and would be
    taken to look things up, slowly.
    """
    same = " || chr(31) || ".join(NO_OVERLAP[table])
    return f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist
          (hashtextextended({same}, 0) WITH =, daterange("start", "end") WITH &&)
        """


def _postgresql_journal() -> list[str]:
    function = """
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {body} END $$
        """
    refused = "RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';"
    linked = f"""
        IF NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM {JOURNAL})
           OR NEW.prev_hash != COALESCE((SELECT hash FROM {JOURNAL} ORDER BY seq DESC LIMIT 1), repeat('0', 64))
        THEN RAISE EXCEPTION 'the entry is not the next link of the journal'
             USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
        """
    return [
        function.format(name="journal_refuse", body=refused),
        function.format(name="journal_link", body=linked),
        f"""
        CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON {JOURNAL}
        FOR EACH ROW EXECUTE FUNCTION journal_refuse()
        """,
        f"""
        CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {JOURNAL}
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()
        """,
        f"""
        CREATE TRIGGER journal_chain BEFORE INSERT ON {JOURNAL}
        FOR EACH ROW EXECUTE FUNCTION journal_link()
        """,
    ]
