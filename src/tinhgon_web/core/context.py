"""What the frame of every page shows, whichever view makes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tinhgon_web.core.views import THEME_COOKIE, THEMES


def page(request: HttpRequest) -> dict[str, Any]:
    """The two days, the chosen looks and whether this is the demo."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "asof": getattr(request, "asof", None),
        "theme": theme if theme in THEMES else "auto",
        "demo": settings.DEMO,
    }
