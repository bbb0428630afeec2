"""One table, tracked."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords


class TrackedUnit(models.Model):
    """What `UnitSpan` and a measure hold, as one row whose past the library keeps."""

    id = models.CharField(primary_key=True, max_length=200)
    name = models.TextField()
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    parent = models.CharField(max_length=200, db_index=True)
    households = models.IntegerField(null=True)
    history = HistoricalRecords()

    class Meta:
        app_label = "tracked"
