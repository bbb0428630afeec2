"""What is done with schemes, as the audit says it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon_web.schemes.templatetags.schemes import step_name
from tinhgon_web.schemes.words import name

VERBS: dict[str, Promise] = {
    "plan": _("had variants computed"),
    "copy": _("copied a variant"),
    "edit": _("edited a variant"),
    "undo": _("undid an edit"),
    "redo": _("made an undone edit again"),
    "choose": _("chose a variant"),
    "except": _("named a specific factor"),
    "take back": _("took a specific factor back"),
    "attach paper": _("attached a paper of a step"),
    "publish paper": _("made a paper of a step public"),
    "withdraw paper": _("made a paper of a step private again"),
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
FIELDS: dict[str, Promise] = {
    "variant": _("variant"),
    "form": _("form"),
    "edit": _("edit"),
    "year": _("year"),
    "plan": _("plan"),
    "status": _("status"),
    "step": _("step"),
    "paper": _("paper of the step"),
    "sort": _("kind of reminder"),
    "people": _("people"),
    "decision": _("decision"),
    "version": _("version of the scheme"),
}
_CODES = {
    "due": _("due soon"),
    "overdue": _("overdue"),
    "law": _("The law: fewest mergers that leave nobody below"),
    "max-p": _("Most units that all meet the standard"),
    "target": _("A number of units in all"),
}


def _coded(code: str) -> str:
    return str(_CODES.get(code, code))


VALUES = {
    "state": lambda code: name(f"state:{code}"),
    "reason": lambda code: name(f"reason:{code}"),
    "status": lambda code: name(f"status:{code}"),
    "step": step_name,
    "sort": _coded,
    "form": _coded,
}
