"""Programmes and their targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tinhgon.figures import CATALOGUE
from tinhgon.figures.indicators import Indicator
from tinhgon_web.documents.models import Document


class Programme(models.Model):
    """A document that sets targets, and the day from whose end changes count towards them.

    `published`: the public may see its targets and how far they are reached.
    """

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="programme")
    starts_on = models.DateField()
    published = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["starts_on", "document__position"]

    def __str__(self) -> str:
        return self.document.number


class Target(models.Model):
    """What an indicator is to reach by a day, in a place ("": the whole register).

    `base` is the value at which nothing is reached yet: 0 for a change since the programme began, the number there
    was for something that is to vanish. `direction` says whether the value must not exceed or not fall short.
    """

    class Direction(models.TextChoices):
        """Which side of the value is good."""

        AT_MOST = "at_most"
        AT_LEAST = "at_least"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    position = models.PositiveIntegerField(default=0)
    indicator = models.CharField(max_length=100)
    place = models.CharField(max_length=200, blank=True)
    base = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    due_on = models.DateField()
    clause = models.CharField(max_length=300, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["programme", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "indicator", "place", "due_on"], name="one_target_of_an_indicator_a_day"
            ),
            models.CheckConstraint(
                condition=Q(direction="at_most", value__lte=F("base"))
                | Q(direction="at_least", value__gte=F("base")),
                name="target_lies_in_its_direction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value} {self.due_on}"

    @property
    def figure(self) -> Indicator:
        """The indicator of the catalogue."""
        return CATALOGUE[self.indicator]
