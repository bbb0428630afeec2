"""What bringing in and taking out is called in the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "mend": _("mended refused rows"),
    "undo import": _("undid an import"),
}
KINDS: dict[str, Promise] = {"import": _("import from Excel")}
FIELDS: dict[str, Promise] = {
    "first": _("first entry"),
    "last": _("last entry"),
    "left_out": _("rows left out"),
    "files": _("files"),
}
