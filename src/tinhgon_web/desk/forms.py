"""What readers and officers type, checked before a service is asked."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.models import User
from tinhgon_web.desk.models import Ticket
from tinhgon_web.desk.words import ACCEPT_REASONS, REFUSE_REASONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_KEPT = "\n\t"


def seen(text: str) -> str:
    """A text in one form of Unicode, without characters that hide or turn others round."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Co")
    )


class SeenField(forms.CharField):
    """A text of a reader."""

    def to_python(self, value: Any) -> str:
        """The text without what cannot be seen."""
        return seen(super().to_python(value) or "").strip()


def _long(label: StrOrPromise, most: int, rows: int = 5, **more: Any) -> SeenField:
    return SeenField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class PuzzleForm(forms.Form):
    """A form with a puzzle: its token, the browser's work, a person's answer."""

    token = forms.CharField(max_length=600, widget=forms.HiddenInput)
    work = forms.CharField(max_length=1200, required=False, widget=forms.HiddenInput)
    answer = SeenField(
        label="", max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CommentForm(PuzzleForm):
    """A comment."""

    name = SeenField(label=_("Name shown"), max_length=60)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Not shown. You may leave it empty; we delete it when you ask."),
    )
    text = _long(_("Comment"), 2000)
    field_order = ("name", "email", "text")


class ReportForm(PuzzleForm):
    """An objection to a comment."""

    reason = forms.ChoiceField(label=_("What is wrong with it"), choices=REFUSE_REASONS)
    words = _long(_("In your words"), 500, 3, required=False)
    field_order = ("reason", "words")


class AskForm(PuzzleForm):
    """A question or report to the office."""

    kind = forms.ChoiceField(label=_("Kind of request"), choices=Ticket.Kind.choices)
    subject = SeenField(label=_("Subject"), max_length=200)
    text = _long(_("What you want to ask or report"), 5000, 8)
    name = SeenField(label=_("Name"), max_length=60, required=False, help_text=_("You may leave it empty."))
    contact = SeenField(
        label=_("Telephone or email"),
        max_length=120,
        required=False,
        help_text=_("You may leave it empty: the answer can be read here with your code."),
    )
    may_publish = forms.BooleanField(label=_("The answer may be published, without my name"), required=False)
    field_order = ("kind", "subject", "text", "name", "contact", "may_publish")


class CodeForm(forms.Form):
    """A look-up code."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class DecisionForm(forms.Form):
    """A moderator's decision."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("accept", "reject", "remove", "keep", "erase")]
    )
    accept_reason = forms.ChoiceField(label=_("Reason"), choices=ACCEPT_REASONS, required=False)
    refuse_reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("choose a reason")), *REFUSE_REASONS], required=False
    )
    note = SeenField(label=_("Note for colleagues"), max_length=500, required=False)

    @property
    def reason(self) -> str:
        """The reason of the decision that was taken."""
        name = "accept_reason" if self.cleaned_data["verb"] == "accept" else "refuse_reason"
        return str(self.cleaned_data[name])


class TicketForm(forms.Form):
    """One step with a ticket; which fields count depends on the verb."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("assign", "answer", "close", "publish", "withdraw", "erase")]
    )
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True), required=False)
    words = SeenField(max_length=5000, required=False)
