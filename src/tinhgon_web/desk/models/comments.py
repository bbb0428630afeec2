"""Comments of readers, what was decided about them, and who objected."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """A comment on an article. It is public only once a person has accepted it; its words are never edited."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Now public")
        REJECTED = "rejected", _("Rejected")
        REMOVED = "removed", _("Taken down")

    page = models.ForeignKey("portal.ArticlePage", models.SET_NULL, null=True, related_name="reader_comments")
    title = models.CharField(max_length=300)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    source = models.CharField(max_length=40, blank=True)
    """A keyed digest of where it came from and the day: tells a flood, and nobody's address."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "sent_at"], name="comments_by_state"),
            models.Index(fields=["page", "state"], name="comments_of_a_page"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False),
                name="nothing_is_published_undecided",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class CommentStep(models.Model):
    """A line of a comment's history; insert-only."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.verb}"


class Report(models.Model):
    """Somebody objects to a published comment: a reader, or an authority."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reports")
    by_authority = models.BooleanField(default=False)
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    due = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["settled_at", "due"], name="reports_by_their_due")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"
