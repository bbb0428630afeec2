"""What search engines ask for: the list of pages, and where they may go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from tinhgon_web.core.rights import public
from tinhgon_web.portal import selectors
from tinhgon_web.portal.consulted.matters import matters

_LISTS = (
    "library:list",
    "library:enclosed",
    "library:photos",
    "library:films",
    "promised:list",
    "consulted:list",
    "where:find",
)
_CLOSED = ("/bien-tap/", "/tai-khoan/", "/tuy-chon/", "/ngon-ngu/", "/_util/")


@public
@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with the day it last changed."""
    pages = [*selectors.sections(), *selectors.articles()[:20_000]]
    rows = [(page.get_full_url(request), page.last_published_at) for page in pages]
    listed = [reverse(name) for name in _LISTS]
    asked = [reverse("consulted:detail", args=[one.number]) for one in matters()]
    more = [_root(request) + address for address in (*listed, *asked)]
    page = {"rows": [row for row in rows if row[0]], "more": [_root(request) + "/", *more]}
    return render(request, "portal/sitemap.xml", page, content_type="application/xml")


@public
@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """What robots leave alone, and where the list of pages is."""
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
    said = f"User-agent: *\n{closed}Sitemap: {_root(request)}{reverse('portal:sitemap')}\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def _root(request: HttpRequest) -> str:
    """The site's own address, as its settings give it: never what a header says."""
    site = Site.find_for_request(request)
    return str(site.root_url) if site else ""
