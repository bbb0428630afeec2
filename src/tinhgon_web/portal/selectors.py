"""What the portal's pages show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import attrs
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, Substr, TruncMonth

from tinhgon_web.portal import figures
from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage

A_PAGE, LATEST, STRIP, RELATED = 20, 9, 4, 4
_DRAWN = ("apparatus/css/map.css", "portal/css/drawn.css")


@attrs.frozen(slots=True)
class Strip:
    """A section with its newest articles."""

    section: SectionPage
    articles: list[ArticlePage]


def articles() -> QuerySet[ArticlePage]:
    """Published articles that were not withdrawn, newest first, with what a list of them shows.

    None is for some readers alone: that takes the permission to publish, which no group has.
    """
    found = ArticlePage.objects.live().filter(withdrawn_because="")
    return found.select_related("cover").order_by("-first_published_at", "-pk")


def front(page: FrontPage) -> dict[str, Any]:
    """The lead story, the latest, and a strip of each section: three queries, however many sections there are."""
    newest, named = list(articles().descendant_of(page)[: LATEST + 1]), list(sections())
    return {
        "first": newest[0] if newest else None,
        "latest": newest[1:],
        "sections": named,
        "strips": list(_strips(named)),
    }


def _strips(named: list[SectionPage]) -> Iterator[Strip]:
    """The newest of each section, of those that have any."""
    under = Substr("path", 1, (F("depth") - 1) * ArticlePage.steplen)
    newest = [F("first_published_at").desc(), F("pk").desc()]
    placed = articles().annotate(nth=Window(RowNumber(), partition_by=under, order_by=newest))
    found: dict[str, list[ArticlePage]] = defaultdict(list)
    for article in placed.filter(nth__lte=STRIP):
        found[article.path[: -ArticlePage.steplen]].append(article)
    return (Strip(one, found[one.path]) for one in named if one.path in found)


def sections() -> QuerySet[SectionPage]:
    """The sections, in the editors' order."""
    return SectionPage.objects.live().order_by("path")


def section(page: SectionPage, number: str | None) -> dict[str, Any]:
    """A part of a section's articles, and how many there are of each month."""
    listed = articles().child_of(page)
    return {"part": Paginator(listed, A_PAGE).get_page(number), "months": months(listed)}


def months(listed: QuerySet[ArticlePage]) -> list[dict[str, Any]]:
    """Month -> number of articles, the newest month first."""
    counted = listed.order_by().annotate(month=TruncMonth("first_published_at")).values("month")
    return list(counted.annotate(n=Count("pk")).order_by("-month"))


def of_month(year: int, month: int) -> QuerySet[ArticlePage]:
    """The articles of a month."""
    first = dt.date(year, month, 1)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return articles().filter(first_published_at__date__gte=first, first_published_at__date__lt=following)


def article(page: ArticlePage) -> dict[str, Any]:
    """An article's figures, its section, and what to read next."""
    labels, named = list(page.tags.all()), list(sections())
    drawn = {"map", "chart"} & {block.block_type for block in page.body}
    return {
        "sheets": _DRAWN if drawn else (),
        "figures": figures.live(page),
        "sections": named,
        "section": next((one for one in named if page.path.startswith(one.path)), None),
        "writers": list(page.writers.all()),
        "labels": labels,
        "put_right": list(page.corrections.order_by("-made_on")),
        "related": related(page, [tag.pk for tag in labels]),
    }


def related(page: ArticlePage, tags: list[int]) -> list[ArticlePage]:
    """Articles that share most of its tags, filled up with the newest of its section."""
    others = articles().exclude(pk=page.pk)
    sharing = (
        others.filter(tagged_items__tag__in=tags)
        .annotate(shared=Count("tagged_items__tag"))
        .order_by("-shared", "-first_published_at")
    )
    found = list(sharing[:RELATED]) if tags else []
    known = {one.pk for one in found}
    if len(found) < RELATED:
        found += list(others.sibling_of(page).exclude(pk__in=known)[: RELATED - len(found)])
    return found
