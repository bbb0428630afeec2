"""What the frame of every page shows, whichever view makes it."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tinhgon_web.core import places, rail
from tinhgon_web.core.asof import KNOWN, ON, Request
from tinhgon_web.core.views import THEME_COOKIE, THEMES


def page(request: HttpRequest) -> dict[str, Any]:
    """The two days, the chosen looks, and what else the address asks for (the form of the two days keeps it)."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "asof": getattr(request, "asof", None),
        "rail": SimpleLazyObject(lambda: rail.places(request)),
        "own_places": SimpleLazyObject(lambda: _own_places(request)),
        "theme": theme if theme in THEMES else "auto",
        "other_params": [
            (name, value)
            for name, values in request.GET.lists()
            if name not in (ON, KNOWN, "trang")
            for value in values
        ],
    }


def _own_places(request: HttpRequest) -> list[str]:
    """The names of the places the reader's roles cover."""
    rights = cast(Request, request).rights
    return list(places.names(rights.places() or {""}).values()) if rights.granted else []
