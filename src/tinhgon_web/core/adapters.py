"""How django-allauth fits this office: nobody signs up, names are whole, single sign-on never makes an account."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from tinhgon_web.core.models import User


def name_of(user: User) -> str:
    """How somebody is called on the pages."""
    return user.get_full_name()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def set_password(self, user: User, password: str) -> None:
        """A password somebody chose themselves is no temporary one."""
        user.password_is_temporary = False
        super().set_password(user, password)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """Single sign-on opens an account that is there; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        del request, sociallogin
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """The second step: its secrets are encrypted, so that a stolen database alone opens no account."""

    def encrypt(self, text: str) -> str:
        """What is stored of a secret."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; it cannot be read after SECRET_KEY has changed."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


@cache
def _fernet() -> Fernet:
    """A key of its own, derived from the site's."""
    derived = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=b"tinhgon.mfa", n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(derived))
