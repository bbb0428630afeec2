"""What accounts, roles and the verbs that several apps share are called in the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "make account": _("made an account"),
    "change account": _("changed an account"),
    "close account": _("closed an account"),
    "open account": _("opened an account"),
    "reset password": _("gave a new temporary password"),
    "switch off second step": _("switched off the second step of logging in"),
    "give role": _("gave a role"),
    "end role": _("ended a role"),
    "log in": _("logged in"),
    "create": _("created"),
    "change": _("changed"),
    "correct": _("corrected"),
    "annul": _("annulled"),
    "record": _("recorded"),
    "approve": _("approved"),
    "publish": _("published"),
    "import": _("imported"),
    "upload": _("uploaded"),
}
KINDS = {"user": _("account"), "grant": _("role given")}
FIELDS = {
    "user": _("account"),
    "role": _("role"),
    "start": _("from"),
    "end": _("until"),
    "fields": _("fields"),
    "reason": _("reason"),
    "note": _("note"),
    "title": _("title"),
    "name": _("name"),
    "on": _("on"),
    "place": _("place"),
    "number": _("number"),
    "state": _("state"),
    "public": _("shown to the public"),
    "document": _("document"),
    "unit": _("unit"),
    "size": _("size"),
    "sha256": _("digest of the file (SHA-256)"),
    "by": _("replaced by"),
    "count": _("how many"),
    "owner": _("in charge"),
}
