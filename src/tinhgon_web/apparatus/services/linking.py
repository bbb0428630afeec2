"""The journal's rows: one writer at a time, each entry linked to the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from tinhgon.registry import codec, events
from tinhgon.registry.journal import Entry
from tinhgon_web.apparatus.models import JournalEntry

_BATCH = 2000
_LOCK = 0x74696E68  # "tinh": any number, as long as all writers name the same


def lock_journal() -> None:
    """Wait until no other transaction writes the journal; held until this one ends.

    SQLite needs nothing more: transactions begin as writers (`transaction_mode` in the settings).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def last_entry() -> Entry | None:
    """The entry that the next one links to."""
    row = JournalEntry.objects.order_by("-seq").first()
    if row is None:
        return None
    return Entry(row.seq, row.recorded_at, row.by, codec.from_json(row.payload), row.prev_hash, row.hash)


def write_entries(entries: Iterable[Entry], documents: Collection[str]) -> None:
    """Insert entries; those that cite one of `documents` are linked to it."""
    rows = (_row(entry, documents) for entry in entries)
    JournalEntry.objects.bulk_create(rows, batch_size=_BATCH)


def _row(entry: Entry, documents: Collection[str]) -> JournalEntry:
    event = entry.event
    cited = event.citation.document
    return JournalEntry(
        seq=entry.seq,
        kind=event.name,
        effective_on=event.effective_on,
        signed_on=event.signed_on,
        operating_on=event.operating_on,
        recorded_at=entry.recorded_at,
        by=entry.by,
        payload=codec.to_json(event),
        document_id=cited if cited in documents else None,
        annuls=list(event.targets) if isinstance(event, events.Annulled) else [],
        prev_hash=entry.prev_hash,
        hash=entry.hash,
    )
