"""What the reports add to the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.rail import Entry

ENTRIES = [
    Entry("board:page", _("Overview"), "overview", 10),
    Entry("reports:review", _("Review"), "review", 80),
]
