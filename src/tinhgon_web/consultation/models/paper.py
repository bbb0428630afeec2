"""Answers on paper: a batch of forms from one unit, keyed by two officers who do not see each other's entry."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhgon_web.consultation.models.rolls import Roll
from tinhgon_web.consultation.words import KEYED_CHOICES


class Batch(models.Model):
    """A bundle of forms with the totals its signed minutes declare."""

    class State(models.TextChoices):
        KEYING = "keying", _("being keyed")
        POSTED = "posted", _("in the ledger")
        DROPPED = "dropped", _("set aside")

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField()
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    other = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    minutes = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.KEYING)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll", "number"], name="one_batch_of_a_number"),
            models.CheckConstraint(
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=F("second_by")),
                name="two_officers_key_a_batch",
            ),
            models.CheckConstraint(
                condition=~Q(state="posted") | Q(first_by__isnull=False, second_by__isnull=False),
                name="a_posted_batch_was_keyed_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}/{self.number}"

    @property
    def declared(self) -> dict[str, int]:
        """The totals of the minutes, by choice."""
        return {
            "agree": self.agree,
            "disagree": self.disagree,
            "other": self.other,
            "invalid": self.invalid,
        }


class Keyed(models.Model):
    """One form as keyed: entry 1, entry 2, or 3 for how a difference was settled. Gone once the batch is posted."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="keyed")
    entry = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    choice = models.CharField(max_length=10, choices=KEYED_CHOICES)
    opinion = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "entry", "number"], name="a_form_is_keyed_once_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(entry__in=[1, 2, 3]), name="an_entry_is_first_second_or_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.entry}/{self.number}"


class Scan(models.Model):
    """A scan of a batch's signed minutes: kept as documents' files are, told by its content, never changed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="scans")
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
