"""What is kept of computed figures, so that a page need not fold the journal to show them again."""

from __future__ import annotations

from typing import Any

from django.db import models


class Frozen(models.Model):
    """Something computed once, under a key that names all it was computed from: it never goes stale.

    A cache: it may be emptied at any time.
    """

    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    payload: models.JSONField[Any, Any] = models.JSONField()

    def __str__(self) -> str:
        return self.key
