"""The fields of the doors: days, clean text, units, documents and numbers, as officers type them."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhgon import dates, text
from tinhgon.registry.state import Register
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.selectors.projected import held
from tinhgon_web.core.templatetags.tinhgon import typed_day
from tinhgon_web.documents.models import Document

LONGEST = 300
_FEW = 5


def _suggesting(view: str, listed: str) -> dict[str, Any]:
    """A field that shows what matches while it is typed in; without scripts it is a field like others."""
    return {
        "autocomplete": "off",
        "list": listed,
        "hx-get": reverse_lazy(view),
        "hx-trigger": "input changed delay:250ms",
        "hx-target": f"#{listed}",
        "class": "wide",
    }


_TURNING = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])
_MARKS = frozenset("\u200e\u200f\u061c")


def hidden_marks(value: str) -> list[str]:
    """Characters that turn the direction of writing or control a terminal, as U+XXXX."""
    return [
        f"U+{ord(char):04X}"
        for char in value
        if char in _MARKS
        or unicodedata.bidirectional(char) in _TURNING
        or (unicodedata.category(char) == "Cc" and char not in "\t\r\n")
    ]


class CleanField(forms.CharField):
    """Text of one line: composed letters, single spaces, nothing invisible."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_length": LONGEST, "strip": True, **more})

    def to_python(self, value: Any) -> str:
        """Refuse what hides in text; drop what word processors leave in it."""
        typed = super().to_python(value) or ""
        marks = hidden_marks(typed)
        if marks:
            raise ValidationError(
                _(
                    "Characters that cannot be seen stand in it (%(marks)s): type it anew instead of pasting it."
                )
                % {"marks": ", ".join(dict.fromkeys(marks))}
            )
        return text.clean(typed)


class DayField(forms.CharField):
    """A day, typed as 9/10/2019 or 2019-10-09; the value is a date, None when left empty."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "size": 10, "class": "day"}
    )

    def to_python(self, value: Any) -> Any:
        """Read it."""
        if isinstance(value, dt.date):
            return value
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return dates.parse_date(typed)
        except dates.UnableToReadDate as refusal:
            raise ValidationError(refusal.message(get_language() or "vi")) from None

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return typed_day(value) if isinstance(value, dt.date) else value


class NumberField(forms.CharField):
    """A number of at least zero as people write it: 1.875 and 12,5, or 1875 and 12.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 12, "class": "n"})

    def __init__(self, *, whole: bool = True, **more: Any) -> None:
        super().__init__(**more)
        self.whole = whole

    def to_python(self, value: Any) -> Any:
        """An int, or a float where parts are possible; None when left empty."""
        if isinstance(value, int | float):
            return value
        typed = (super().to_python(value) or "").replace("\u00a0", "").replace(" ", "")
        if not typed:
            return None
        plain = typed.replace(".", "").replace(",", "") if self.whole else _decimal(typed)
        try:
            number = int(plain) if self.whole else float(plain)
        except ValueError:
            number = -1
        if not 0 <= number < 1e12 or not plain.replace(".", "").isascii():
            raise ValidationError(_("'%(typed)s' is not a number of at least zero.") % {"typed": typed})
        return number


def _decimal(typed: str) -> str:
    """The decimal mark is the last of , and . when both stand there, else whichever does."""
    mark = max(",.", key=typed.rfind)
    whole, _mark, part = typed.rpartition(mark)
    return f"{whole.replace(',', '').replace('.', '')}.{part}" if whole or mark in typed else part


class UnitField(forms.CharField):
    """A unit of the register: by id, by code, or by a name that only one open unit has."""

    widget = forms.TextInput(attrs=_suggesting("doors:units", "don-vi"))

    def __init__(self, *, register: Register, on: dt.date, **more: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **more})
        self.register, self.on = register, on

    def to_python(self, value: Any) -> str:
        """The unit's id; empty when left empty."""
        typed = super().to_python(value) or ""
        id_ = typed.partition(" · ")[0].strip()
        if not id_ or id_ in self.register.units:
            return id_
        rows = held(UnitSpan.objects.filter(Q(code=id_) | Q(folded=text.fold(typed))), self.on)
        found = list(rows.order_by("unit").values_list("unit", "name"))
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise ValidationError(_("No open unit has the id, code or name '%(typed)s'.") % {"typed": typed})
        shown = "; ".join(f"{unit} · {name}" for unit, name in found[:_FEW])
        raise ValidationError(
            _("%(count)s units are called '%(typed)s': write the id of one, as in: %(shown)s")
            % {"count": len(found), "typed": typed, "shown": shown}
        )

    def prepare_value(self, value: Any) -> Any:
        """With the name beside the id."""
        unit = self.register.units.get(value) if isinstance(value, str) else None
        return value if unit is None else f"{unit.id} · {unit.name(self.on)}"


class DocumentField(forms.CharField):
    """A document of the register: by id, or by its number."""

    widget = forms.TextInput(attrs=_suggesting("doors:documents", "van-ban"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **more})

    def to_python(self, value: Any) -> str:
        """The document's id; empty when left empty."""
        typed = super().to_python(value) or ""
        id_ = typed.partition(" · ")[0].strip()
        if not id_ or Document.objects.filter(id=id_).exists():
            return id_
        found = list(Document.objects.filter(number__iexact=id_)[:_FEW])
        if len(found) == 1:
            return str(found[0].pk)
        near = found
        for word in text.fold(typed).split() if not found else ():
            near = list(Document.objects.filter(folded__contains=word)[:_FEW])
        shown = "; ".join(f"{document.pk} · {document.number}" for document in near) or "–"
        raise ValidationError(
            _("'%(typed)s' names no single document of the register. Nearest: %(shown)s")
            % {"typed": typed, "shown": shown}
        )

    def prepare_value(self, value: Any) -> Any:
        """With the number beside the id."""
        found = Document.objects.filter(id=value).first() if isinstance(value, str) and value else None
        return value if found is None else f"{found.pk} · {found.number}"
