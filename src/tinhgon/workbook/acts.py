"""The rows of one reorganisation, flows and placements, into one event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tinhgon.citations import Citation
from tinhgon.registry import events, kinds
from tinhgon.workbook import items, layout
from tinhgon.workbook.items import Item
from tinhgon.workbook.sheets import Reading, Row

_OF_ACT = ("act", "effective_on", "signed_on", "operating_on", "document", "clause", "approximate")
_OF_TARGET = ("kind", "title", "code", "parent")
_PRINTED = {code: printed for printed, code in layout.PLACEMENT.items()}
# What each placement must say, beside what it is about.
_NEEDED = {
    "child": ("subject", "to"),
    "post": ("subject", "to"),
    "new_post": ("subject", "to", "role", "title"),
    "holder": ("subject", "to", "new_holding"),
    "headcount": ("category", "assigned"),
}


def act_items(reading: Reading) -> Iterator[Item]:
    """One item for each act: its rows on the sheet of acts, and on that of placements."""
    flows = _grouped(reading.rows[layout.ACTS.name])
    placements = _grouped(reading.rows[layout.PLACEMENTS.name])
    for act_id, rows in placements.items():
        for row in rows:
            if act_id not in flows:
                reading.refuse("unknown-row-act", row, "act_id", {"value": act_id})
            _check_placement(reading, row)
    for act_id, rows in flows.items():
        yield _item(reading, act_id, rows, placements.get(act_id, []))


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row["act_id"]:
            groups.setdefault(row["act_id"], []).append(row)
    return groups


def _check_placement(reading: Reading, row: Row) -> None:
    if row.broken:
        return
    for field in _NEEDED[row["what"]]:
        if row[field] is None:
            reading.refuse("needed-here", row, field, {"when": _PRINTED[row["what"]]})


def _item(reading: Reading, act_id: str, rows: list[Row], placed: list[Row]) -> Item:
    _check_same(reading, act_id, rows, _OF_ACT)
    for target in dict.fromkeys(row["target"] for row in rows if row["target"]):
        _check_same(reading, act_id, [row for row in rows if row["target"] == target], _OF_TARGET)
    sources = dict.fromkeys(row["source"] for row in rows if row["source"])
    new = [row for row in rows if row["target"] and row["target"] not in sources]
    gives = tuple(id_ for row in new for id_ in items.unit(row["target"]))
    needs = tuple(id_ for source in sources for id_ in items.unit(source))
    needs += tuple(id_ for row in rows for id_ in items.unit(row["parent"]))
    for row in placed:
        gives += _gives(row)
        needs += _needs(row)
    all_rows = (*rows, *placed)
    needs = tuple(id_ for id_ in dict.fromkeys(needs) if id_ not in gives)
    broken = any(row.broken for row in all_rows)
    return Item(None if broken else _event(rows, placed), all_rows, gives, needs, alters=True)


def _gives(row: Row) -> tuple[str, ...]:
    if row["what"] == "new_post":
        return items.post(row["subject"])
    return items.holding(row["new_holding"]) if row["what"] == "holder" else ()


def _needs(row: Row) -> tuple[str, ...]:
    if row["what"] == "child":
        return items.unit(row["subject"])
    if row["what"] == "post":
        return items.post(row["subject"])
    return items.holding(row["subject"]) + items.post(row["to"]) if row["what"] == "holder" else ()


def _check_same(reading: Reading, act_id: str, rows: list[Row], fields: tuple[str, ...]) -> None:
    """What is said of an act or a new unit on several rows must be the same; an empty cell says nothing."""
    for field in fields:
        first = next((row for row in rows if row[field] is not None), None)
        for row in rows:
            if first is not None and row[field] not in (None, first[field]):
                data = {"row": first.number, "act": act_id, "value": row[field], "first": first[field]}
                reading.refuse("differs-within-act", row, field, data)


def _said(rows: list[Row], field: str) -> Any:
    return next((row[field] for row in rows if row[field] is not None), None)


def _event(rows: list[Row], placed: list[Row]) -> events.Reorganised:
    targets = dict.fromkeys(row["target"] for row in rows if row["target"])
    return events.Reorganised(
        effective_on=_said(rows, "effective_on"),
        signed_on=_said(rows, "signed_on"),
        operating_on=_said(rows, "operating_on"),
        citation=Citation(_said(rows, "document"), _said(rows, "clause") or ""),
        approximate=_said(rows, "approximate") is not None,
        act=_said(rows, "act"),
        inputs=tuple(dict.fromkeys(row["source"] for row in rows)),
        outputs=tuple(_output(target, rows) for target in targets),
        flows=tuple(_flow(row) for row in rows if row["target"]),
        children={row["subject"]: row["to"] for row in placed if row["what"] == "child"},
        posts_moved={row["subject"]: row["to"] for row in placed if row["what"] == "post"},
        new_posts=tuple(
            events.NewPost(row["subject"], row["role"], row["title"], row["to"])
            for row in placed
            if row["what"] == "new_post"
        ),
        holders=tuple(
            events.Placement(row["subject"], row["to"], row["new_holding"])
            for row in placed
            if row["what"] == "holder"
        ),
        headcounts=tuple(
            events.HeadcountPlacement(row["to"] or "", row["category"], row["assigned"])
            for row in placed
            if row["what"] == "headcount"
        ),
    )


def _output(target: str, rows: list[Row]) -> events.Output:
    about = [row for row in rows if row["target"] == target]
    parent = _said(about, "parent")
    return events.Output(
        unit=target,
        kind=_said(about, "kind") or "",
        title=_said(about, "title") or "",
        code=_said(about, "code") or "",
        parents={kinds.ADMINISTRATIVE: parent} if parent else {},
    )


def _flow(row: Row) -> events.Flow:
    amounts = {name: row[name] for name in kinds.MEASURES if row[name] is not None}
    share = 1.0 if row["share"] is None else row["share"]
    return events.Flow(row["source"], row["target"], share, amounts)
