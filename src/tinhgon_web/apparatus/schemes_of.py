"""The schemes a unit is in. Each app may know some: its `schemes_of_unit.py` has `schemes_of_unit(request, unit)`.

The apparatus itself knows the proposals recorded in the journal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import attrs
from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tinhgon_web.documents.models import Document


@attrs.frozen(slots=True)
class SchemeOfUnit:
    """A scheme with the unit in it: what it does, since when, how it stands ("waiting", "done", "withdrawn", …).

    `address` leads to the scheme's own page, where it has one; else its document does. `overtaken_by` is the decision
    that overtook it: its document, as cited, and the clause.
    """

    says: str
    since: dt.date
    state: str
    on: dt.date | None = None
    document: Document | None = None
    cited: str = ""
    clause: str = ""
    address: str = ""
    overtaken_by: tuple[Document | None, str, str] | None = None

    @property
    def state_name(self) -> str:
        """How it stands, in words."""
        names = {"waiting": _("waits"), "done": _("carried out"), "withdrawn": _("withdrawn")}
        names["overtaken"] = _("overtaken by another decision")
        return names.get(self.state, self.state)


Provider = Callable[[HttpRequest, str], Iterable[SchemeOfUnit]]


@cache
def _providers() -> tuple[Provider, ...]:
    names = (
        f"{config.name}.schemes_of_unit"
        for config in apps.get_app_configs()
        if config.name.startswith("tinhgon_web.")
    )
    return tuple(import_module(name).schemes_of_unit for name in names if find_spec(name) is not None)


def schemes_of(request: HttpRequest, unit: str) -> list[SchemeOfUnit]:
    """Every scheme the unit is in, as far as known on the page's days: those that wait first, then the latest."""
    found = [scheme for provider in _providers() for scheme in provider(request, unit)]
    return sorted(found, key=lambda one: (one.state != "waiting", -one.since.toordinal()))
