"""Forms of documents: what an officer types, read and refused field by field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhgon import dates
from tinhgon import text as letters
from tinhgon_web.documents import selectors
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.services import Fields

_SEPARATOR = ";"


class Line(forms.CharField):
    """One line of text, cleaned; invisible and stray marks are refused, not dropped in silence."""

    def to_python(self, value: Any) -> str:
        """The line without doubled spaces."""
        said = super().to_python(value) or ""
        stray = letters.stray_marks(said)
        if stray:
            marks = ", ".join(dict.fromkeys(stray))
            raise forms.ValidationError(
                _("There are invisible or stray characters (%(marks)s); type this again.") % {"marks": marks}
            )
        return letters.clean(said)


class Day(forms.Field):
    """A day typed as 09/10/2019."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
    )

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or None when nothing is typed."""
        if isinstance(value, dt.date) or not value or not value.strip():
            return value or None
        try:
            return dates.parse_date(value.strip())
        except dates.UnableToReadDate:
            raise forms.ValidationError(_("Not a day; write day/month/year, such as 9/10/2019.")) from None

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value


class Documents(forms.Field):
    """Documents by number or id, with semicolons between them."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        """Their ids, in order."""
        typed = [part.strip() for part in (value or "").split(_SEPARATOR) if part.strip()]
        return tuple(dict.fromkeys(self._id(part) for part in typed))

    def _id(self, typed: str) -> str:
        found = selectors.named(letters.clean(typed))
        if len(found) == 1:
            return str(found[0].pk)
        if not found:
            raise forms.ValidationError(
                _("There is no document '%(number)s'; add it first, or correct the number.")
                % {"number": typed}
            )
        ids = ", ".join(document.pk for document in found)
        raise forms.ValidationError(
            _("Several documents have the number '%(number)s'; write the id of one: %(ids)s.")
            % {"number": typed, "ids": ids}
        )

    def prepare_value(self, value: Any) -> Any:
        """The ids as they are typed."""
        return f"{_SEPARATOR} ".join(value) if isinstance(value, tuple) else value


class DocumentForm(forms.Form):
    """A document as its officer writes it."""

    number = Line(label=lazy("Number"), max_length=200, help_text=lazy("As printed: 158/QĐ-UBND."))
    type = Line(
        label=lazy("Type"), max_length=100, help_text=lazy("Resolution, decision, programme, report …")
    )
    issuer = Line(label=lazy("Issued by"), max_length=300)
    title = Line(label=lazy("Abstract"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    signed_on = Day(label=lazy("Signed"), required=False)
    effective_on = Day(label=lazy("In force"), required=False)
    carries_out = Documents(
        label=lazy("Carries out"),
        required=False,
        help_text=lazy("Numbers of the documents it carries out, with ; between them."),
    )
    amends = Documents(
        label=lazy("Amends"),
        required=False,
        help_text=lazy("Numbers of the documents it amends or replaces, with ; between them."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document

    def clean(self) -> dict[str, Any]:
        """What no field can say alone: days in order, one number of one issuer once, no document its own cause."""
        data = super().clean() or {}
        signed, effective = data.get("signed_on"), data.get("effective_on")
        if signed and effective and effective < signed:
            self.add_error("effective_on", _("It cannot be in force before it is signed."))
        own = self.document.pk if self.document else None
        for field in ("carries_out", "amends"):
            if own in data.get(field, ()):
                self.add_error(field, _("A document does not name itself."))
        self._check_once(data, own)
        return data

    def _check_once(self, data: dict[str, Any], own: str | None) -> None:
        same = {name: data.get(name) for name in ("number", "issuer", "signed_on")}
        twin = Document.objects.filter(**same).exclude(pk=own).first() if same["number"] else None
        if twin is not None:
            self.add_error("number", _("This document is there already, as %(id)s.") % {"id": twin.pk})

    @property
    def fields_said(self) -> Fields:
        """The form's content for the service."""
        return Fields(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class WantedForm(forms.Form):
    """What the list is asked for; what cannot be read is left out."""

    q = forms.CharField(required=False)
    loai = forms.CharField(required=False)
    co_quan = forms.CharField(required=False)
    tu = Day(required=False)
    den = Day(required=False)
    chuong_trinh = forms.CharField(required=False)

    @property
    def wanted(self) -> selectors.Wanted:
        """What was asked for."""
        self.is_valid()
        said = self.cleaned_data
        return selectors.Wanted(
            words=said.get("q") or "",
            type=said.get("loai") or "",
            issuer=said.get("co_quan") or "",
            since=said.get("tu"),
            until=said.get("den"),
            programme=said.get("chuong_trinh") or "",
        )
