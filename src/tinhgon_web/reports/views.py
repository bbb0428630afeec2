"""The figures of a review, and each figure opened."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon import dates
from tinhgon.figures import KIND_NAMES, UnableToFindIndicator, UnableToFindPlace, UnableToMeasureWindow
from tinhgon_web.apparatus.selectors import reader
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.reports import selectors
from tinhgon_web.reports.place import place_of
from tinhgon_web.reports.sheets import csv_response

_FROM = "tu"
_A_PANEL, _A_PAGE = 30, 200


def _window(request: HttpRequest) -> selectors.Window:
    """The window an address asks for.

    Raises:
        UnableToReadDate: its start is not a day.
        PermissionDenied: its place is not covered.
    """
    typed = request.GET.get(_FROM, "").strip()
    start: dt.date | None = dates.parse_date(typed) if typed else None
    return selectors.window(cast(Request, request).asof, start, place_of(request) or None)


def _named(request: HttpRequest, asked: selectors.Window) -> dict[str, Any]:
    """The place of a window and those to choose from, by name."""
    own = cast(Request, request).rights.places(Right.READ) or frozenset()
    wanted = {*own, asked.place} - {None}
    rows = reader(cast(Request, request).asof).units(sorted(filter(None, wanted))) if wanted else {}
    return {"place": rows.get(asked.place or ""), "choices": list(rows.values())}


@requires(Right.READ)
@require_safe
def show_review(request: HttpRequest) -> HttpResponse:
    """The figures between the start of the review and the day shown."""
    try:
        asked = _window(request)
        figures = selectors.beside_targets(asked, selectors.review(asked))
    except (dates.UnableToReadDate, UnableToMeasureWindow, UnableToFindPlace) as refusal:
        return render(request, "reports/no_window.html", {"refusal": refusal}, status=400)
    page = {
        "window": asked,
        "groups": _grouped([item for item in figures if not item.figure.rate]),
        "decomposed": [item.figure for item in figures if item.figure.effects],
        "models": [item for item in figures if item.figure.rate],
        "claims": selectors.claims(asked),
        **_named(request, asked),
    }
    return render(request, "reports/review.html", page)


def _grouped(figures: list[selectors.Reported]) -> list[dict[str, Any]]:
    kinds = [
        {"kind": kind, "names": names, "figures": [item for item in figures if item.figure.kind == kind]}
        for kind, names in KIND_NAMES.items()
    ]
    return [group for group in kinds if group["figures"]]


def _figure(request: HttpRequest, code: str) -> tuple[selectors.Window, selectors.Reported]:
    try:
        asked = _window(request)
        [reported] = selectors.review(asked, (code,))
    except (
        UnableToFindIndicator,
        UnableToFindPlace,
        UnableToMeasureWindow,
        dates.UnableToReadDate,
    ) as refusal:
        raise Http404(str(refusal)) from refusal
    return asked, reported


@requires(Right.READ)
@require_safe
def show_figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure opened: in the side panel when htmx asks, else as a page."""
    asked, reported = _figure(request, code)
    htmx = cast(Request, request).htmx
    rows = Paginator(reported.figure.trace, _A_PANEL if htmx else _A_PAGE).get_page(request.GET.get("trang"))
    part = slice(rows.start_index() - 1, rows.end_index()) if reported.figure.trace else slice(0)
    page = {
        "window": asked,
        "item": reported,
        "figure": reported.figure,
        "rows": rows,
        "lines": selectors.lines_of(asked, reported.figure, part),
        "documents": selectors.documents_of(reported.figure),
    }
    response = render(request, "reports/panel.html" if htmx else "reports/figure.html", page)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


@requires(Right.READ)
@require_safe
def export_figure(request: HttpRequest, code: str) -> HttpResponse:
    """The entries a figure counts, as CSV that a Vietnamese spreadsheet opens rightly (UTF-8 with its mark)."""
    asked, reported = _figure(request, code)
    name = f"{code}-{asked.start}-{asked.end}.csv"
    return csv_response(request, name, selectors.table_of(asked, reported.figure))
