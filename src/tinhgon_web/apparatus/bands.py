"""Units held against the standards of a day: a few for a page, all of them for a filter or a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tinhgon.figures import UnitFinding, commune_findings, village_findings
from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.rows import UnitRow

LAW = Rulebook.load()
_BY_FAMILY = {"village": village_findings, "commune": commune_findings}
_all: registers.Kept[dict[str, UnitFinding]] = registers.Kept(6)


def all_findings(register: Register, head: registers.Head, on: dt.date) -> dict[str, UnitFinding]:
    """Unit -> its finding, for every village and commune open on a day; kept until the journal grows."""
    return _all.get((head, on), lambda: {found.unit.id: found for found in _every(register, on)})


def findings_of(register: Register, on: dt.date, rows: Iterable[UnitRow]) -> dict[str, UnitFinding]:
    """Unit -> its finding, for a page of units: only the places they stand in are looked at."""
    places = {(kinds.FAMILY[row.kind], row.parent) for row in rows if row.is_open(on) and row.parent}
    wanted = {row.unit for row in rows}
    return {
        found.unit.id: found
        for family, parent in sorted(places)
        if family in _BY_FAMILY
        for found in _BY_FAMILY[family](register, LAW, on, parent)
        if found.unit.id in wanted
    }


def _every(register: Register, on: dt.date) -> Iterator[UnitFinding]:
    for findings in _BY_FAMILY.values():
        yield from findings(register, LAW, on)
