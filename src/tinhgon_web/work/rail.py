"""What programmes add to the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.rail import Entry

ENTRIES = [Entry("work:programmes", _("Programmes"), "target", 50)]
