"""Files that the public may read: of the register's documents, and those that articles hold."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PublicPaper(models.Model):
    """A file somebody with the right to publish made public; without a row a file stays inside the office."""

    file = models.OneToOneField("documents.DocumentFile", models.CASCADE, related_name="public")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.file_id)


class PaperWords(models.Model):
    """The words of a file that articles may hold, folded, for search; read by a job after it was uploaded."""

    paper = models.OneToOneField("wagtaildocs.Document", models.CASCADE, related_name="words")
    folded = models.TextField()

    def __str__(self) -> str:
        return str(self.paper_id)
