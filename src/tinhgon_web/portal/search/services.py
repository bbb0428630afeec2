"""Bringing the index in step with what is published."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import attrs
from django.db import transaction

from tinhgon_web.portal.search import sources
from tinhgon_web.portal.search.models import Entry
from tinhgon_web.portal.search.sources import Found
from tinhgon_web.portal.search.spelling import canonical, indexed, marks

_BATCH = 500
_FIELDS = [
    "page", "title", "text", "address", "day", "weight", "title_words", "words", "marks", "standing", "digest",
]  # fmt: skip
_WRITTEN_AS = 2
"""Raised whenever entries are written another way, so that the next `index_portal` writes all anew."""
_LAST_DAY = dt.date.max.toordinal()


def index_page(*, page: int) -> None:
    """Take in an article or section as published now; one that is not public any more is dropped."""
    with transaction.atomic():
        _sync(Entry.Kind.ARTICLE, [*sources.articles(page), *sources.sections(page)], key=str(page))


def index_document(*, document: str) -> None:
    """Take in a document with the words of its public files as they are now."""
    with transaction.atomic():
        _sync(Entry.Kind.DOCUMENT, sources.documents(document), key=document)


def index_register() -> int:
    """Take in the places and documents as they are now; returns how many rows changed."""
    with transaction.atomic():
        return _sync(Entry.Kind.PLACE, sources.places()) + _sync(Entry.Kind.DOCUMENT, sources.documents())


def index_all() -> int:
    """Bring the whole index in step; returns how many rows changed."""
    with transaction.atomic():
        pages = [*sources.articles(), *sources.sections()]
        return _sync(Entry.Kind.ARTICLE, pages) + index_register()


def _sync(kind: str, found: Iterable[Found], key: str = "") -> int:
    """Write what differs of a kind, drop what is not found any more; only the row with a key when one is given."""
    held = Entry.objects.filter(kind=kind, **({"key": key} if key else {}))
    known = {one: (number, digest) for one, number, digest in held.values_list("key", "pk", "digest")}
    new: list[Entry] = []
    changed: list[Entry] = []
    for one in found:
        number, digest = known.pop(one.key, (None, ""))
        row = _row(kind, one)
        if number is None:
            new.append(row)
        elif digest != row.digest:
            row.pk = number
            changed.append(row)
    Entry.objects.bulk_create(new, batch_size=_BATCH)
    Entry.objects.bulk_update(changed, _FIELDS, batch_size=_BATCH)
    gone = [number for number, _ in known.values()]
    for start in range(0, len(gone), _BATCH):
        Entry.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return len(new) + len(changed) + len(gone)


def _row(kind: str, found: Found) -> Entry:
    told = repr((_WRITTEN_AS, attrs.astuple(found))).encode()
    title_words = canonical(found.title)
    words = indexed(found.title, f"{found.text} {found.more}")
    return Entry(
        kind=kind,
        key=found.key,
        page_id=found.page,
        title=found.title,
        text=found.text,
        address=found.address,
        day=found.day,
        weight=found.weight,
        title_words=title_words,
        words=words,
        marks=marks(kind, title_words, words),
        standing=standing(kind, found.weight, found.day, title_words, found.key),
        digest=hashlib.sha256(told).hexdigest()[:40],
    )


def standing(kind: str, weight: int, day: dt.date | None, title_words: str, key: str) -> str:
    """Where an entry stands in a list, byte by byte: the written before places, the larger first, the newest first."""
    group = 1 if kind == Entry.Kind.PLACE else 0
    age = _LAST_DAY - day.toordinal() if day else 9_999_999
    return f"{group}{weight:02}{age:07}{title_words[:80]}|{kind}|{key}"
