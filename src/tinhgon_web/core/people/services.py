"""Making and closing accounts, giving and ending roles. Nothing is deleted, and every write leaves its line."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from tinhgon_web.core import audit, places
from tinhgon_web.core.models import Grant, User
from tinhgon_web.core.roles import Role

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike: temporary passwords are read aloud."""


class UnableToAdminister(ValueError):
    """An act of an administrator that the rules of the office refuse. `rule` names it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def temporary_password() -> str:
    """A password to be read aloud once and changed at the first log-in: 80 bits in four groups."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def make_account(
    *, acting: User | None, username: str, full_name: str, title: str = "", email: str = ""
) -> tuple[User, str]:
    """Make an account without any role; returns it with its temporary password, which is kept nowhere."""
    password = temporary_password()
    user = User(username=username, full_name=full_name, title=title, email=email, password_is_temporary=True)
    user.set_password(password)
    user.save()
    audit.write(acting=acting, verb="make account", what=user)
    return user, password


@transaction.atomic
def change_account(*, acting: User, user: User, full_name: str, title: str, email: str) -> None:
    """Correct what an account says of its person; the audit tells which fields, not what stood in them."""
    new = {"full_name": full_name, "title": title, "email": email}
    changed = [name for name, value in new.items() if getattr(user, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(user, name, new[name])
    user.save(update_fields=changed)
    audit.write(acting=acting, verb="change account", what=user, after={"fields": changed})


@transaction.atomic
def set_temporary_password(*, acting: User, user: User) -> str:
    """Give an account a new temporary password and log it out everywhere; returns the password."""
    password = temporary_password()
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    _log_out(user)
    audit.write(acting=acting, verb="reset password", what=user)
    return password


@transaction.atomic
def close_account(*, acting: User, user: User) -> None:
    """Nobody logs in with it any more; its grants stay as they were, to be read.

    Raises:
        UnableToAdminister: it is one's own.
    """
    if user == acting:
        raise UnableToAdminister("own account")
    _set_active(acting, user, is_active=False, verb="close account")
    _log_out(user)


@transaction.atomic
def open_account(*, acting: User, user: User) -> None:
    """Let somebody log in again."""
    _set_active(acting, user, is_active=True, verb="open account")


@transaction.atomic
def switch_off_second_step(*, acting: User, user: User) -> None:
    """Take the second step off an account whose phone and codes are lost; the next log-in is by password alone."""
    from allauth.mfa.models import Authenticator

    dropped, _ = Authenticator.objects.filter(user=user).delete()
    if dropped:
        _log_out(user)
        audit.write(acting=acting, verb="switch off second step", what=user)


@transaction.atomic
def give_role(
    *, acting: User | None, user: User, role: Role, place: str, start: dt.date, end: dt.date | None = None
) -> Grant:
    """Give a role over a place from a day on.

    Raises:
        UnableToAdminister: an administrator's role over a part, an unknown place, a role held already, a window
            that ends before it starts.
    """
    if role is Role.ADMINISTRATOR and place:
        raise UnableToAdminister("administrator of a part")
    if place and place not in places.names([place]):
        raise UnableToAdminister("unknown place")
    if end is not None and end <= start:
        raise UnableToAdminister("ends before it starts")
    held = user.grants.filter(role=role.value, place=place).exclude(end__lte=start)
    if any(end is None or grant.start < end for grant in held):
        raise UnableToAdminister("held already")
    grant = Grant.objects.create(
        user=user, role=role.value, place=place, given_by=acting, start=start, end=end
    )
    audit.write(acting=acting, verb="give role", what=grant, after=_told(grant), place=place)
    return grant


@transaction.atomic
def end_role(*, acting: User, grant: Grant, on: dt.date) -> None:
    """End a role from a day on (that day it no longer holds); one ended already stays as it is.

    Raises:
        UnableToAdminister: it is one's own administrator's role.
    """
    if grant.role == Role.ADMINISTRATOR and grant.user == acting:
        raise UnableToAdminister("own administration")
    if grant.end is not None and grant.end <= on:
        return
    before = _told(grant)
    grant.end = max(on, grant.start)
    grant.save(update_fields=["end"])
    audit.write(
        acting=acting, verb="end role", what=grant, before=before, after=_told(grant), place=grant.place
    )


def _told(grant: Grant) -> dict[str, Any]:
    end = grant.end.isoformat() if grant.end else None
    return {"user": grant.user_id, "role": grant.role, "start": grant.start.isoformat(), "end": end}


def _set_active(acting: User, user: User, *, is_active: bool, verb: str) -> None:
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    audit.write(acting=acting, verb=verb, what=user)


def _log_out(user: User) -> None:
    """End every session of somebody."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
