"""The journal, which is the record, and the projection, which can be dropped and made again from it.

Periods are half-open, [start, end), and an open end is NULL. What must not be is refused by the database: the
journal takes nothing but the next link of its chain, and spans of one thing do not overlap (see `guards`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from tinhgon_web.documents.models import Document


class JournalEntry(models.Model):
    """An entry of the journal: insert only, each holding the hash of the one before."""

    seq = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    effective_on = models.DateField()
    signed_on = models.DateField(null=True)
    operating_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    payload = models.JSONField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="entries")
    annuls = models.JSONField(default=list)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["recorded_at"]),
            models.Index(fields=["kind", "effective_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Person(models.Model):
    """Whom an opaque id of the journal means; a row that can be corrected or erased, unlike the journal's."""

    id = models.CharField(primary_key=True, max_length=200)
    name = models.CharField(max_length=300)
    synthetic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Span(models.Model):
    """Something that held from the start of one day until the start of another, because of entry `cause`."""

    start = models.DateField()
    end = models.DateField(null=True)
    cause = models.PositiveIntegerField()

    class Meta:
        abstract = True


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name=name)


class UnitSpan(Span):
    """What a unit was called, of which kind, where it stood and how large it was, while none of that changed."""

    unit = models.CharField(max_length=200)
    name = models.TextField()
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    parent = models.CharField(max_length=200)
    party_parent = models.CharField(max_length=200)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    households = models.FloatField(null=True)
    population = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)
    folded = models.TextField()
    sort_key = models.TextField()

    class Meta:
        constraints: ClassVar = [_ends_after_it_starts("unit_span_ends_after_it_starts")]
        indexes: ClassVar = [
            models.Index(fields=["unit", "start"]),
            # With the end, counting who stands under a unit needs the index alone.
            models.Index(fields=["parent", "start", "end"]),
            models.Index(fields=["party_parent", "start", "end"]),
        ]


class FactSpan(Span):
    """One fact of a unit: its name, kind, code, parents, attributes, measures ("measure:…") and headcounts."""

    unit = models.CharField(max_length=200)
    fact = models.CharField(max_length=100)
    value: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        constraints: ClassVar = [_ends_after_it_starts("fact_span_ends_after_it_starts")]
        indexes: ClassVar = [models.Index(fields=["unit", "fact", "start"])]


class PostSpan(Span):
    """A post while it stood in one unit."""

    post = models.CharField(max_length=200)
    unit = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    title = models.TextField()

    class Meta:
        constraints: ClassVar = [_ends_after_it_starts("post_span_ends_after_it_starts")]
        indexes: ClassVar = [models.Index(fields=["post", "start"]), models.Index(fields=["unit", "start"])]


class HoldingSpan(Span):
    """A person, by opaque id, in a post; a post has one holder at a time."""

    holding = models.CharField(max_length=200)
    person = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [_ends_after_it_starts("holding_span_ends_after_it_starts")]
        indexes: ClassVar = [models.Index(fields=["post", "start"]), models.Index(fields=["person", "start"])]


class Mention(models.Model):
    """A unit's history: entry `seq` touched it."""

    unit = models.CharField(max_length=200)
    seq = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "seq"])]


class Geometry(models.Model):
    """The outline of a unit from one day on, until a later one of the same unit: a GeoJSON polygon or point."""

    unit = models.CharField(max_length=200)
    since = models.DateField()
    shape: models.JSONField[Any, Any] = models.JSONField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "since"], name="one_geometry_of_a_unit_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.since}"


class Submission(models.Model):
    """A form that was recorded, by its own key: sent again, it shows what the first sending did."""

    key = models.CharField(max_length=200, unique=True)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.first}-{self.last}"
