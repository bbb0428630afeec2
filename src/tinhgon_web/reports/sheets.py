"""Tables as CSV that a Vietnamese spreadsheet opens rightly: UTF-8 with its mark, and nothing taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from tinhgon_web.apparatus import as_if
from tinhgon_web.core.exports import safe


def csv_response(request: HttpRequest, name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Rows as a file to keep; of a plan the first row says that it is one."""
    text, said = io.StringIO(), as_if.forecast(request)
    if said:
        csv.writer(text).writerow([safe(said)])
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{as_if.file_name(request, name)}"'},
    )
