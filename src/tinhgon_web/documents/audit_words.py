"""What writes about documents are called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {"attach": _("attached a file")}
KINDS: dict[str, Promise] = {"document": _("document"), "documentfile": _("file of a document")}
