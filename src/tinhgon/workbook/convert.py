"""Rows into documents and events: one function a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tinhgon import dates
from tinhgon.citations import Citation
from tinhgon.registry import events, kinds
from tinhgon.registry.documents import LINKS, Document
from tinhgon.workbook import items, layout
from tinhgon.workbook.acts import act_items
from tinhgon.workbook.items import Item
from tinhgon.workbook.sheets import Reading, Row

Source = dict[str, Any]


def documents_of(reading: Reading, known: Mapping[str, Document]) -> dict[str, Document]:
    """The documents the workbook brings; one that the register has already must be the same."""
    found: dict[str, Document] = {}
    for row in reading.rows[layout.DOCUMENTS.name]:
        if row.broken:
            continue
        document = Document(
            id=row["id"],
            number=row["number"],
            type=row["type"],
            issuer=row["issuer"],
            title=row["title"],
            signed_on=row["signed_on"],
            effective_on=row["effective_on"],
            carries_out=row["carries_out"] or (),
            amends=row["amends"] or (),
            synthetic=bool(row["synthetic"]),
        )
        before = known.get(document.id)
        if before is None:
            found[document.id] = document
        elif before != document:
            fields = ", ".join(
                column.header
                for column in layout.DOCUMENTS.columns
                if getattr(before, column.field) != getattr(document, column.field)
            )
            reading.refuse("different-document", row, "id", {"value": document.id, "fields": fields})
    return found


def check_references(reading: Reading, known: Mapping[str, Document]) -> None:
    """Every document named must be there, and the day an act was signed must be its document's."""
    named = {row["id"] for row in reading.rows[layout.DOCUMENTS.name] if row["id"]}
    signed = {id_: document.signed_on for id_, document in known.items()}
    signed |= {row["id"]: row["signed_on"] for row in reading.rows[layout.DOCUMENTS.name] if row["id"]}
    for sheet in layout.SHEETS:
        for row in reading.rows[sheet.name]:
            for field, id_ in cited(row):
                if id_ not in known and id_ not in named:
                    reading.refuse("unknown-document", row, field, {"value": id_})
            _check_signed(reading, row, signed.get(row["document"]))


def cited(row: Row) -> Iterator[tuple[str, str]]:
    """(field, id) of every document a row names."""
    if row["document"]:
        yield "document", row["document"]
    for field in LINKS:
        for id_ in row[field] or ():
            yield field, id_


def _check_signed(reading: Reading, row: Row, signed: dt.date | None) -> None:
    """A day of the row is held against the day its document was signed."""
    if signed is None:
        return
    swapped = signed.replace(month=signed.day, day=signed.month) if signed.day <= 12 else signed
    for field in ("effective_on", "signed_on"):
        day = row[field]
        is_swapped = day == swapped and day != signed
        if is_swapped or (row.sheet is layout.ACTS and field == "signed_on" and day not in (None, signed)):
            shown, right = dates.format_date_vi(day), dates.format_date_vi(signed)
            data = {"value": shown, "document": row["document"], "signed": right}
            reading.refuse("swapped-date" if is_swapped else "signed-otherwise", row, field, data)


def check_duplicates(reading: Reading) -> None:
    """An id is given once in its sheet, and parents do not go round in a circle."""
    for sheet in layout.SHEETS:
        first: dict[str, int] = {}
        for row in reading.rows[sheet.name] if sheet.unique else ():
            id_ = row[sheet.unique]
            if id_ in first:
                reading.refuse("duplicate-id", row, sheet.unique, {"value": id_, "row": first[id_]})
            elif id_:
                first[id_] = row.number
    rows = {row["unit"]: row for row in reversed(reading.rows[layout.UNITS.name]) if row["unit"]}
    for field in ("parent", "party_parent"):
        parents = {id_: row[field] for id_, row in rows.items() if row[field]}
        for members in items.circle(parents):
            chain = " -> ".join([*members, members[0]])
            reading.refuse("parent-cycle", rows[members[0]], field, {"units": chain})


def items_of(reading: Reading) -> list[Item]:
    """The events of all sheets with their rows, in the order of the sheets."""
    found: list[Item] = []
    for sheet, convert in _CONVERTERS.items():
        for row in reading.rows[sheet]:
            found.append(convert(reading, row))
    return found + list(act_items(reading))


def source_of(row: Row) -> Source:
    """The fields every event has."""
    return {
        "effective_on": row["effective_on"],
        "signed_on": row["signed_on"],
        "citation": Citation(row["document"], row["clause"] or ""),
        "approximate": bool(row["approximate"]),
    }


def _unit_opened(reading: Reading, row: Row) -> Item:
    del reading
    gives, needs = items.unit(row["unit"]), items.unit(row["parent"]) + items.unit(row["party_parent"])
    if row.broken:
        return Item(None, (row,), gives, needs)
    parents = {kinds.ADMINISTRATIVE: row["parent"], kinds.PARTY: row["party_parent"]}
    event = events.UnitOpened(
        unit=row["unit"],
        kind=row["kind"],
        title=row["title"],
        code=row["code"] or "",
        parents={hierarchy: id_ for hierarchy, id_ in parents.items() if id_},
        attributes=dict(_attributes(row)),
        **source_of(row),
    )
    return Item(event, (row,), gives, needs)


def _attributes(row: Row) -> Iterator[tuple[str, str]]:
    for field, value in row.values.items():
        if field.startswith(layout.ATTRIBUTE_PREFIX) and value:
            yield field.removeprefix(layout.ATTRIBUTE_PREFIX), value


def _measured(reading: Reading, row: Row) -> Item:
    measures = {name: row[name] for name in kinds.MEASURES if row[name] is not None}
    if not measures and not row.broken:
        reading.refuse("missing-value", row, "households")
    if row.broken:
        return Item(None, (row,), needs=items.unit(row["unit"]))
    event = events.MeasureRecorded(unit=row["unit"], measures=measures, **source_of(row))
    return Item(event, (row,), needs=items.unit(row["unit"]))


def _post_opened(reading: Reading, row: Row) -> Item:
    del reading
    gives, needs = items.post(row["post"]), items.unit(row["unit"])
    if row.broken:
        return Item(None, (row,), gives, needs)
    new = events.NewPost(row["post"], row["role"], row["title"])
    return Item(events.PostsOpened(unit=row["unit"], posts=(new,), **source_of(row)), (row,), gives, needs)


def _holding_started(reading: Reading, row: Row) -> Item:
    del reading
    gives, needs = items.holding(row["holding"]), items.post(row["post"])
    if row.broken:
        return Item(None, (row,), gives, needs, alters=True)
    fields = {"holding": row["holding"], "person": row["person"], "post": row["post"]}
    return Item(events.HoldingStarted(**fields, **source_of(row)), (row,), gives, needs, alters=True)


def _headcount(reading: Reading, row: Row) -> Item:
    del reading
    if row.broken:
        return Item(None, (row,), needs=items.unit(row["unit"]), alters=True)
    event = events.HeadcountRecorded(
        unit=row["unit"],
        category=row["category"],
        assigned=row["assigned"],
        present=row["present"],
        **source_of(row),
    )
    return Item(event, (row,), needs=items.unit(row["unit"]))


def _claim(reading: Reading, row: Row) -> Item:
    del reading
    if row.broken:
        return Item(None, (row,))
    fields = {name: row[name] for name in ("indicator", "value", "start", "end")}
    return Item(events.ClaimMade(**fields, **source_of(row)), (row,))


_NEEDS_VALUE = ("code", "attribute", "move", "move_party")
_PRINTED = {code: printed for printed, code in layout.CHANGE.items()}


def _changed(reading: Reading, row: Row) -> Item:
    change, subject, value = row["change"], row["subject"], row["value"]
    when = _PRINTED.get(change, "")
    if change in ("move", "move_party") and not value and not row.broken:
        reading.refuse("needed-here", row, "value", {"when": when})
    if change == "attribute" and not row["fact"] and not row.broken:
        reading.refuse("needed-here", row, "fact", {"when": when})
    needs = {"post_closed": items.post, "holding_ended": items.holding}.get(change or "", items.unit)(subject)
    if change in ("move", "move_party"):
        needs += items.unit(value)
    event = None if row.broken else _CHANGES[change](row)
    return Item(event, (row,), needs=needs, alters=True)


def _moved(row: Row) -> events.Event:
    hierarchy = kinds.ADMINISTRATIVE if row["change"] == "move" else kinds.PARTY
    return events.UnitMoved(unit=row["subject"], parent=row["value"], hierarchy=hierarchy, **source_of(row))


def _fact_changed(row: Row) -> events.Event:
    fact = "code" if row["change"] == "code" else row["fact"]
    return events.FactChanged(unit=row["subject"], fact=fact, value=row["value"] or "", **source_of(row))


def _post_closed(row: Row) -> events.Event:
    return events.PostsClosed(posts=(row["subject"],), **source_of(row))


def _holding_ended(row: Row) -> events.Event:
    return events.HoldingEnded(holding=row["subject"], reason=row["reason"] or "", **source_of(row))


_CHANGES: Mapping[str, Callable[[Row], events.Event]] = {
    "code": _fact_changed,
    "attribute": _fact_changed,
    "move": _moved,
    "move_party": _moved,
    "post_closed": _post_closed,
    "holding_ended": _holding_ended,
}
_CONVERTERS: Mapping[str, Callable[[Reading, Row], Item]] = {
    layout.UNITS.name: _unit_opened,
    layout.MEASURES.name: _measured,
    layout.POSTS.name: _post_opened,
    layout.HOLDINGS.name: _holding_started,
    layout.HEADCOUNTS.name: _headcount,
    layout.CHANGES.name: _changed,
    layout.CLAIMS.name: _claim,
}
