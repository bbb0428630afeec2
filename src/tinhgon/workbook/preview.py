"""What recording a workbook would do, row by row, for somebody to look at before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from tinhgon.registry import events
from tinhgon.registry.state import CODE, Register, Unit
from tinhgon.workbook import cells, layout
from tinhgon.workbook.check import Checked, Place
from tinhgon.workbook.items import Item
from tinhgon.workbook.problems import Problem
from tinhgon.workbook.sheets import Row

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@attrs.frozen(slots=True)
class Change:
    """What a row changes: the column's header, what the register holds now (as typed) and what it would hold."""

    header: str
    before: str
    after: str


@attrs.frozen(slots=True)
class Line:
    """A row as it is shown: its state, its cells as typed (field -> text), what it changes, why it is refused."""

    row: Row
    state: str
    cells: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def preview(checked: Checked, register: Register) -> list[Line]:
    """A line for every row read, in the order of the sheets; `register` is the one it was checked against."""
    problems: dict[Place, list[Problem]] = {}
    for problem in (*checked.problems, *checked.waiting):
        problems.setdefault((problem.sheet, problem.row), []).append(problem)
    items = {(row.sheet.name, row.number): item for item in checked.items for row in item.rows}
    return [
        _line(checked, register, row, items.get((sheet, row.number)), problems.get((sheet, row.number), []))
        for sheet, rows in checked.rows.items()
        for row in rows
    ]


def _line(checked: Checked, register: Register, row: Row, item: Item | None, problems: list[Problem]) -> Line:
    shown = {field: cells.displayed(_printed(row, field, value)) for field, value in row.values.items()}
    shown |= row.unread
    place = (row.sheet.name, row.number)
    if place in checked.same:
        return Line(row, SAME, shown)
    is_new_document = row.sheet is layout.DOCUMENTS and row["id"] in checked.documents and not row.broken
    if problems or (item is None and not is_new_document):
        return Line(row, REFUSED, shown, problems=tuple(problems))
    changes = tuple(_changes(register, row, item)) if item is not None else ()
    is_new = row.sheet not in (layout.CHANGES, layout.ACTS, layout.PLACEMENTS) and not changes
    return Line(row, NEW if is_new else CHANGED, shown, changes)


def _printed(row: Row, field: str, value: Any) -> Any:
    """A choice by the word that is printed for it."""
    for column in row.sheet.columns:
        if column.field == field and column.choices:
            return next((printed for printed, recorded in column.choices.items() if recorded == value), value)
    return value


def _changes(register: Register, row: Row, item: Item) -> Iterator[Change]:
    """Where the register holds another value on that day."""
    unit = register.unit(str(getattr(item.event, "unit", "")))
    if unit is None or item.event is None:
        return
    for field, before, after in _values(unit, item.event, item.event.effective_on):
        header = row.places.get(field, ("", field))[1]
        if before not in (None, "", after):
            yield Change(header, cells.displayed(before), cells.displayed(after))


def _values(unit: Unit, event: events.Event, on: dt.date) -> Iterator[tuple[str, Any, Any]]:
    """(field, value before, value after) of what an event says about a unit."""
    match event:
        case events.MeasureRecorded():
            for name, value in event.measures.items():
                yield name, unit.measure(name, on), value
        case events.HeadcountRecorded():
            before = unit.headcounts[event.category].at(on) if event.category in unit.headcounts else None
            yield from zip(
                ("assigned", "present"), before or (None, None), (event.assigned, event.present), strict=True
            )
        case events.FactChanged():
            yield "value", unit.code(on) if event.fact == CODE else unit.fact(event.fact, on), event.value
        case events.UnitMoved():
            yield "value", unit.parent(on, event.hierarchy), event.parent
