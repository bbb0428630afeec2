"""Reading accounts and the roles given to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch

from tinhgon import text
from tinhgon_web.core import places
from tinhgon_web.core.models import Grant, User
from tinhgon_web.core.roles import Role


@attrs.frozen(slots=True)
class Given:
    """A role given to somebody: over which place, by name, and whether it holds, has ended or is still to come."""

    grant: Grant
    role: Role
    place: str
    state: str


@attrs.frozen(slots=True)
class Listed:
    """An account in the list, with the roles that hold today."""

    user: User
    roles: list[Given]
    has_second_step: bool


def accounts(*, search: str, on: dt.date) -> list[Listed]:
    """The accounts whose name, log-in name or title hold every word, by name; open ones first; three queries."""
    second = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    rows = User.objects.annotate(has_second_step=Exists(second)).prefetch_related(_grants())
    words = text.fold(search).split()
    found = [row for row in rows if _holds(row, words)]
    named = places.names(grant.place for row in found for grant in row.grants.all())
    listed = [
        Listed(
            row,
            [one for grant in row.grants.all() if (one := _given(grant, named, on)).state == "holds"],
            row.has_second_step,
        )
        for row in found
    ]
    return sorted(listed, key=lambda one: (not one.user.is_active, text.sort_key(one.user.get_full_name())))


def roles_of(user: User, on: dt.date) -> list[Given]:
    """Every role ever given to somebody, those that hold first; two queries."""
    grants = list(user.grants.select_related("given_by").order_by("-start", "-id"))
    named = places.names(grant.place for grant in grants)
    order = ("holds", "to come", "ended")
    return sorted((_given(grant, named, on) for grant in grants), key=lambda one: order.index(one.state))


def _grants() -> Prefetch[str]:
    return Prefetch("grants", Grant.objects.order_by("id"))


def _given(grant: Grant, named: Mapping[str, str], on: dt.date) -> Given:
    state = "to come" if grant.start > on else "holds" if grant.end is None or grant.end > on else "ended"
    return Given(grant, Role(grant.role), named.get(grant.place, grant.place), state)


def _holds(user: User, words: list[str]) -> bool:
    folded = text.fold(f"{user.full_name} {user.username} {user.title}")
    return all(word in folded for word in words)
