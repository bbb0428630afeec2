"""Which units a person's rights cover on a day.

A right over a place covers, on a day, the place and whatever stood under it that day in either hierarchy; a unit that
is closed, or still to come, stands where it last, or will first, stand. Two rules follow from reorganisations:

* reading goes on: whoever reads a place also reads the units it went into, and those it was made of, each with all
  under it, so that a merger hides nobody's own past or future from them;
* writing ends: a right to change, approve or inspect does not pass to a successor. It has to be given anew.

Where a unit stands is asked of the records as they are now, also on a page that shows what was known earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tinhgon.registry import lineage
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.selectors.below import among, ids
from tinhgon_web.core.asof import Request, today
from tinhgon_web.core.roles import Right

AnyModel = TypeVar("AnyModel", bound=Model)
_covered: registers.Kept[frozenset[str]] = registers.Kept(64)

# Of each unit one span: the one that covers the day, or else the last before it, or else the first after it.
_NEAREST = """
    (s."start" <= %s AND NOT EXISTS (SELECT 1 FROM apparatus_unitspan n
        WHERE n.unit = s.unit AND n."start" > s."start" AND n."start" <= %s)
     OR s."start" > %s AND NOT EXISTS (SELECT 1 FROM apparatus_unitspan n
        WHERE n.unit = s.unit AND n."start" < s."start"))
"""
# A level at a time: walked in one query, PostgreSQL reads all spans again for every unit or every level.
_UNDER = f"""
    SELECT DISTINCT s.unit FROM apparatus_unitspan s
    WHERE (s.parent {{among}} OR s.party_parent {{among}}) AND {_NEAREST}
"""


class Scope:
    """The units a right covers on a day. `everything` asks the database nothing."""

    def __init__(self, places: Iterable[str] | None, on: dt.date, right: Right = Right.READ) -> None:
        self.everything = places is None
        self.on, self.right = on, right
        self._given = frozenset(places or ())

    @cached_property
    def places(self) -> list[str]:
        """The tops of what is covered: the places given and, to read, those they went into or were made of."""
        if self.right is not Right.READ or not self._given:
            return sorted(self._given)
        register = registers.register(registers.head())
        found = set(self._given)
        for place in self._given:
            found.update(flow.target for flow in lineage.descent(register, place))
            found.update(flow.source for flow in lineage.ancestry(register, place))
        return sorted(found)

    @cached_property
    def units(self) -> frozenset[str]:
        """Every unit covered; not to be asked when everything is. A query a level, kept until the journal grows."""
        if not self.places:
            return frozenset()
        return _covered.get((registers.head(), self.on, tuple(self.places)), self._read)

    def _read(self) -> frozenset[str]:
        rows = UnitSpan.objects.filter(unit__in=self.places)
        found = new = set(rows.values_list("unit", flat=True).distinct())
        while new:
            new = self._under(new) - found
            found = found | new
        return frozenset(found)

    def _under(self, above: Iterable[str]) -> set[str]:
        """The units that stand directly under some."""
        condition, listed = among(above)
        with connection.cursor() as cursor:
            params = [listed, listed, self.on, self.on, self.on]
            cursor.execute(_UNDER.format(among=condition), params)
            return {unit for (unit,) in cursor.fetchall()}

    def holds(self, unit: str) -> bool:
        """Whether a unit is covered."""
        return self.everything or unit in self.units

    def check(self, unit: str) -> None:
        """Refuse what lies outside.

        Raises:
            PermissionDenied: the unit is not covered.
        """
        if not self.holds(unit):
            raise PermissionDenied(_("This unit lies outside the part of the apparatus your role covers."))

    def about(self, column: str) -> Q:
        """The condition that `column` names a unit which is covered."""
        if self.everything:
            return Q()
        return Q(**{f"{column}__in": ids(self.units)})

    def limit(self, rows: QuerySet[AnyModel], column: str) -> QuerySet[AnyModel]:
        """The rows whose `column` names a unit that is covered."""
        return rows.filter(self.about(column))

    def entries(self, column: str) -> Q:
        """The condition that `column` is the number of an entry that touches a unit which is covered."""
        if self.everything:
            return Q()
        condition, listed = among(self.units)
        touching = f"SELECT m.seq FROM apparatus_mention m WHERE m.unit {condition}"
        return Q(**{f"{column}__in": RawSQL(touching, (listed,))})

    @cached_property
    def above(self) -> frozenset[str]:
        """The units above what is covered: shown as the way there, and no more."""
        if self.everything:
            return frozenset()
        found: set[str] = set()
        wanted = set(self.places)
        while wanted:
            rows = UnitSpan.objects.filter(unit__in=wanted, start__lte=self.on).order_by("start")
            stood = {unit: parents for unit, *parents in rows.values_list("unit", "parent", "party_parent")}
            wanted = {parent for parents in stood.values() for parent in parents if parent} - found
            found |= wanted
        return frozenset(found) - self.units


def scope_of(request: HttpRequest, right: Right = Right.READ, on: dt.date | None = None) -> Scope:
    """What a right of the person asking covers, on a day (without one: the day the page shows)."""
    asked = cast(Request, request)
    asof = getattr(request, "asof", None)
    day = on or (asof.on if asof else today())
    return Scope(asked.rights.places(right), day, right)


def scope_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: give each request its `scope`, what the person may read on the day shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: scope_of(request))  # type: ignore[attr-defined]  # declared by asof.Request
        return get_response(request)

    return middleware


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Unit id -> its name today, or its last; unknown ids are left out; one query (for `core.places`)."""
    rows = UnitSpan.objects.filter(unit__in=list(ids), start__lte=today()).order_by("start")
    return dict(rows.values_list("unit", "name"))
