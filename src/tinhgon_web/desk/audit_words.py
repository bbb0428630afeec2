"""What the desk's lines say in the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.desk.words import REASONS

VERBS = {
    "send comment": _("sent a comment"),
    "accept comment": _("published a comment"),
    "reject comment": _("rejected a comment"),
    "remove comment": _("took down a comment"),
    "report comment": _("objected to a comment"),
    "keep comment": _("let a comment stand"),
    "erase comment": _("erased a comment"),
    "send ticket": _("asked the hotline"),
    "assign ticket": _("gave a ticket to an officer"),
    "answer ticket": _("answered a ticket"),
    "close ticket": _("closed a ticket"),
    "publish ticket": _("published an answer"),
    "withdraw ticket": _("took back an answer"),
    "erase ticket": _("erased a ticket"),
}
KINDS = {"comment": _("comment"), "ticket": _("ticket")}
FIELDS = {
    "kind": _("kind"),
    "page": _("article"),
    "due": _("due"),
    "objections": _("objections settled"),
}
VALUES = {
    "reason": lambda code: str(REASONS.get(code, code)),
}
