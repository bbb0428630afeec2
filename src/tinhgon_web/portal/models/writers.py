"""Those who write and take the pictures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.snippets.models import register_snippet


@register_snippet
class Writer(models.Model):
    """A writer as the byline names them; the address of their articles is made of `slug`."""

    name = models.CharField(_("Name"), max_length=200)
    slug = models.SlugField(_("Address"), unique=True)
    duty = models.CharField(_("Duty"), max_length=200, blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("duty")]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("Writer")
        verbose_name_plural = _("Writers")

    def __str__(self) -> str:
        return self.name
