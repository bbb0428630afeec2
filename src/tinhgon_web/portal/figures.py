"""Numbers of the register in articles: as they are now, and as they were when the article was published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import attrs
from django.utils import timezone

from tinhgon.figures import CATALOGUE, Figure
from tinhgon.registry.events import Number
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.portal.models import ArticlePage, PublishedFigure
from tinhgon_web.reports.computed import computed

TOKEN = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
"""A figure's code in an article's words."""


@attrs.frozen(slots=True)
class Live:
    """A figure as it is now; `before` and `corrected_on` when that is not what the article was published with."""

    figure: Figure
    before: Number | None = None
    corrected_on: dt.date | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether later records changed it."""
        return self.corrected_on is not None


def codes_in(page: ArticlePage) -> list[str]:
    """The figures an article shows, in the order of its words."""
    found = dict.fromkeys(TOKEN.findall(page.lead))
    for block in page.body:
        if block.block_type == "figure":
            found[block.value["code"]] = None
        elif block.block_type == "text":
            found.update(dict.fromkeys(TOKEN.findall(str(block.value.source))))
    return [code for code in found if code in CATALOGUE]


def live(page: ArticlePage) -> dict[str, Live]:
    """Code -> the figure as it is now, beside what was published; none without a window."""
    codes = codes_in(page) if page.window else []
    if not codes or page.window is None:
        return {}
    start, end = page.window
    held = {row.code: row for row in page.published_figures.filter(start=start, end=end)}
    found = computed(registers.head(), start, end, codes)
    return {one.code: _beside(one, held.get(one.code)) for one in found}


def numbers(page: ArticlePage) -> dict[str, Live]:
    """Code -> the figure as it is now, of those in the lead: for lists, which say no more."""
    if page.window is None:
        return {}
    codes = [code for code in dict.fromkeys(TOKEN.findall(page.lead)) if code in CATALOGUE]
    return {one.code: Live(one) for one in computed(registers.head(), *page.window, codes)}


def _beside(figure: Figure, published: PublishedFigure | None) -> Live:
    if published is None or published.value == figure.value:
        return Live(figure)
    later = [one.seq for one in figure.trace if one.seq > published.seq]
    changed = (
        JournalEntry.objects.filter(seq__in=later)
        if later
        else JournalEntry.objects.filter(seq__gt=published.seq)
    )
    moment = changed.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    day = timezone.localdate(moment) if moment else timezone.localdate(published.frozen_at)
    value = published.value
    return Live(figure, int(value) if value is not None and value.is_integer() else value, day)


def freeze(page: ArticlePage, codes: Iterable[str], moment: dt.datetime) -> Mapping[str, PublishedFigure]:
    """Keep the value of each figure an article shows, once for a window: a later publication keeps the first."""
    if page.window is None:
        return {}
    start, end = page.window
    (seq, digest) = registers.head()
    rows = {}
    for figure in computed((seq, digest), start, end, codes):
        rows[figure.code], _ = PublishedFigure.objects.get_or_create(
            page=page,
            code=figure.code,
            start=start,
            end=end,
            place="",
            defaults={"value": figure.value, "seq": seq, "hash": digest, "frozen_at": moment},
        )
    return rows
