"""The rail: where one can go. Each app says in its own `rail.py` what it adds; only what may be read is shown.

ENTRIES = [Entry("apparatus:tree", _("Apparatus"), "tree", 20)]
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

import attrs
from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.asof import Request
from tinhgon_web.core.roles import Right

ON_PHONE = 4


def everyone(request: HttpRequest) -> bool:
    """Shown to whoever sees the rail."""
    del request
    return True


def needs(*rights: Right) -> Callable[[HttpRequest], bool]:
    """Shown to whoever has one of the rights over some place."""
    return lambda request: any(cast(Request, request).rights.may(right) for right in rights)


@attrs.frozen(slots=True)
class Entry:
    """A place of the rail: the view it leads to, its name (lazy), its icon and its rank from the top.

    `also` are further views under which it is the place one is in; `palette` entries stand in the palette alone.
    `waiting` counts what waits there for whoever asks.
    """

    view: str
    name: str | Promise
    icon: str
    rank: int
    also: tuple[str, ...] = ()
    may: Callable[[HttpRequest], bool] = everyone
    palette: bool = False
    waiting: Callable[[HttpRequest], int] | None = None


@attrs.frozen(slots=True)
class Place:
    """An entry for one page: whether it is where the reader is, and whether a phone leaves it to the palette."""

    entry: Entry
    is_here: bool
    is_further: bool
    waiting: int = 0


OWN = (
    Entry("people:list", _("Users"), "person", 900, may=needs(Right.ADMINISTER)),
    Entry(
        "audit:list", _("The system's journal"), "journal", 910, may=needs(Right.ADMINISTER, Right.INSPECT)
    ),
)
"""What core itself adds."""


@cache
def entries() -> tuple[Entry, ...]:
    """What all apps add, from the top down."""
    names = (
        f"{config.name}.rail" for config in apps.get_app_configs() if config.name.startswith("tinhgon_web.")
    )
    modules = [import_module(name) for name in names if name != __name__ and find_spec(name) is not None]
    return tuple(
        sorted((*OWN, *(one for module in modules for one in module.ENTRIES)), key=lambda one: one.rank)
    )


def places(request: HttpRequest) -> list[Place]:
    """The entries for whoever asks, with the one they are in: that whose address is the longest match."""
    allowed = [entry for entry in entries() if entry.may(request)]
    shown = [entry for entry in allowed if not entry.palette]
    here = max(shown, key=lambda entry: _match(entry, request.path), default=None)
    first = shown[:ON_PHONE]
    return [
        Place(
            entry,
            entry is here and _match(entry, request.path) > 0,
            entry not in first,
            _waiting(entry, request),
        )
        for entry in allowed
    ]


def _waiting(entry: Entry, request: HttpRequest) -> int:
    return entry.waiting(request) if entry.waiting else 0


def _match(entry: Entry, path: str) -> int:
    addresses = (reverse(view) for view in (entry.view, *entry.also))
    return max((len(address) for address in addresses if path.startswith(address)), default=0)
