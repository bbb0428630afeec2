"""The apparatus from its projection in SQL: all records count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Case, Count, F, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Collate

from tinhgon.registry import kinds
from tinhgon_web.apparatus.models import FactSpan, HoldingSpan, Mention, PostSpan, UnitSpan
from tinhgon_web.apparatus.rows import Branch, FactRow, HoldingRow, PostRow, UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader, by_parent, in_order
from tinhgon_web.core.rights import Limits

UNIT = (
    "unit",
    "start",
    "end",
    "cause",
    "name",
    "kind",
    "code",
    "parent",
    "party_parent",
    "opened_on",
    "closed_on",
    "households",
    "population",
    "area_km2",
)
_FACT = ("unit", "fact", "value", "start", "end", "cause")
_POST = ("post", "unit", "role", "title", "start", "end", "cause")
_HOLDING = ("holding", "person", "post", "reason", "start", "end", "cause")

AnyModel = TypeVar("AnyModel", bound=Model)


def held(rows: QuerySet[AnyModel], on: dt.date) -> QuerySet[AnyModel]:
    """The spans that cover a day."""
    return rows.filter(Q(end=None) | Q(end__gt=on), start__lte=on)


def _column(hierarchy: str) -> str:
    return "parent" if hierarchy == kinds.ADMINISTRATIVE else "party_parent"


def _branch(hierarchy: str) -> tuple[str, ...]:
    return ("unit", "name", "kind", _column(hierarchy), "sort_key", "below")


class ProjectedReader(Reader):
    """Reads the span tables; a handful of queries a page."""

    def tops(self, hierarchy: str) -> list[Branch]:
        """As the base says; one query."""
        wanted = Q(below__gt=0)
        if hierarchy == kinds.ADMINISTRATIVE:
            wanted |= Q(party_parent="")
        return in_order(
            map(Branch._make, self._branches([""], hierarchy).filter(wanted).values_list(*_branch(hierarchy)))
        )

    def children(self, parents: Iterable[str], hierarchy: str) -> dict[str, list[Branch]]:
        """As the base says; one query."""
        wanted = list(dict.fromkeys(parents))
        rows = self._branches(wanted, hierarchy).values_list(*_branch(hierarchy))
        return by_parent(wanted, map(Branch._make, rows))

    def _branches(self, parents: list[str], hierarchy: str) -> QuerySet[UnitSpan]:
        """Spans under some parents, each with the number of those under it, counted by the database."""
        column = _column(hierarchy)
        below = held(UnitSpan.objects.filter(**{column: OuterRef("unit")}).order_by(), self.on)
        count = below.values(column).annotate(n=Count("*")).values("n")
        rows = held(UnitSpan.objects.filter(**{f"{column}__in": parents}), self.on)
        return rows.annotate(below=Coalesce(Subquery(count), 0))

    def periods(self, units: Iterable[str]) -> dict[str, list[UnitRow]]:
        """As the base says; one query."""
        found: dict[str, list[UnitRow]] = {}
        wanted = list(dict.fromkeys(units))
        for row in self._units(UnitSpan.objects.filter(unit__in=wanted).order_by("unit", "start")):
            found.setdefault(row.unit, []).append(row)
        return found

    def search(self, words: list[str], most: int, within: Limits | None = None) -> list[UnitRow]:
        """As the base says; one query, in an order that does not depend on the database."""
        rows = self._open(within)
        for word in words:
            rows = rows.filter(Q(folded__contains=word) | Q(code=word))
        bytewise = "C" if connection.vendor == "postgresql" else "BINARY"
        places_first = Case(When(kind__in=kinds.TERRITORIES, then=0), default=1)
        return self._units(rows.order_by(places_first, Collate(F("sort_key"), bytewise), "unit")[:most])

    def kind_counts(self, within: Limits | None = None) -> dict[str, int]:
        """As the base says; one query."""
        return dict(self._open(within).values_list("kind").annotate(Count("id")).order_by())

    def _open(self, within: Limits | None) -> QuerySet[UnitSpan]:
        return held(UnitSpan.objects.filter(Q() if within is None else within.about("unit")), self.on)

    def facts(self, unit: str) -> list[FactRow]:
        """As the base says; one query."""
        rows = FactSpan.objects.filter(unit=unit).order_by("id")
        return [FactRow(**row) for row in rows.values(*_FACT)]

    def posts(self, unit: str) -> list[PostRow]:
        """As the base says; one query."""
        rows = held(PostSpan.objects.filter(unit=unit), self.on).order_by("id")
        return [PostRow(**row) for row in rows.values(*_POST)]

    def holdings(self, posts: Iterable[str]) -> dict[str, HoldingRow]:
        """As the base says; one query."""
        rows = held(HoldingSpan.objects.filter(post__in=list(posts)), self.on)
        return {row["post"]: HoldingRow(**row) for row in rows.values(*_HOLDING)}

    def mentions(self, unit: str) -> list[int]:
        """As the base says; one query."""
        return list(Mention.objects.filter(unit=unit).order_by("seq").values_list("seq", flat=True))

    @staticmethod
    def _units(rows: QuerySet[UnitSpan, Any]) -> list[UnitRow]:
        return [UnitRow(**row) for row in rows.values(*UNIT)]
