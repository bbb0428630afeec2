"""Workbooks brought in, with what each of their rows would do or did."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from tinhgon_web.core.models import Job, User
from tinhgon_web.documents.models import Document


class Import(models.Model):
    """A workbook somebody sent: looked at row by row, mended, then recorded as one group, and perhaps undone.

    `typed` are cells mended by hand: sheet -> row -> field -> text. `seen` names what the preview showed, so that
    nothing else is recorded. `first` to `last` are the journal's entries it became.
    """

    class State(models.TextChoices):
        """Where it stands."""

        CHECKING = "checking"
        CHECKED = "checked"
        RECORDING = "recording"
        RECORDED = "recorded"
        UNDONE = "undone"

    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=60)
    by = models.ForeignKey(User, models.PROTECT, related_name="imports")
    at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    typed: models.JSONField[Any, Any] = models.JSONField(default=dict)
    faults: models.JSONField[Any, Any] = models.JSONField(default=list)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    finished = models.BooleanField(default=False)
    seen = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    left_out = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    annulled_by = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["sha256"]), models.Index(fields=["by", "-id"])]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of a workbook as it was last looked at; `reasons` are [column letter, field, Vietnamese, English]."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    state = models.CharField(max_length=8)
    cells: models.JSONField[Any, Any] = models.JSONField(default=dict)
    changes: models.JSONField[Any, Any] = models.JSONField(default=list)
    reasons: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["imported", "sheet", "row"], name="import_row_once")
        ]
        indexes: ClassVar = [models.Index(fields=["imported", "state", "position"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
