"""What every public page says beside its own content: the services of the portal, and where else to go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.asof import today


@attrs.frozen(slots=True)
class Link:
    """A place to go."""

    view: str
    name: str | Promise

    @property
    def address(self) -> str:
        """Its address; nothing when there is no such page."""
        try:
            return reverse(self.view)
        except NoReverseMatch:
            return ""


SERVICES = (
    Link("where:find", _("Where is my village now")),
    Link("library:list", _("Library")),
    Link("promised:list", _("The programme")),
    Link("consulted:list", _("Open for comment")),
)
MORE = (Link("hotline:ask", _("Ask or report")),)
FOOT = (Link("opendata:about", _("Open data")),)


def links(request: HttpRequest) -> dict[str, Any]:
    """The services there are, and the day the site calls today."""
    del request
    foot = FOOT if settings.OPEN_DATA else ()
    return {
        "service_links": _there(SERVICES),
        "more_links": _there(MORE),
        "foot_links": _there(foot),
        "portal_day": today(),
    }


def _there(found: Iterable[Link]) -> list[Link]:
    return [link for link in found if link.address]
