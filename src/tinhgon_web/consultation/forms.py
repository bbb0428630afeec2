"""What is typed into the pages of a consultation, checked before a service is asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.services.ledger import LONGEST_OPINION, Said
from tinhgon_web.consultation.words import BASES, CHOICES, WEB_CHOICES

_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
_KEYED = re.compile(r"phieu-(\d{1,6})")
_SETTLED = re.compile(r"quyet-(\d{1,6})")
_OPINION = re.compile(r"^\s*(\d{1,6})\s*[:.\-]\s*(.+?)\s*$")
WITHDRAWN = "withdrawn"


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    place = forms.DateInput(
        attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
    )
    return forms.DateField(label=label, input_formats=_DAYS, widget=place, help_text=help_text)


class RoundForm(forms.Form):
    """A new round over some units of a commune."""

    title = forms.CharField(label=_("Name of the consultation"), max_length=300)
    question = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    kind = forms.ChoiceField(label=_("What it is about"), choices=Round.Kind.choices)
    base = forms.ChoiceField(label=_("Who is asked"), choices=BASES)
    opens = _day(_("First day"))
    last_day = _day(_("Last day"), _("Answers are taken until the end of this day."))
    units = forms.MultipleChoiceField(label=_("Villages asked"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = villages  # type: ignore[attr-defined]  # the field declared above has them

    @property
    def closes(self) -> dt.date:
        """The first day on which no answer is taken."""
        return self.cleaned_data["last_day"] + dt.timedelta(days=1)  # type: ignore[no-any-return]  # a day, by its field


class AgainForm(forms.Form):
    """The days of the next round."""

    opens = _day(_("First day"))
    last_day = _day(_("Last day"))


class UploadForm(forms.Form):
    """A roll as an Excel file."""

    file = forms.FileField(
        label=_("Excel file (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )


class ScanForm(forms.Form):
    """A scan of signed minutes."""

    file = forms.FileField(
        label=_("Scan of the signed minutes"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class PostForm(forms.Form):
    """Since when and where a roll hangs in public."""

    posted_from = _day(_("Posted since"))
    posted_at = forms.CharField(label=_("Posted where"), max_length=300)


class TotalsForm(forms.Form):
    """The totals of a batch's signed minutes."""

    agree = forms.IntegerField(label=CHOICES[0][1], min_value=0)
    disagree = forms.IntegerField(label=CHOICES[1][1], min_value=0)
    other = forms.IntegerField(label=CHOICES[2][1], min_value=0)
    invalid = forms.IntegerField(label=CHOICES[3][1], min_value=0)

    @property
    def declared(self) -> dict[str, int]:
        """The totals by choice."""
        return {choice: self.cleaned_data[choice] for choice, _words in CHOICES}


class BatchForm(TotalsForm):
    """A new batch: its totals, and the number of the signed minutes."""

    minutes = forms.CharField(label=_("Number of the minutes"), max_length=200, required=False)


class CorrectionForm(forms.Form):
    """A household's answer replaced or withdrawn."""

    number = forms.IntegerField(label=_("Number on the roll"), min_value=1)
    choice = forms.ChoiceField(label=_("Corrected to"), choices=[*CHOICES, (WITHDRAWN, _("Withdrawn"))])
    opinion = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    @property
    def said(self) -> Said | None:
        """The new answer, None for a withdrawal."""
        choice = self.cleaned_data["choice"]
        return None if choice == WITHDRAWN else Said(choice, self.cleaned_data["opinion"].strip())


class CodeForm(forms.Form):
    """The code of a slip, as somebody types it."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "K7M2-Q9XA-3RTD",
            }
        ),
    )


class AnswerForm(forms.Form):
    """What a household says on the web."""

    token = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("Your household's answer"), choices=WEB_CHOICES, widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label=_("Anything you want to add"),
        required=False,
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Not needed. Please write no names and no telephone numbers: officers read it to sum up opinions."
        ),
    )

    @property
    def said(self) -> Said:
        """The answer."""
        return Said(self.cleaned_data["choice"], self.cleaned_data["opinion"].strip())


def keyed_forms(data: Mapping[str, str]) -> dict[int, Said]:
    """The forms of one entry: a choice for each number keyed, and opinions as lines "12: words"."""
    opinions = dict(_opinions(data.get("opinions", "")))
    return {
        number: Said(choice, opinions.get(number, "")) for number, choice in _numbered(data, _KEYED).items()
    }


def settlements(data: Mapping[str, str]) -> dict[int, str]:
    """What is decided for each number on which two entries differ."""
    return _numbered(data, _SETTLED)


def _numbered(data: Mapping[str, str], name: re.Pattern[str]) -> dict[int, str]:
    found = ((name.fullmatch(key), value) for key, value in data.items())
    return {int(match[1]): value for match, value in found if match and value}


def _opinions(written: str) -> list[tuple[int, str]]:
    lines = (_OPINION.match(line) for line in written.splitlines())
    return [(int(line[1]), line[2]) for line in lines if line]
