"""Which pages show the register with something laid over it, and who may see it so.

`?de-an=…` means a scheme everywhere; on the pages and files listed here it is laid over the register, for whoever may
read the place the scheme is about. Everywhere else under these paths it is left out, so that no page, file or form
shows a plan without saying so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import attrs
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon_web.apparatus import overlays
from tinhgon_web.apparatus.overlays import Overlay
from tinhgon_web.core.asof import Request

PAGES = frozenset(
    {
        "apparatus:tree",
        "apparatus:unit",
        "apparatus:table",
        "apparatus:map",
        "apparatus:chart",
        "apparatus:compare",
        "reports:review",
        "reports:figure",
        "board:page",
        "board:list",
    }
)
"""The pages that show the register with what is laid over it, under a band of its own."""
PARTS = frozenset({"apparatus:branch", "apparatus:card", "apparatus:map-data"})
"""What such pages load into themselves."""
FILES = frozenset(
    {
        "apparatus:table-export",
        "apparatus:compare-export",
        "apparatus:chart-file",
        "reports:export",
        "board:export",
    }
)
"""What can be taken away from such pages; it says by itself that it is a forecast."""


class AsIfMiddleware:
    """Gives a request its `overlay`, or leaves it out where the page shows facts alone or the scheme is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the address is resolved."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Find the overlay an address names.

        Raises:
            PermissionDenied: the place it is about is not covered by what the person may read.
        """
        del view, args, kwargs
        asked = cast(Request, request)
        if not asked.asof.as_if:
            return None
        match = request.resolver_match
        shown = match is not None and match.view_name in PAGES | PARTS | FILES
        overlay = overlays.find(asked.asof.as_if, asked.asof.on) if shown else None
        if overlay is None:
            asked.asof = attrs.evolve(asked.asof, as_if="")
            return None
        asked.scope.check(overlay.place)
        if match is not None and match.view_name not in PARTS:
            request.overlay = overlay  # type: ignore[attr-defined]  # read by `apparatus.context`
        return None


def overlay_of(request: HttpRequest) -> Overlay | None:
    """What the page or file lays over the register."""
    return getattr(request, "overlay", None)


def forecast(request: HttpRequest) -> str:
    """What a file says of itself that shows a plan; "" where it shows facts."""
    overlay = overlay_of(request)
    if overlay is None:
        return ""
    return _("FORECAST, NOT A FACT: as if in force: %(title)s") % {"title": overlay.title}


def file_name(request: HttpRequest, name: str) -> str:
    """The name of a file, saying where it is a forecast."""
    return name if overlay_of(request) is None else f"du-kien-{name}"
