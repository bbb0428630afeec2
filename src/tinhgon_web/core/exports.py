"""What leaves the site as a file: cells that no spreadsheet takes for a formula, and CSV that it opens rightly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
CSV = "text/csv; charset=utf-8"


def safe(cell: str) -> str:
    """A cell as text: one that could be taken for a formula gets an apostrophe before it; numbers stay."""
    is_number = cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in _FORMULAS and not is_number else cell


def as_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV in UTF-8 with its mark; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def csv_response(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Rows as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(rows), content_type=CSV, headers=headers)


def _cell(value: object) -> object:
    return "" if value is None else safe(value) if isinstance(value, str) else value
