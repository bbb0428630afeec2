"""What the apparatus adds to the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.rail import Entry

ENTRIES = [
    Entry("apparatus:tree", _("Apparatus"), "tree", 20),
    Entry("apparatus:map", _("Map"), "map", 30),
    Entry("apparatus:table", _("Table of units"), "table", 21, palette=True),
    Entry("apparatus:compare", _("Compare two days"), "compare", 23, palette=True),
    Entry("apparatus:chart", _("Organisation chart"), "chart", 22, palette=True),
    Entry("apparatus:journal", _("Journal"), "journal", 100),
]
