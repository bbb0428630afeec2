"""Entries of the journal. Those that say who holds which post are not open data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhgon.registry import kinds
from tinhgon_web.api import linked, schemas
from tinhgon_web.api.answering import MOST, USUAL, as_csv, kept, next_part, source_of, unchanged
from tinhgon_web.api.errors import UnableToAnswer
from tinhgon_web.api.record import Record, chosen
from tinhgon_web.apparatus.models import JournalEntry, Mention

router = Router(tags=["events"])
PERSONAL = ("holding_started", "holding_ended")
"""Kinds of entry that speak of a person."""
_SPOKEN_OF = frozenset({"placements", "person", "holding", "replacement"})
_COLUMNS = (
    "seq",
    "kind",
    "kind_vi",
    "effective_on",
    "signed_on",
    "operating_on",
    "recorded_at",
    "document",
    "clause",
    "hash",
)
_ACT = "reorganised"


@router.get("/events", response=schemas.Events, summary="Entries of the journal")
def list_events(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[schemas.EventsAsked],
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    format: Literal["json", "csv", "jsonld"] = "json",
) -> Any:
    """What took effect from one day to another (both counted), of a kind, touching a unit, in the order recorded.

    `format`: json in parts; csv whole; jsonld: the reorganisations as change events of the W3C's ORG.
    """
    record = chosen(asked.known_on, asked.at)
    held = unchanged(request, record)
    if held is not None:
        return held
    rows = _entries(record, asked)
    days = {name: day for name, day in (("from", asked.start), ("to", asked.end)) if day}
    source = source_of(request, record, **days)
    if format == "json":
        total = rows.count()
        items = [_row(entry) for entry in rows[offset : offset + limit]]
        kept(request, response, record)
        return {
            "source": source,
            "total": total,
            "next": next_part(request, total, limit, offset),
            "items": items,
        }
    whole = _as_csv(rows) if format == "csv" else _as_changes(request, record, rows, source)
    return kept(request, whole, record)


def _as_csv(rows: QuerySet[JournalEntry]) -> HttpResponse:
    flat = ({**row, **row["citation"]} for row in map(_row, rows.iterator(2000)))
    return as_csv(flat, _COLUMNS, "events")


def _as_changes(
    request: HttpRequest, record: Record, rows: QuerySet[JournalEntry], source: dict[str, Any]
) -> HttpResponse:
    register = record.register()
    acts = rows.filter(kind=_ACT).values_list("seq", flat=True)
    return linked.changes(request, register, [seq for seq in acts if seq in register.event_by_seq], source)


@router.get("/events/{int:seq}", response=schemas.Event, summary="One entry of the journal")
def show_event(request: HttpRequest, seq: int) -> Any:
    """An entry, which never changes."""
    del request
    entry = _published().filter(seq=seq).first()
    if entry is None:
        raise UnableToAnswer(
            "unknown-entry",
            f"không có dòng sổ {seq} được công bố",
            f"there is no published entry {seq}",
            status=404,
        )
    return _row(entry)


def _published() -> QuerySet[JournalEntry]:
    return JournalEntry.objects.exclude(kind__in=PERSONAL).select_related("document").order_by("seq")


def _entries(record: Record, asked: schemas.EventsAsked) -> QuerySet[JournalEntry]:
    rows = _published().filter(seq__lte=record.seq)
    if asked.start is not None:
        rows = rows.filter(effective_on__gte=asked.start)
    if asked.end is not None:
        rows = rows.filter(effective_on__lte=asked.end)
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.unit is not None:
        rows = rows.filter(seq__in=Mention.objects.filter(unit=asked.unit).values("seq"))
    return rows


def _row(entry: JournalEntry) -> dict[str, Any]:
    citation = entry.payload.get("citation") or {}
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "kind_vi": kinds.EVENT_NAMES.get(entry.kind, (entry.kind, ""))[0],
        "effective_on": entry.effective_on,
        "signed_on": entry.signed_on,
        "operating_on": entry.operating_on,
        "recorded_at": entry.recorded_at,
        "citation": {
            "document": citation.get("document", ""),
            "number": entry.document.number if entry.document else "",
            "clause": citation.get("clause", ""),
        },
        "hash": entry.hash,
        "payload": _impersonal(entry.payload),
    }


def _impersonal(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload without what it says of people, who appear in the journal as opaque ids only."""
    return {name: value for name, value in payload.items() if name not in _SPOKEN_OF}
