"""What is done with schemes, as the audit says it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "plan": _("had variants computed"),
    "copy": _("copied a variant"),
    "edit": _("edited a variant"),
    "undo": _("undid an edit"),
    "redo": _("made an undone edit again"),
    "choose": _("chose a variant"),
    "except": _("named a specific factor"),
    "take back": _("took a specific factor back"),
    "take step": _("took a step of the procedure"),
    "send back": _("sent back"),
    "recheck": _("had the figures checked again"),
    "withdraw": _("withdrew"),
    "place": _("placed people and posts"),
    "enact": _("enacted"),
    "remind": _("sent a reminder of a limit"),
    "look after": _("followed up what is left over"),
}
KINDS: dict[str, Promise] = {"scheme": _("scheme"), "leftover": _("asset or headcount left over")}
