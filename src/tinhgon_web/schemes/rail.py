"""What schemes add to the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.rail import Entry

ENTRIES = [Entry("schemes:list", _("Schemes"), "scheme", 40)]
