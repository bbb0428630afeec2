"""What the frame of every page shows, whichever view makes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tinhgon_web.core import rail
from tinhgon_web.core.asof import KNOWN, ON
from tinhgon_web.core.views import THEME_COOKIE, THEMES


def page(request: HttpRequest) -> dict[str, Any]:
    """The two days, the chosen looks, and what else the address asks for (the form of the two days keeps it)."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "asof": getattr(request, "asof", None),
        "rail": rail.places(request),
        "theme": theme if theme in THEMES else "auto",
        "other_params": [
            (name, value)
            for name, values in request.GET.lists()
            if name not in (ON, KNOWN, "trang")
            for value in values
        ],
    }
