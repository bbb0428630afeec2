"""What the desk adds to the rail, each with how much waits."""

from __future__ import annotations

from typing import cast

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.rail import Entry, needs
from tinhgon_web.core.roles import Right
from tinhgon_web.desk import selectors

_SECONDS = 20
"""How old a number beside an entry may be: every page shows it."""


def _to_decide(request: HttpRequest) -> int:
    del request
    return int(cache.get_or_set("desk-to-decide", selectors.to_decide, _SECONDS) or 0)


def _open_tickets(request: HttpRequest) -> int:
    is_all = cast(Request, request).rights.may(Right.PUBLISH)
    mine = None if is_all else cast(User, request.user)
    key = f"desk-tickets-{mine.pk if mine else 'all'}"
    return int(cache.get_or_set(key, lambda: selectors.open_tickets(mine), _SECONDS) or 0)


ENTRIES = [
    Entry(
        "moderation:queue",
        _("Comments"),
        "write",
        80,
        may=needs(Right.PUBLISH, Right.APPROVE),
        waiting=_to_decide,
    ),
    Entry(
        "tickets:list",
        _("Hotline"),
        "clock",
        82,
        may=needs(Right.PUBLISH, Right.EDIT),
        waiting=_open_tickets,
    ),
]
