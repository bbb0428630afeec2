"""The one ledger: who answered, in `Answer`; what was answered, in `Ballot`; with no column that joins the two."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon_web.consultation.models.paper import Batch
from tinhgon_web.consultation.models.rolls import Roll, RollLine, Round
from tinhgon_web.consultation.words import CHOICES


class Code(models.Model):
    """A household's way in on the web. Only a keyed digest is kept; the code itself is printed once."""

    line = models.OneToOneField(RollLine, models.CASCADE, related_name="code")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.line_id}"


class Answer(models.Model):
    """A household answered, on the web or on paper. One answer stands per household, whatever its path.

    What it said is not here. `nonce` leads to its ballot for whoever holds the site's key, and for nobody else.
    """

    class Path(models.TextChoices):
        WEB = "web", _("web")
        PAPER = "paper", _("paper")

    line = models.ForeignKey(RollLine, models.PROTECT, related_name="answers")
    seq = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=10, choices=Path)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="answers")
    receipt = models.CharField(max_length=20, unique=True)
    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    standing = models.BooleanField(default=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "seq"], name="answers_of_a_household_are_numbered"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(standing=True), name="one_standing_answer_of_a_household"
            ),
            models.CheckConstraint(
                condition=Q(standing=True)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False) & ~Q(reason=""),
                name="a_corrected_answer_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class OpinionGroup(models.Model):
    """Opinions that say the same, with the office's answer to them; published together."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    title = models.CharField(max_length=300)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class Ballot(models.Model):
    """What one household of a unit said. Its key is a keyed digest: neither its order nor a day tells whose it is."""

    handle = models.CharField(primary_key=True, max_length=64)
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=10, choices=CHOICES)
    opinion = models.TextField(blank=True)
    group = models.ForeignKey(OpinionGroup, models.SET_NULL, null=True, related_name="ballots")
    standing = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["handle"]
        indexes: ClassVar = [models.Index(fields=["roll", "standing", "choice"])]

    def __str__(self) -> str:
        return self.handle[:8]
