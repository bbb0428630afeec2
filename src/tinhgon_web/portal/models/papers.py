"""Files of the register's documents that the public may read."""

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
