"""What a table of units shows, from the projection while all records count, else from the fold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

import attrs
from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

from tinhgon import text
from tinhgon.figures import UnitFinding
from tinhgon.registry import kinds
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.bands import bands_of, findings_of
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.below import below, ids
from tinhgon_web.apparatus.selectors.folded import FoldedReader
from tinhgon_web.apparatus.selectors.projected import UNIT, held
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.apparatus.table.asking import BANDS, CLOSED, OPEN, Ask
from tinhgon_web.apparatus.table.columns import COLUMNS
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.rights import Limits

MOST_COUNTED = 10_000
"""Counting further would read every row of a country for a number nobody needs; a filter brings it below."""
_RANK = {code: rank for rank, code in enumerate(kinds.KINDS)}
_KIND = "loai"
_BY_NAME = ("sort_key", "unit")


@attrs.frozen(slots=True)
class Listed:
    """A page of units. `total` is counted up to `MOST_COUNTED`; `is_more` says that there are more."""

    rows: list[UnitRow]
    total: int
    is_more: bool
    first: int

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1


def page(asof: AsOf, reader: Reader, ask: Ask, scope: Limits) -> Listed:
    """One page: two queries from the projection (in the order of kinds one for each kind on it), none from a fold."""
    first = (ask.page - 1) * ask.a_page
    if isinstance(reader, FoldedReader):
        found = _folded(asof, reader, ask, scope)
        return Listed(found[first : first + ask.a_page], len(found), False, first + 1)
    rows = _projected(asof, ask, scope)
    if ask.sort[0].lstrip("-") == _KIND:
        return _kind_after_kind(rows, ask, first)
    total = rows.order_by()[: MOST_COUNTED + 1].count()
    shown = _read(_ordered(rows, ask)[first : first + ask.a_page])
    return Listed(shown, min(total, MOST_COUNTED), total > MOST_COUNTED, first + 1)


def _kind_after_kind(rows: QuerySet[UnitSpan], ask: Ask, first: int) -> Listed:
    """A page in the order of kinds, which no index has: only the kinds on it are read, each in an index's order."""
    counts = dict(rows.order_by().values_list("kind").annotate(Count("id")))
    codes = sorted(counts, key=lambda code: _RANK[code], reverse=ask.sort[0] != _KIND)
    within = attrs.evolve(ask, sort=ask.sort[1:])
    shown: list[UnitRow] = []
    before = 0
    for code in codes:
        start = max(first - before, 0)
        wanted = ask.a_page - len(shown)
        if wanted and start < counts[code]:
            shown += _read(_ordered(rows.filter(kind=code), within)[start : start + wanted])
        before += counts[code]
    return Listed(shown, before, False, first + 1)


def every(asof: AsOf, reader: Reader, ask: Ask, scope: Limits, most: int) -> list[UnitRow]:
    """All rows in order, for an export; one more than `most` when there are more. Chosen rows alone, if any are."""
    if isinstance(reader, FoldedReader):
        found = _folded(asof, reader, ask, scope)
        chosen = [row for row in found if not ask.chosen or row.unit in ask.chosen]
        return chosen[: most + 1]
    rows = _projected(asof, ask, scope)
    if ask.chosen:
        rows = rows.filter(unit__in=ask.chosen)
    return _read(_ordered(rows, ask)[: most + 1])


def findings(asof: AsOf, rows: list[UnitRow]) -> dict[str, UnitFinding]:
    """Unit -> what it was held against, for the rows of a page."""
    register = registers.register(registers.head_of(asof))
    return findings_of(register, asof.on, [row.unit for row in rows])


def _in_bands(asof: AsOf, wanted: Iterable[str], among: Collection[str] | None) -> tuple[set[str], bool]:
    """The units in some bands (of some units, None: of all), and whether those without any band are meant instead."""
    head = registers.head_of(asof)
    found = bands_of(registers.register(head), head, asof.on, among)
    bands = {BANDS[band] for band in wanted}
    if "" in bands:  # then it is shorter to say which are not wanted
        return {id_ for id_, band in found.items() if (band or "") not in bands}, True
    return {id_ for id_, band in found.items() if band in bands}, False


def _projected(asof: AsOf, ask: Ask, scope: Limits) -> QuerySet[UnitSpan]:
    rows = _with_status(asof.on, ask.status)
    for word in ask.folded:
        rows = rows.filter(Q(folded__contains=word) | Q(code=word))
    if ask.kinds:
        rows = rows.filter(kind__in=ask.kinds)
    for measure, (least, most) in ask.ranges.items():
        rows = rows.filter(**({} if least is None else {f"{measure}__gte": least}))
        rows = rows.filter(**({} if most is None else {f"{measure}__lte": most}))
    return scope.limit(_among(rows, asof, ask, scope), "unit")


def _among(rows: QuerySet[UnitSpan], asof: AsOf, ask: Ask, scope: Limits) -> QuerySet[UnitSpan]:
    """Those under the place and in the bands asked for. The ids are found first: the database then sees how few."""
    place = below(ask.place, asof.on, closed=ask.status != OPEN) if ask.place else None
    if not ask.bands:
        return rows if place is None else rows.filter(unit__in=ids(place))
    units, are_others = _in_bands(asof, ask.bands, _looked_at(place, scope))
    if place is not None:
        return rows.filter(unit__in=ids(id_ for id_ in place if (id_ in units) != are_others))
    return rows.exclude(unit__in=ids(units)) if are_others else rows.filter(unit__in=ids(units))


def _looked_at(place: Collection[str] | None, scope: Limits) -> Collection[str] | None:
    """The units a list can have at all: those of the place asked for, else of the scope; None: all there are."""
    return place if place is not None or scope.everything else scope.units


def _with_status(on: dt.date, status: str) -> QuerySet[UnitSpan]:
    closed = Q(closed_on__lte=on, end=F("closed_on"))
    if status == CLOSED:
        return UnitSpan.objects.filter(closed)
    if status == OPEN:
        return held(UnitSpan.objects.all(), on)
    return UnitSpan.objects.filter(closed | Q(start__lte=on) & (Q(end=None) | Q(end__gt=on)))


def _ordered(rows: QuerySet[UnitSpan], ask: Ask) -> QuerySet[UnitSpan]:
    keys = [_order(COLUMNS[key.lstrip("-")].field, key.startswith("-")) for key in ask.sort]
    return rows.order_by(*keys, *(_order(field, False) for field in _BY_NAME))


def _order(field: str, backwards: bool) -> OrderBy:
    bytewise = "C" if connection.vendor == "postgresql" else "BINARY"
    key: Any = Collate(F(field), bytewise) if field == "sort_key" else F(field)
    if field == "kind":
        key = Case(*(When(kind=kind, then=rank) for kind, rank in _RANK.items()))
    if field in ("households", "population", "area_km2", "closed_on"):
        return OrderBy(key, descending=backwards, nulls_last=True)
    return OrderBy(key, descending=backwards)


def _read(rows: QuerySet[UnitSpan]) -> list[UnitRow]:
    return [UnitRow(**row) for row in rows.values(*UNIT)]


def _folded(asof: AsOf, reader: FoldedReader, ask: Ask, scope: Limits) -> list[UnitRow]:
    rows = [row for row in reader.rows() if _is_wanted(row, asof.on, ask.status)]
    tests = list(_tests(asof, reader, ask, scope))
    if not scope.everything:
        tests.append(lambda row: scope.holds(row.unit))
    found = [row for row in rows if all(test(row) for test in tests)]
    found.sort(key=lambda row: (text.sort_key(row.name), row.unit))
    for key in reversed(ask.sort):
        _sort(found, COLUMNS[key.lstrip("-")].field, key.startswith("-"))
    return found


def _is_wanted(row: UnitRow, on: dt.date, status: str) -> bool:
    if row.covers(on):
        return status != CLOSED
    return status != OPEN and row.closed_on is not None and row.end == row.closed_on <= on


def _tests(asof: AsOf, reader: FoldedReader, ask: Ask, scope: Limits) -> Iterable[Callable[[UnitRow], bool]]:
    if ask.folded:
        yield lambda row: all(word in text.fold(row.name) or word == row.code for word in ask.folded)
    if ask.kinds:
        yield lambda row: row.kind in ask.kinds
    under = reader.below(ask.place, closed=ask.status != OPEN) if ask.place else None
    if under is not None:
        yield lambda row: row.unit in under
    if ask.bands:
        units, are_others = _in_bands(asof, ask.bands, _looked_at(under, scope))
        yield lambda row: (row.unit in units) != are_others
    for measure, (least, most) in ask.ranges.items():
        yield _between(measure, least, most)


def _between(measure: str, least: float | None, most: float | None) -> Callable[[UnitRow], bool]:
    def test(row: UnitRow) -> bool:
        size = getattr(row, measure)
        return size is not None and (least is None or size >= least) and (most is None or size <= most)

    return test


def _sort(rows: list[UnitRow], field: str, backwards: bool) -> None:
    def key(row: UnitRow) -> Any:
        if field == "kind":
            return _RANK[row.kind]
        return text.sort_key(row.name) if field == "sort_key" else getattr(row, field)

    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    known.sort(key=key, reverse=backwards)
    rows[:] = [*known, *unknown]
