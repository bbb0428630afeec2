"""The leader's screen and the lists behind its numbers."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.figures import UnableToFindPlace
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.reports.board import lists, selectors
from tinhgon_web.reports.place import place_of, places_of
from tinhgon_web.reports.sheets import csv_response

_PART = "muc"
_A_PANEL, _A_PAGE = 40, 200


@requires(Right.READ)
@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    """Where a place stands on a day."""
    asof, place = cast(Request, request).asof, place_of(request)
    try:
        page = selectors.page(asof=asof, place=place)
    except UnableToFindPlace as refusal:
        raise Http404(str(refusal)) from refusal
    return render(request, "board/page.html", {"page": page, "places": places_of(request)})


def _listing(request: HttpRequest, name: str) -> tuple[lists.Asked, lists.Listing]:
    asked = lists.Asked(cast(Request, request).asof, place_of(request), request.GET.get(_PART, ""))
    try:
        return asked, lists.listing(name, asked)
    except (lists.UnableToFindList, UnableToFindPlace) as refusal:
        raise Http404(str(refusal)) from refusal


@requires(Right.READ)
@require_safe
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """A list: in the side panel when htmx asks, else as a page."""
    asked, listing = _listing(request, name)
    htmx = cast(Request, request).htmx
    rows = Paginator(listing.rows, _A_PANEL if htmx else _A_PAGE).get_page(request.GET.get("trang"))
    page = {"name": name, "asked": asked, "listing": listing, "rows": rows, "panel": bool(htmx)}
    response = render(request, "board/panel.html" if htmx else "board/list.html", page)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


@requires(Right.READ)
@require_safe
def export_list(request: HttpRequest, name: str) -> HttpResponse:
    """A list as CSV."""
    asked, listing = _listing(request, name)
    rows = [[_written(cell) for cell in row] for row in listing.rows]
    parts = filter(None, (name, asked.part, asked.place, asked.on.isoformat()))
    return csv_response(request, f"{'-'.join(parts)}.csv", [listing.headings, *rows])


def _written(cell: lists.Cell) -> str:
    if cell.document is None:
        return cell.text
    return f"{cell.document.number}, {cell.clause}" if cell.clause else cell.document.number
