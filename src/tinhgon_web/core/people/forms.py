"""What an administrator types about people, and how everybody logs in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon import dates, text
from tinhgon_web.core import role_words
from tinhgon_web.core.models import User
from tinhgon_web.core.roles import Role

_INVISIBLE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    """A log-in name and a password; nothing that would tell whether the name exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = _("Log-in name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields.pop("remember", None)


class _CodeForm:
    """A form that asks for the code of the second step, in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: forms.Field = self.fields["code"]  # type: ignore[attr-defined]  # of the form this is mixed into
        code.label, self.label_suffix = _("Code"), ""
        code.widget.attrs.pop("placeholder", None)


class ActivateForm(_CodeForm, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """Switching on the second step."""


class SecondStepForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]  # as above
    """The second step of logging in."""


class ConfirmForm(_CodeForm, ReauthenticateForm):  # type: ignore[misc]  # as above
    """Confirming that it is oneself, by a code."""


class AccountForm(forms.ModelForm[User]):
    """Name, title and address of a person."""

    class Meta:
        model = User
        fields = ("full_name", "title", "email")
        labels = {"full_name": _("Full name"), "title": _("Office held"), "email": _("E-mail")}  # noqa: RUF012  # Django's way

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["email"].required = False

    def clean_full_name(self) -> str:
        """The name without doubled spaces; marks that turn the reading direction are refused."""
        return _plain(self.cleaned_data["full_name"])

    def clean_title(self) -> str:
        """The title, as the name."""
        return _plain(self.cleaned_data["title"])


class NewAccountForm(AccountForm):
    """A new account: also its log-in name."""

    class Meta(AccountForm.Meta):
        fields = ("username", *AccountForm.Meta.fields)  # type: ignore[assignment]  # one more than the parent's
        labels = {**AccountForm.Meta.labels, "username": _("Log-in name")}  # noqa: RUF012  # as above
        help_texts = {"username": _("Letters, digits and @ . + - _ only; it is not changed later.")}  # noqa: RUF012


class DayField(forms.CharField):
    """A day, typed as people write it."""

    def clean(self, value: Any) -> Any:
        """The day, or None where the field is empty and may be."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return dates.parse_date(typed)
        except dates.UnableToReadDate:
            raise forms.ValidationError(_("This is not a day. Write it as 09/10/2019.")) from None


class GrantForm(forms.Form):
    """A role, the place it is over and the days it holds."""

    role = forms.ChoiceField(label=_("Role"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    start = DayField(label=_("From"), max_length=20)
    end = DayField(label=_("Until"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choices = [(role.value, role_words.name(role)) for role in Role]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)


def _plain(typed: str) -> str:
    if any(mark in typed for mark in _INVISIBLE):
        raise forms.ValidationError(_("The text holds invisible marks. Type it anew instead of pasting it."))
    return text.clean(typed)
