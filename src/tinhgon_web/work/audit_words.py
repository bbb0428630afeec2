"""What programmes and targets are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon_web.apparatus.words import indicator_name

VERBS: dict[str, Promise] = {"delete": _("deleted")}
KINDS: dict[str, Promise] = {"programme": _("programme"), "target": _("target of a programme")}
FIELDS: dict[str, Promise] = {
    "starts_on": _("starts on"),
    "published": _("published"),
    "indicator": _("indicator"),
    "base": _("at the start"),
    "value": _("target"),
    "direction": _("direction"),
    "due_on": _("due on"),
    "clause": _("clause"),
}
_DIRECTIONS = {"at_most": _("at most the target"), "at_least": _("at least the target")}
VALUES = {
    "indicator": indicator_name,
    "direction": lambda code: str(_DIRECTIONS.get(code, code)),
}
