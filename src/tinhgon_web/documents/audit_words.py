"""What writes about documents are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {"attach": _("attached a file")}
KINDS: dict[str, Promise] = {"document": _("document"), "documentfile": _("file of a document")}
FIELDS: dict[str, Promise] = {
    "type": _("type"),
    "issuer": _("issuer"),
    "signed_on": _("signed on"),
    "effective_on": _("in force from"),
    "carries_out": _("carries out"),
    "amends": _("amends"),
}
