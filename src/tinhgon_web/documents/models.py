"""Documents as the register names them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Document(models.Model):
    """A resolution, programme, decision or report, by the register's id; `carries_out` leads up to its cause."""

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
    carries_out = models.ManyToManyField("self", symmetrical=False, related_name="carried_out_by")

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            models.Index(fields=["position"]),
            models.Index(fields=["signed_on"]),
            models.Index(fields=["synthetic"]),
        ]

    def __str__(self) -> str:
        return self.number
