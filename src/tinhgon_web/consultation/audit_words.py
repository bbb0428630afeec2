"""What is done in asking the households, as the audit says it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "open": _("opened"),
    "close": _("closed"),
    "ask again": _("began a next round"),
    "fill rolls": _("filled the rolls"),
    "erase names": _("erased the names"),
    "issue codes": _("issued codes"),
    "post": _("posted"),
    "post forms": _("entered into the ledger"),
    "redeclare": _("declared the counts anew"),
    "key 1": _("keyed the forms, first time"),
    "key 2": _("keyed the forms, second time"),
    "settle": _("settled what was keyed differently"),
    "drop": _("dropped"),
    "group opinions": _("grouped opinions"),
    "answer opinions": _("answered opinions"),
}
KINDS: dict[str, Promise] = {
    "round": _("round of asking"),
    "roll": _("roll of households"),
    "answer": _("answer of a household"),
    "batch": _("batch of paper forms"),
    "scan": _("scan of paper forms"),
    "opiniongroup": _("group of opinions"),
}
FIELDS: dict[str, Promise] = {
    "opens": _("opens"),
    "closes": _("closes"),
    "households": _("households"),
    "forms": _("forms"),
    "lines": _("lines of the rolls"),
    "from": _("from"),
    "at": _("posted at"),
    "seq": _("number in the ledger"),
    "batch": _("batch of paper forms"),
    "agree": _("agree"),
    "disagree": _("disagree"),
    "other": _("another opinion"),
    "invalid": _("invalid"),
    "numbers": _("numbers on the roll"),
    "issued": _("codes issued"),
}
