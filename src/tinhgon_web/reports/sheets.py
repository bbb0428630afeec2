"""Tables of the reports as CSV; of a plan the first row says that it is one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from tinhgon_web.apparatus import as_if
from tinhgon_web.core import exports


def csv_response(request: HttpRequest, name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Rows as a file to keep."""
    said = as_if.forecast(request)
    whole = itertools.chain([[said]] if said else [], rows)
    return exports.csv_response(as_if.file_name(request, name), whole)
