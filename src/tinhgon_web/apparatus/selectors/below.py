"""Everything under a place on a day, walked by the database, one index entry a unit; and many ids in a query."""

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


def below(place: str, on: dt.date, *, closed: bool = False, party: bool = False) -> list[str]:
    """The place and all under it that day, at any depth; with `closed` also what closed there before. One query.

    Inside of another query the walk would be a guess to the planner, which then reads the whole country.
    """
    column = "party_parent" if party else "parent"
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(column=column), (place, on, on, closed))
        return [unit for (unit,) in cursor.fetchall()]


def ids(units: Iterable[str]) -> RawSQL:
    """Many ids as one parameter, their number known to the planner: for `unit__in`."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", (list(units),))
    return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(list(units)),))


def among(units: Iterable[str]) -> tuple[str, list[str] | str]:
    """The condition to be among many ids, to stand after a column, and its one parameter."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(units)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(units))
