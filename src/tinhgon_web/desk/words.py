"""The desk's coded reasons, and why something could not be done."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

ACCEPT_REASONS = [
    ("fitting", lazy("Fits the article and the rules")),
    ("question", lazy("A question that others have too")),
    ("points_out", lazy("Points out something to be put right")),
    ("corrects", lazy("Decided wrongly before")),
]
REFUSE_REASONS = [
    ("insult", lazy("Insults or threatens somebody")),
    ("personal", lazy("Gives personal data of somebody")),
    ("unlawful", lazy("Against the law")),
    ("untrue", lazy("States as fact what is not true")),
    ("advert", lazy("Advertises something")),
    ("off_topic", lazy("Is not about the article")),
    ("repeated", lazy("Says again what was said")),
]
REASONS = dict([*ACCEPT_REASONS, *REFUSE_REASONS])
STEPS = {
    "send": lazy("sent"),
    "accept": lazy("published"),
    "reject": lazy("rejected"),
    "remove": lazy("taken down"),
    "report": lazy("objected to"),
    "keep": lazy("kept after an objection"),
    "erase": lazy("personal data erased"),
    "assign": lazy("given to an officer"),
    "answer": lazy("answered"),
    "publish": lazy("answer published"),
    "withdraw": lazy("answer no longer public"),
    "close": lazy("closed without an answer"),
}


def refusal(rule: str) -> str:
    """Why something was refused, and what can be done."""
    return {
        "closed": _("Comments on this article are closed."),
        "reply": _("The comment you answer is not there any more. Write a comment of your own."),
        "twice": _("You have sent this already; it is waiting to be looked at."),
        "full": _("Too many comments are waiting to be looked at. Please come back tomorrow."),
        "puzzle": _(
            "The answer to the question is not right, or the form was open for too long. Please try again."
        ),
        "often": _("Too much was sent from your connection. Please wait a while and send it again."),
        "step": _("Somebody else has decided this meanwhile; look at it again."),
        "reason": _("Choose a reason."),
        "owner": _("Only an officer who may edit or publish can be given this."),
        "answer": _("Write the answer first."),
        "public": _("Write the question as it is to be read by everybody, without names and addresses."),
        "not_asked": _("The reader did not agree to publication."),
    }[rule]
