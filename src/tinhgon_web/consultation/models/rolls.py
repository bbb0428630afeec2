"""Rounds and rolls: who is asked, about what, from when until when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhgon_web.consultation.words import BASES
from tinhgon_web.core.models import Job
from tinhgon_web.schemes.models import Scheme


class Round(models.Model):
    """Asking about one scheme once. Answers are taken on the days [opens, closes) while it is open.

    `version` is that of the scheme people are asked about: once it is sent back and drafted anew, they are asked anew.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("taking answers")
        CLOSED = "closed", _("ended")

    class Kind(models.TextChoices):
        VILLAGE = "village", _("villages")
        COMMUNE = "commune", _("communes")

    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, related_name="rounds")
    version = models.PositiveIntegerField(null=True)
    number = models.PositiveSmallIntegerField(default=1)
    after: models.OneToOneField[Any, Any] = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="again"
    )
    place = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    base = models.CharField(max_length=40, choices=BASES)
    title = models.CharField(max_length=300)
    question = models.TextField()
    law_on = models.DateField()
    opens = models.DateField()
    closes = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    synthetic = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-opens", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="round_closes_after_it_opens"),
            models.UniqueConstraint(
                fields=["scheme", "version", "number"],
                condition=Q(scheme__isnull=False),
                name="one_round_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(scheme__isnull=True, version__isnull=True)
                | Q(scheme__isnull=False, version__isnull=False),
                name="a_round_about_a_scheme_names_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Roll(models.Model):
    """The list of who is asked in one unit; frozen once approved."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="rolls")
    unit = models.CharField(max_length=200)
    posted_from = models.DateField(null=True)
    posted_at = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="one_roll_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.unit}"


class RollLine(models.Model):
    """A household on a roll. Its names are personal data: they can be erased, and no journal or log holds them."""

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    household = models.CharField(max_length=300)
    head = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll", "number"], name="one_line_of_a_number"),
            models.UniqueConstraint(fields=["roll", "household"], name="one_line_of_a_household"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}/{self.number}"


class RollUpload(models.Model):
    """A sheet not yet confirmed: kept for its preview, gone once it is confirmed or another takes its place.

    `sheet` is the file while a job still has to read it; `changes` what it would change on the rolls as they were
    when it was read, which `seen` tells.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=300)
    sheet = models.BinaryField(null=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    households = models.BinaryField(default=bytes)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    problems: models.JSONField[Any, Any] = models.JSONField(default=dict)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    seen: models.JSONField[Any, Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
