"""Views of articles in buckets of a day; puzzles that were solved, so that none counts twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Views(models.Model):
    """How often a page was read on a day."""

    page = models.ForeignKey("portal.ArticlePage", models.CASCADE, related_name="views")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "day"], name="one_bucket_of_views_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.count}"


class Seen(models.Model):
    """That somebody read a page on a day: a keyed digest, dropped when the day is over."""

    digest = models.CharField(max_length=40, primary_key=True)
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.digest


class SolvedPuzzle(models.Model):
    """A puzzle that was answered; kept until it would have expired anyhow."""

    nonce = models.CharField(max_length=40, primary_key=True)
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce
