"""What the register's own writes are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {"load": _("took a whole register in")}
KINDS: dict[str, Promise] = {"register": _("register"), "entry": _("entry"), "entries": _("entries")}
