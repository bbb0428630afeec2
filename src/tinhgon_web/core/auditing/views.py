"""The journal of the system: who wrote what, where and when."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon import dates
from tinhgon_web.core.asof import Request
from tinhgon_web.core.auditing import export, selectors
from tinhgon_web.core.rights import Right, requires

_A_PAGE, _AT_MOST = 50, 20_000


@requires(Right.ADMINISTER, Right.INSPECT)
@require_safe
def show_audit(request: HttpRequest) -> HttpResponse:
    """Lines of the audit, searched without diacritics and filtered."""
    asked, wrong = _asked(request)
    rows = Paginator(selectors.found(asked, cast(Request, request).scope), _A_PAGE)
    shown = rows.get_page(request.GET.get("trang"))
    page: dict[str, Any] = {
        "asked": asked,
        "wrong": wrong,
        "rows": shown,
        "lines": selectors.told(shown),
        "verbs": selectors.verbs(),
        "people": selectors.people(),
        "places": selectors.places_of(cast(Request, request).scope),
    }
    return render(request, "audit/list.html", page, status=400 if wrong else 200)


@requires(Right.ADMINISTER, Right.INSPECT)
@require_safe
def export_audit(request: HttpRequest) -> HttpResponse:
    """The lines found, as a workbook; of many the latest."""
    asked, _wrong = _asked(request)
    rows = selectors.found(asked, cast(Request, request).scope)[:_AT_MOST]
    return HttpResponse(
        export.workbook(selectors.told(rows)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="nhat-ky-he-thong.xlsx"'},
    )


def _asked(request: HttpRequest) -> tuple[selectors.Asked, list[str]]:
    """What the address asks for, and the days in it that are none."""
    typed = {name: request.GET.get(name, "").strip() for name in ("q", "ai", "viec", "noi", "tu", "den")}
    days: dict[str, dt.date | None] = {"tu": None, "den": None}
    wrong = []
    for name in days:
        try:
            days[name] = dates.parse_date(typed[name]) if typed[name] else None
        except dates.UnableToReadDate:
            wrong.append(typed[name])
    asked = selectors.Asked(
        words=typed["q"],
        by=int(typed["ai"]) if typed["ai"].isdecimal() and len(typed["ai"]) < 10 else None,
        verb=typed["viec"],
        place=typed["noi"],
        start=days["tu"],
        end=days["den"],
    )
    return asked, wrong
