"""What consultations add to the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.rail import Entry

ENTRIES = [Entry("consultation:rounds", _("Consultations"), "people", 45)]
