"""Which place a page of figures is about: the one its address names, or all that its reader may see."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right

PLACE = "noi"


def place_of(request: HttpRequest) -> str:
    """The unit a page is about; "" for the whole register.

    Raises:
        PermissionDenied: the unit lies outside what the reader may see.
    """
    asked = cast(Request, request)
    wanted = request.GET.get(PLACE, "").strip()
    given = asked.rights.places(Right.READ)
    if not wanted:
        return "" if given is None else min(given, default="")
    if given is not None and wanted not in given:
        asked.scope.check(wanted)
    return wanted


def places_of(request: HttpRequest) -> list[str]:
    """The places a reader who may not see everything was given, to choose from."""
    return sorted(cast(Request, request).rights.places(Right.READ) or ())
