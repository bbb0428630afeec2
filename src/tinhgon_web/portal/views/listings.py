"""Articles by month, writer and tag."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from tinhgon_web.core.rights import public
from tinhgon_web.portal import selectors
from tinhgon_web.portal.models import ArticlePage, Writer
from tinhgon_web.portal.services import tags


def _listed(
    request: HttpRequest, heading: str, articles: QuerySet[ArticlePage], about: str = ""
) -> HttpResponse:
    part = Paginator(articles, selectors.A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "portal/listing.html", {"heading": heading, "about": about, "part": part})


@public
@require_safe
def show_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The articles of a month."""
    if not (1 <= month <= 12 and dt.MINYEAR < year < dt.MAXYEAR):
        raise Http404
    heading = _("Articles of %(month)02d/%(year)d") % {"month": month, "year": year}
    return _listed(request, heading, selectors.of_month(year, month))


@public
@require_safe
def show_writer(request: HttpRequest, slug: str) -> HttpResponse:
    """What somebody wrote."""
    writer = get_object_or_404(Writer, slug=slug)
    return _listed(request, writer.name, selectors.articles().filter(writers=writer), writer.duty)


@public
@require_safe
def show_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """What is filed under a word; an address with diacritics, as they were once, leads to the one without."""
    plain = tags.plain(slug)
    tag = get_object_or_404(Tag, slug=plain)
    if plain != slug:
        return redirect("portal:tag", plain, permanent=True)
    return _listed(request, tag.name, selectors.articles().filter(tagged_items__tag=tag).distinct())
