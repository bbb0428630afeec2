"""What the masthead and the foot of every public page say of the office."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class Office(BaseSiteSetting):
    """The office that publishes: its name, hotline, contacts and who answers for the content."""

    name = models.CharField(_("Name of the office"), max_length=200, default="Cổng thông tin tinh gọn bộ máy")
    motto = models.CharField(_("Line under the name"), max_length=200, blank=True)
    hotline = models.CharField(
        _("Hotline"), max_length=40, blank=True, help_text=_("As people dial it: 0261 123 456")
    )
    address = models.CharField(_("Address"), max_length=300, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    responsible = models.CharField(_("Responsible for the content"), max_length=200, blank=True)
    licence = models.CharField(_("Licence of the portal"), max_length=300, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel(name)
        for name in ("name", "motto", "hotline", "address", "email", "responsible", "licence")
    ]

    class Meta:
        verbose_name = _("The office")

    @property
    def dialled(self) -> str:
        """The hotline as a telephone takes it: digits alone."""
        return "".join(char for char in self.hotline if char.isdigit() or char == "+")
