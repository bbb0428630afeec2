"""The desk's coded reasons, and why something could not be done."""

from __future__ import annotations

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

ACCEPT_REASONS = [
    ("fitting", _("Fits the article and the rules")),
    ("question", _("A question that others have too")),
    ("points_out", _("Points out something to be put right")),
    ("corrects", _("Decided wrongly before")),
]
REFUSE_REASONS = [
    ("insult", _("Insults or threatens somebody")),
    ("personal", _("Gives personal data of somebody")),
    ("unlawful", _("Against the law")),
    ("untrue", _("States as fact what is not true")),
    ("advert", _("Advertises something")),
    ("off_topic", _("Is not about the article")),
    ("repeated", _("Says again what was said")),
]
REASONS = dict([*ACCEPT_REASONS, *REFUSE_REASONS])
STEPS = {
    "send": _("sent"),
    "accept": _("published"),
    "reject": _("rejected"),
    "remove": _("taken down"),
    "report": _("objected to"),
    "keep": _("kept after an objection"),
    "erase": _("personal data erased"),
    "assign": _("given to an officer"),
    "answer": _("answered"),
    "publish": _("answer published"),
    "withdraw": _("answer no longer public"),
    "close": _("closed without an answer"),
}


def refusal(rule: str) -> str:
    """Why something was refused, and what can be done."""
    return {
        "closed": said("Comments on this article are closed."),
        "reply": said("The comment you answer is not there any more. Write a comment of your own."),
        "twice": said("You have sent this already; it is waiting to be looked at."),
        "full": said("Too many comments are waiting to be looked at. Please come back tomorrow."),
        "puzzle": said(
            "The answer to the question is not right, or the form was open for too long. Please try again."
        ),
        "often": said("Too much was sent from your connection. Please wait a while and send it again."),
        "step": said("Somebody else has decided this meanwhile; look at it again."),
        "reason": said("Choose a reason."),
        "owner": said("Only an officer who may edit or publish can be given this."),
        "answer": said("Write the answer first."),
        "public": said("Write the question as it is to be read by everybody, without names and addresses."),
        "not_asked": said("The reader did not agree to publication."),
    }[rule]
