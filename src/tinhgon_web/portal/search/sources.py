"""What may be found: published articles, public documents and the places of the register. Nobody's posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

import attrs
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tinhgon import text
from tinhgon.registry import kinds
from tinhgon.registry.state import NAME, Register, Unit
from tinhgon_web.apparatus import registers
from tinhgon_web.core.asof import today
from tinhgon_web.documents.models import Document
from tinhgon_web.portal.models import ArticlePage, FrontPage, PaperWords, PublicPaper, SectionPage

_ORDER = {"province": 0, "district": 1, "commune": 2, "village": 3}
_ENDED = 10


@attrs.frozen(slots=True)
class Found:
    """Something to find: what is shown of it (`title`, `text`), and `more` words it is found by."""

    key: str
    title: str
    text: str
    address: str
    more: str = ""
    day: dt.date | None = None
    weight: int = 0
    page: int | None = None


def articles(page: int | None = None) -> Iterator[Found]:
    """Published articles that are not withdrawn; with a number, that one if it is."""
    rows = ArticlePage.objects.live().public().filter(withdrawn_because="").prefetch_related("tags")
    for one in rows if page is None else rows.filter(pk=page):
        said = [one.lead, *map(str, one.body.stream_block.get_searchable_content(one.body))]
        published = one.first_published_at
        yield Found(
            key=str(one.pk),
            title=one.title,
            text=text.clean(strip_tags(" ".join(said))),
            address=one.url or "",
            more=" ".join([one.byline, *(tag.name for tag in one.tags.all()), *_papers_in(one)]),
            day=timezone.localdate(published) if published else None,
            page=one.pk,
        )


def _papers_in(page: ArticlePage) -> list[str]:
    """The words of the files an article holds."""
    held = [block.value["document"] for block in page.body if block.block_type == "paper"]
    numbers = [one.pk for one in held if one is not None]
    return (
        list(PaperWords.objects.filter(paper__in=numbers).values_list("folded", flat=True)) if numbers else []
    )


def sections(page: int | None = None) -> Iterator[Found]:
    """The front page and the sections, by what introduces them."""
    for model, field in ((FrontPage, "welcome"), (SectionPage, "intro")):
        rows = model.objects.live().public()
        for one in rows if page is None else rows.filter(pk=page):
            said = text.clean(getattr(one, field))
            yield Found(key=str(one.pk), title=one.title, text=said, address=one.url or "", page=one.pk)


def documents(document: str | None = None) -> Iterator[Found]:
    """The documents that entries of the journal cite, by what is written of them and the words of their public files.

    Where the register is not published, those with a public file alone. What a place keeps for itself is in no list.
    """
    rows = Document.objects.exclude(entries=None).filter(place="").distinct().order_by("pk")
    said = words_of_papers()
    for one in rows if document is None else rows.filter(pk=document):
        if settings.OPEN_DATA or one.pk in said:
            yield Found(
                key=one.pk,
                title=f"{one.type[:1].upper()}{one.type[1:]} {one.number}",
                text=one.title,
                address=_address(one),
                more=" ".join([one.issuer, *said.get(one.pk, ())]),
                day=one.signed_on,
            )


def words_of_papers() -> dict[str, list[str]]:
    """Document -> the words of each of its public files."""
    said: dict[str, list[str]] = {}
    for row in PublicPaper.objects.select_related("file").order_by("file"):
        said.setdefault(row.file.document_id, []).append(row.file.folded)
    return said


def _address(document: Document) -> str:
    try:
        return reverse("library:document", args=[document.pk])
    except NoReverseMatch:
        return reverse("document", args=[document.pk])


def places() -> Iterator[Found]:
    """Every place of the register under the name it has, or had last, found by every name it ever had."""
    register = registers.register(registers.head())
    on = today()
    for unit in register.units.values():
        if unit.opened_on <= on and unit.kind(unit.opened_on) in kinds.TERRITORIES:
            yield _place(register, unit, on)


def _place(register: Register, unit: Unit, on: dt.date) -> Found:
    ended = unit.closed_on is not None and unit.closed_on <= on
    last = unit.closed_on - dt.timedelta(days=1) if ended and unit.closed_on else on
    above = [up.name(last) for up in register.ancestors(unit.id, last) if up.kind(last) in kinds.TERRITORIES]
    names = {span.value for span in unit.facts.get(NAME, ()) if span.value}
    codes = {span.value for span in unit.facts.get("code", ()) if span.value}
    title = ", ".join([unit.name(last), *above])
    return Found(
        key=unit.id,
        title=title,
        text="",
        address=f"{reverse('where:find')}?{urlencode({'q': title})}",
        more=" ".join(sorted(map(str, names | codes))),
        weight=_ORDER[kinds.FAMILY[unit.kind(last)]] + (_ENDED if ended else 0),
    )
