"""The pages of the search; nothing asked is kept."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tinhgon import text
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import public
from tinhgon_web.portal.search import selectors
from tinhgon_web.portal.search.marking import excerpt, marked
from tinhgon_web.portal.search.models import Entry
from tinhgon_web.portal.search.spelling import Asked, read

LONGEST, A_PAGE, FIRST_PLACES = 200, 20, 6
Kind = Entry.Kind
_WRITTEN = (Kind.ARTICLE, Kind.DOCUMENT)
SORTS = {
    "bai": (_("Articles"), (Kind.ARTICLE,)),
    "van-ban": (_("Documents"), (Kind.DOCUMENT,)),
    "noi": (_("Places"), (Kind.PLACE,)),
}
"""Word of the address -> its name, the kinds it shows."""


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found; without a sort, the best places above articles and documents."""
    typed, asked = _asked(request)
    sort = request.GET.get("loai", "")
    sort = sort if sort in SORTS else ""
    found = selectors.found(asked, SORTS[sort][1] if sort else _WRITTEN)
    part = Paginator(cast(Any, found), A_PAGE).get_page(request.GET.get("trang"))
    places = selectors.found(asked, (Kind.PLACE,), FIRST_PLACES + 1)[:] if not sort else []
    page: dict[str, Any] = {
        "typed": typed,
        "query": typed,
        "asked": asked,
        "sort": sort,
        "sorts": [(word, name) for word, (name, _kinds) in SORTS.items()],
        "part": part,
        "more": found.more,
        "results": [_shown(one, asked) for one in part],
        "places": [_shown(one, asked) for one in places[:FIRST_PLACES]],
        "more_places": len(places) > FIRST_PLACES,
    }
    return render(request, "portal/search/results.html", page)


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles for what is typed so far; a fragment for the form, or a list by itself."""
    typed, asked = _asked(request)
    page = {"typed": typed, "suggestions": [_shown(one, asked) for one in selectors.suggested(typed)]}
    whole = not cast(Request, request).htmx
    return render(request, "portal/search/suggest.html" if whole else "portal/search/suggestions.html", page)


def _asked(request: HttpRequest) -> tuple[str, Asked]:
    typed = text.clean(request.GET.get("q", "").replace("\0", " "))[:LONGEST]
    return typed, read(typed)


def _shown(entry: Entry, asked: Asked) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "address": entry.address,
        "title": marked(entry.title, asked),
        "plain": entry.title,
        "excerpt": excerpt(entry.text, asked) if "text" in entry.__dict__ and entry.text else "",
        "day": entry.day,
    }
