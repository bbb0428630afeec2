"""The numbers of an article as they were when it was published, so that a later record shows as a correction."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PublishedFigure(models.Model):
    """A figure an article shows: its value, and the journal's last entry, when the article was published."""

    page = models.ForeignKey("portal.ArticlePage", models.CASCADE, related_name="published_figures")
    code = models.CharField(max_length=100)
    start = models.DateField()
    end = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    value = models.FloatField(null=True)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "code", "start", "end", "place"], name="a_figure_is_published_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.code} {self.value}"
