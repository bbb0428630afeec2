"""What programmes and targets are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {"delete": _("deleted")}
KINDS: dict[str, Promise] = {"programme": _("programme"), "target": _("target of a programme")}
