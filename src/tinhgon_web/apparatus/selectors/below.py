"""Everything under a place on a day, as a part of a query: walked by the database, one index entry a unit."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

_BELOW = """
    WITH RECURSIVE below(unit) AS (
        SELECT CAST(%s AS varchar(200))
        UNION
        SELECT s.unit FROM below JOIN apparatus_unitspan s ON s.{column} = below.unit
        WHERE s."start" <= %s AND (s."end" IS NULL OR s."end" > %s OR (s."end" = s.closed_on AND %s)))
    SELECT unit FROM below
"""


def below(place: str, on: dt.date, *, closed: bool = False, party: bool = False) -> RawSQL:
    """The place and all under it that day, at any depth; with `closed` also what closed there before."""
    column = "party_parent" if party else "parent"
    return RawSQL(_BELOW.format(column=column), (place, on, on, closed))


def ids(units: Iterable[str]) -> RawSQL:
    """Many ids as one parameter: for `unit__in`."""
    listed = json.dumps(list(units))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT jsonb_array_elements_text(%s::jsonb)", (listed,))
    return RawSQL("SELECT value FROM json_each(%s)", (listed,))
