"""Tables as CSV that a Vietnamese spreadsheet opens rightly: UTF-8 with its mark, and nothing taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number else cell


def csv_response(name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Rows as a file to keep."""
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
