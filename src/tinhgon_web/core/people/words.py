"""The refusals of an administrator's acts, as the administrator reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def refusal(rule: str) -> str:
    """What a broken rule is called, with the way out."""
    return {
        "own account": _("You cannot close your own account; another administrator can."),
        "own administration": _("You cannot end your own role as administrator; another administrator can."),
        "administrator of a part": _(
            "An administrator administers the whole: leave the place empty, or choose another role."
        ),
        "unknown place": _("No unit has this id. Choose one from the list that opens while you type."),
        "ends before it starts": _("The role would end before it starts. Choose a later last day."),
        "held already": _(
            "This person holds this role over this place in those days already. End that one first."
        ),
    }[rule]
