"""Forms of programmes and targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhgon.figures import CATALOGUE
from tinhgon.registry import kinds
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.selectors.projected import held
from tinhgon_web.core.asof import today
from tinhgon_web.core.templatetags.tinhgon import local
from tinhgon_web.documents.forms import Day, Documents, Line
from tinhgon_web.work.models import Target


class ProgrammeForm(forms.Form):
    """A document that sets targets."""

    document = Documents(
        label=lazy("Document"), help_text=lazy("Its number, as the register of documents has it.")
    )
    starts_on = Day(
        label=lazy("Changes count from the end of"),
        help_text=lazy("Often the day it was signed. Day, month, year."),
    )

    def clean_document(self) -> str:
        """One document."""
        given: tuple[str, ...] = self.cleaned_data["document"]
        if len(given) != 1:
            raise forms.ValidationError(_("Name one document."))
        return given[0]


class TargetForm(forms.Form):
    """What an indicator is to reach by a day."""

    indicator = forms.ChoiceField(label=lazy("Indicator"))
    place = forms.ChoiceField(label=lazy("Place"), required=False)
    direction = forms.ChoiceField(label=lazy("The value must be"))
    value = forms.DecimalField(
        label=lazy("Target value"),
        max_digits=12,
        decimal_places=2,
        help_text=lazy("A reduction is negative: −90 for 90 fewer than on the first day."),
    )
    base = forms.DecimalField(
        label=lazy("Value at which nothing is reached"),
        max_digits=12,
        decimal_places=2,
        initial=0,
        help_text=lazy("0 for a change; for something that is to vanish, how many there were."),
    )
    due_on = Day(label=lazy("Due"))
    clause = Line(label=lazy("Clause"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "indicator": [(code, str(local(one, ""))) for code, one in CATALOGUE.items()],
            "place": [("", _("The whole register")), *_places()],
            "direction": [
                (Target.Direction.AT_MOST.value, _("at most the target")),
                (Target.Direction.AT_LEAST.value, _("at least the target")),
            ],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found


def _places() -> list[tuple[str, str]]:
    wanted = kinds.PROVINCE_KINDS | kinds.DISTRICT_KINDS
    rows = held(UnitSpan.objects.filter(kind__in=wanted), today()).order_by("sort_key")
    return list(rows.values_list("unit", "name"))
