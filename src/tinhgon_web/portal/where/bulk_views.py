"""Converting a list: what is brought is answered at once, and nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhgon import dates, text
from tinhgon.refusal import Refusal
from tinhgon_web.core import limits
from tinhgon_web.core.asof import Request
from tinhgon_web.core.exports import CSV, as_csv
from tinhgon_web.core.rights import public
from tinhgon_web.portal.where import bulk, sheets

SHOWN = 50
OFTEN = limits.Limit("lists converted", 12, 600)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LIKELY = ("dia chi", "address", "noi o", "don vi", "xa", "ten", "name", "thon")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def convert_list(request: HttpRequest) -> HttpResponse:
    """The form, and for a list what its addresses are on another day: shown, or as a file."""
    today = cast(Request, request).asof.today
    page: dict[str, Any] = {"today": today, "most": sheets.MOST_ROWS, "given": request.POST}
    if request.method != "POST":
        return render(request, "portal/where/bulk.html", page)
    try:
        limits.count(OFTEN, limits.address_of(request))
        rows = _rows(request)
        column = _column(request.POST, rows[0])
        to = _day(request.POST.get("den", "")) or today
        on = _day(request.POST.get("luc", ""))
    except limits.UnableToAskSoOften as refused:
        response = render(
            request, "portal/where/bulk.html", page | {"wait": refused.seconds // 60 + 1}, status=429
        )
        response["Retry-After"] = str(refused.seconds)
        return response
    except (Refusal, dates.UnableToReadDate) as refused:
        return render(request, "portal/where/bulk.html", page | {"refused": _told(refused)}, status=422)
    answered = [bulk.heading(rows[0]), *bulk.converted(rows[1:], column, to=to, on=on)]
    form = request.POST.get("dang", "")
    if form in ("csv", "xlsx"):
        return _file(answered, form)
    asked = {
        "rows": answered[1 : SHOWN + 1],
        "head": answered[0],
        "total": len(answered) - 1,
        "given_rows": len(rows) - 1,
    }
    return render(
        request, "portal/where/bulk.html", page | asked | {"column": rows[0][column], "to": to, "on": on}
    )


def _rows(request: HttpRequest) -> list[sheets.Row]:
    """The file's rows, or the lines typed, under a heading of ours."""
    upload = request.FILES.get("tep")
    if isinstance(upload, UploadedFile):
        return sheets.read(upload.read(sheets.MOST_BYTES + 1))
    lines = request.POST.get("dong", "").replace("\0", " ").splitlines()
    typed = [[text.clean(line)[: sheets.LONGEST]] for line in lines[: sheets.MOST_ROWS + 1] if line.strip()]
    if not typed:
        raise sheets.UnableToReadList(
            "chưa có danh sách: hãy chọn tệp hoặc dán các dòng",
            "there is no list: choose a file or paste lines",
        )
    if len(typed) > sheets.MOST_ROWS:
        raise sheets.UnableToReadList(
            f"danh sách dài hơn {sheets.MOST_ROWS} dòng; hãy chia nhỏ",
            f"the list has more than {sheets.MOST_ROWS} rows; split it",
        )
    return [[_("Address")], *typed]


def _column(given: Mapping[str, str], head: sheets.Row) -> int:
    """The column named (by its heading or number), else the first whose heading speaks of an address.

    Raises:
        UnableToReadList: no column is named so.
    """
    named = text.fold(given.get("cot", ""))
    folded = [text.fold(cell) for cell in head]
    if named:
        if named in folded:
            return folded.index(named)
        if named.isascii() and named.isdigit() and 1 <= int(named[:4]) <= len(head):
            return int(named[:4]) - 1
        raise sheets.UnableToReadList(
            f"danh sách không có cột '{given['cot'][:60]}'", f"the list has no column '{given['cot'][:60]}'"
        )
    likely = (n for word in _LIKELY for n, cell in enumerate(folded) if word in cell)
    return next(likely, 0)


def _day(typed: str) -> dt.date | None:
    return dates.parse_date(typed) if typed.strip() else None


def _told(refused: Exception) -> str:
    if isinstance(refused, dates.UnableToReadDate):
        return _("“%(text)s” is not a day. Write it as day, month, year: 30/06/2025.") % {
            "text": refused.text[:40]
        }
    return str(getattr(refused, "vi" if get_language() == "vi" else "en"))


def _file(rows: list[sheets.Row], form: str) -> HttpResponse:
    if form == "csv":
        response = HttpResponse(as_csv(rows), content_type=CSV)
    else:
        out = io.BytesIO()
        sheets.write_workbook(rows, out)
        response = HttpResponse(out.getvalue(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="tra-cuu.{form}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
