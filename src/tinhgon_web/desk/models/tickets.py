"""Questions and reports of readers to the office, and what was done about them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ticket(models.Model):
    """A question, complaint or proposal: its number, owner, day due and answer.

    What the reader wrote is for the desk alone; what is published is written for it (`public_question`, `answer`).
    """

    class Kind(models.TextChoices):
        """What it is."""

        QUESTION = "question", _("Question")
        COMPLAINT = "complaint", _("Report of something wrong")
        PROPOSAL = "proposal", _("Proposal")

    class State(models.TextChoices):
        """Where it stands."""

        NEW = "new", _("Taken in")
        ASSIGNED = "assigned", _("Being dealt with")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    may_publish = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=40, unique=True)
    folded = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    sent_at = models.DateTimeField()
    due = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)
    public_question = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="tickets_by_their_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Its number as people say it; nothing can be looked up by it."""
        return f"HD-{self.sent_at.year}-{self.pk:05d}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in (self.State.NEW, self.State.ASSIGNED)

    def is_late(self, on: dt.date) -> bool:
        """Whether it is open past its day."""
        return self.is_open and on > self.due


class TicketStep(models.Model):
    """A line of a ticket's history; insert-only, without what the reader wrote."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.verb}"
