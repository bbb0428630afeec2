"""Documents as the register names them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Document(models.Model):
    """A resolution, programme, decision or report, by the register's id; `carries_out` leads up to its cause.

    `place`: the unit whose officers added it, and may correct it ("" for the whole register's).
    """

    id = models.CharField(primary_key=True, max_length=200)
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=200)
    type = models.CharField(max_length=100)
    issuer = models.CharField(max_length=300)
    title = models.TextField()
    signed_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    folded = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    carries_out = models.ManyToManyField("self", symmetrical=False, related_name="carried_out_by")
    amends = models.ManyToManyField("self", symmetrical=False, related_name="amended_by")

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            models.Index(fields=["position"]),
            models.Index(fields=["signed_on"]),
            models.Index(fields=["synthetic"]),
        ]

    def __str__(self) -> str:
        return self.number


class DocumentFile(models.Model):
    """A file of a document. It never changes: a newer version supersedes it.

    `stored` is its opaque name under the media folder; files of equal content share one.
    """

    class Read(models.TextChoices):
        """What has become of the reading of its text."""

        WAITING = "waiting"
        DONE = "done"
        NOTHING = "nothing"
        FAILED = "failed"

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=60)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    read = models.CharField(max_length=8, choices=Read.choices, default=Read.NOTHING)
    folded = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["sha256"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "sha256"], name="document_file_once"),
            models.CheckConstraint(
                condition=Q(type__in=["pdf", "docx", "xlsx", "jpg", "png"]), name="document_file_of_a_type"
            ),
        ]

    def __str__(self) -> str:
        return self.name
