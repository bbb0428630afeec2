"""Who works here, what they may do over which part of the tree, and the line left by everything they write."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from tinhgon_web.core.roles import Role


class User(AbstractUser):
    """Someone who may log in. The name is one field, in the order it is said: family, middle and given name."""

    full_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    password_is_temporary = models.BooleanField(default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "email"]

    def get_full_name(self) -> str:
        """The name as it is said, or the log-in name of somebody without one."""
        return self.full_name or self.username

    def get_short_name(self) -> str:
        """The name as it is said: Vietnamese names are not cut to a first one."""
        return self.get_full_name()

    def __str__(self) -> str:
        return self.get_full_name()


class Grant(models.Model):
    """A role over a place and all under it (no place: the whole register), from one day until another.

    A grant is ended, never deleted: who could do what on a day stays answerable.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    place = models.CharField(max_length=200, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="grants_given")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["start", "id"]
        indexes: ClassVar = [models.Index(fields=["user", "start"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="grant_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.ADMINISTRATOR.value) | Q(place=""), name="administrators_of_the_whole"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="grant_of_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.place}"


class AuditLine(models.Model):
    """One write: who did what to which thing, and what it was before and after. Insert only (see `guards`).

    Of people it holds ids alone, so that a name can be corrected or erased.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)
    folded = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["at"]),
            models.Index(fields=["by", "at"]),
            models.Index(fields=["kind", "what"]),
            models.Index(fields=["place"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.what}"


class Job(models.Model):
    """Work that a worker does: who started it, how far it is, what came of it (see `jobs`)."""

    class State(models.TextChoices):
        """What has become of a job; "lost": its worker ended before it did."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"
        LOST = "lost"

    kind = models.CharField(max_length=60)
    acting = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    place = models.CharField(max_length=200, blank=True)
    args: models.JSONField[Any, Any] = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message: models.JSONField[Any, Any] = models.JSONField(default=list)
    result: models.JSONField[Any, Any] = models.JSONField(null=True)
    stop_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    again = models.OneToOneField("self", models.PROTECT, null=True, related_name="first")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["acting", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Asked(models.Model):
    """How often something was asked in a window of time; `key` is a keyed digest of who asked, never an address."""

    key = models.CharField(max_length=100)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "window"], name="one_count_of_a_window_of_asking")
        ]

    def __str__(self) -> str:
        return f"{self.window}: {self.count}"
