"""The latest articles for readers' programs, and the list of pages for search engines."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from tinhgon_web.core.rights import public
from tinhgon_web.portal import selectors
from tinhgon_web.portal.models import ArticlePage
from tinhgon_web.portal.templatetags.portal import plain_figures

_MOST = 30


class Latest(Feed[ArticlePage, Any]):
    """The latest articles as RSS."""

    title = _("Latest")
    link = "/"
    description = _("The latest articles of the portal")
    item_guid_is_permalink: ClassVar = True

    def items(self) -> list[ArticlePage]:
        """The newest articles."""
        return list(selectors.articles()[:_MOST])

    def item_title(self, item: Page) -> str:
        """The headline."""
        return str(item.title)

    def item_description(self, item: ArticlePage) -> str:
        """The lead, its figures filled in."""
        return plain_figures(item.lead, item)

    def item_link(self, item: ArticlePage) -> str:
        """The article's address."""
        return item.get_full_url() or item.url or "/"

    def item_pubdate(self, item: ArticlePage) -> dt.datetime | None:
        """When it was published."""
        return item.first_published_at

    def item_updateddate(self, item: ArticlePage) -> dt.datetime | None:
        """When it was last changed."""
        return item.last_published_at


class LatestAtom(Latest):
    """The latest articles as Atom."""

    feed_type = Atom1Feed
    subtitle = Latest.description


@public
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """The latest articles as RSS."""
    return Latest()(request)


@public
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The latest articles as Atom."""
    return LatestAtom()(request)
