"""The index: one row for each article, document and place that may be found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class Entry(models.Model):
    """Something to find. `key` names it among those of its kind; `weight` sorts kinds of places, the largest first.

    `title_words` and `words` are as `spelling.canonical` writes them: folded, between single spaces, so that a word or
    phrase is found by looking for it with a space on both sides, on any database. `marks` is what `spelling.marks`
    makes of both, `standing` sorts entries as readers see them.
    """

    class Kind(models.TextChoices):
        """What there is to find."""

        ARTICLE = "article"
        DOCUMENT = "document"
        PLACE = "place"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=200)
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    title = models.TextField()
    text = models.TextField()
    address = models.TextField()
    day = models.DateField(null=True)
    weight = models.PositiveSmallIntegerField(default=0)
    title_words = models.TextField()
    words = models.TextField()
    marks = models.TextField()
    standing = models.CharField(max_length=300)
    digest = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]
        indexes: ClassVar = [models.Index(fields=["standing"], name="search_entry_standing")]

    def __str__(self) -> str:
        return self.title
