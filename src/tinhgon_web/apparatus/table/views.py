"""The table of units, and the same as a workbook."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.registry import kinds
from tinhgon_web.apparatus import as_if, selectors
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.apparatus.table import asking, reading, showing, workbook
from tinhgon_web.apparatus.table.columns import COLUMNS
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Limits, Right, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Right.READ)
@require_safe
def show_table(request: HttpRequest) -> HttpResponse:
    """Units as a table; everything asked for stands in the address."""
    asked = cast(Request, request)
    ask, reader = asking.read(request.GET), selectors.reader(asked.asof)
    listed = reading.page(asked.asof, reader, ask, asked.scope)
    place = reader.units([ask.place]).get(ask.place) if ask.place else None
    page: dict[str, Any] = {
        "ask": ask,
        "query": ask.words,
        "listed": listed,
        "lines": _lines(asked, reader, ask, listed.rows),
        "headings": showing.headings(request.GET, ask),
        "chips": showing.chips(request.GET, ask, place),
        "columns": COLUMNS.values(),
        "kind_groups": showing.kind_groups(),
        "band_words": showing.band_words(),
        "places": _places(reader, place, asked.scope),
        "measures": [(word, COLUMNS[word].name, *_typed(request, word)) for word in asking.MEASURES],
        "has_next": listed.is_more or listed.last < listed.total,
    }
    return render(request, "apparatus/table.html", page)


def _typed(request: HttpRequest, word: str) -> tuple[str, str]:
    return request.GET.get(word + asking.FROM, ""), request.GET.get(word + asking.TO, "")


def _lines(asked: Request, reader: Reader, ask: asking.Ask, rows: list[UnitRow]) -> list[showing.Line]:
    others = reader.units({id_ for row in rows for id_ in (row.parent, row.party_parent) if id_})
    found = reading.findings(asked.asof, rows) if "muc" in ask.columns else {}
    return [
        showing.Line(
            row,
            others.get(row.parent),
            others.get(row.party_parent),
            found.get(row.unit),
            not row.covers(asked.asof.on),
        )
        for row in rows
    ]


def _places(reader: Reader, place: UnitRow | None, scope: Limits) -> list[tuple[int, UnitRow]]:
    """The way down to a place and the places under it, with their depth: to choose among."""
    way = [] if place is None else [*reader.ancestors(place, kinds.ADMINISTRATIVE), place]
    tops = [row.unit for row in reader.tops(kinds.ADMINISTRATIVE) if row.kind in kinds.TERRITORIES]
    last = way[-1].unit if way else ""
    # Of several provinces each is a choice; the places under all of them would be a country's.
    opened = [last] if last else tops if len(tops) == 1 else []
    under = reader.children(opened, kinds.ADMINISTRATIVE) if opened else {}
    below = [row.unit for rows in under.values() for row in rows if row.kind in kinds.TERRITORIES]
    wanted = [*([] if way else tops), *below]
    rows = reader.units(id_ for id_ in wanted if scope.holds(id_) or id_ in scope.above)
    depth = len(way)
    return [*enumerate(way), *((depth + (id_ not in tops), row) for id_, row in rows.items())]


@requires(Right.READ)
@require_safe
def export_table(request: HttpRequest) -> HttpResponse:
    """The rows of the table, or those chosen in it, as a workbook."""
    asked = cast(Request, request)
    ask, reader = asking.read(request.GET), selectors.reader(asked.asof)
    rows = reading.every(asked.asof, reader, ask, asked.scope, workbook.MOST)
    lines = _lines(asked, reader, ask, rows[: workbook.MOST])
    content = workbook.workbook(
        asked.asof, ask, lines, is_cut=len(rows) > workbook.MOST, forecast=as_if.forecast(request)
    )
    name = as_if.file_name(request, f"don-vi-{asked.asof.on:%Y-%m-%d}.xlsx")
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
