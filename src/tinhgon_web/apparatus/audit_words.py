"""What the register's own writes are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.registry import events
from tinhgon_web.apparatus.words import event_name

VERBS: dict[str, Promise] = {"load": _("took a whole register in")}
KINDS: dict[str, Promise] = {"register": _("register"), "entry": _("entry"), "entries": _("entries")}
FIELDS: dict[str, Promise] = {
    "events": _("events"),
    "entry": _("entry"),
    "entries": _("entries"),
}
VALUES = {
    "events": lambda name: event_name(name) if name in events.EVENTS else name,
}
