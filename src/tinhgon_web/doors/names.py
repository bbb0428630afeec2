"""What each door is called, and what it is for; the addresses say the same in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Named = tuple[str | Promise, str | Promise]
"""(title, lead)."""

CHANGES: Mapping[str, Named] = {
    "doi-ten": (_("Rename"), _("The unit takes another name from a day; it stays the same unit.")),
    "doi-loai": (_("Convert"), _("The unit becomes one of another kind, as a commune becomes a ward.")),
    "thuoc-tinh": (_("Change a fact"), _("A code or another fact takes a new value from a day.")),
    "cap-tren": (_("Change the unit above"), _("The unit comes to stand under another.")),
    "so-lieu": (_("Record a count"), _("Households, people or area as counted on a day.")),
    "bien-che": (_("Record headcount"), _("Posts assigned and people present, of one category.")),
    "mo-don-vi": (_("Record a unit under it"), _("A unit that is not in the register yet.")),
    "mo-chuc-danh": (_("Open posts"), _("A decision opens posts of one title.")),
    "cham-dut-chuc-danh": (
        _("Close posts"),
        _("Posts that are no more; whoever holds one leaves it that day."),
    ),
    "nhan-chuc-danh": (
        _("Somebody takes up a post"),
        _("The name goes to the list of people; the journal keeps an opaque id."),
    ),
    "thoi-chuc-danh": (_("Somebody leaves a post"), _("Retired, moved, resigned: the post stays open.")),
}
ACTS: Mapping[str, Named] = {
    "sap-nhap": (_("Merge"), _("This unit and others close, and a new one comes out of them.")),
    "nhap-vao": (_("Take others in"), _("Others close and join this unit, which goes on.")),
    "chia-tach": (_("Split"), _("This unit is divided into new ones; it may go on as one of the parts.")),
    "dieu-chinh": (_("Transfer a part"), _("A part of this unit goes to another; both go on.")),
    "giai-the": (_("Dissolve"), _("This unit ends; its posts close, and the units under it go elsewhere.")),
}
DUPLICATE: Named = (
    _("Join two records"),
    _("Two records are one unit. Nothing happened in the world: the record had it twice."),
)
CORRECT: Named = (
    _("Correct the entry"),
    _("The record was wrong. The entry stays in the journal; a new one says what it should have said."),
)
ANNUL: Named = (
    _("Annul"),
    _(
        "What was recorded never held. It stays in the journal, struck out, with the reason; this too can be annulled."
    ),
)
