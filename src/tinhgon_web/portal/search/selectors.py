"""Reading the index. The order is our own, so that it is the same on every database."""

from __future__ import annotations

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Collate
from wagtail.models import PageViewRestriction

from tinhgon_web.portal.search import tables
from tinhgon_web.portal.search.models import Entry
from tinhgon_web.portal.search.spelling import Asked, tokens

SUGGESTED = 8
_SHORTEST = 2


def found(asked: Asked, kinds: tuple[str, ...] = ()) -> QuerySet[Entry]:
    """What holds all words and phrases: the very title first, then titles with all words; each newest first."""
    if not asked:
        return Entry.objects.none()
    rows = _public(Entry.objects.filter(pk__in=tables.holding(asked.words)), kinds)
    for phrase in asked.phrases:
        rows = rows.filter(words__contains=phrase)
    return _ordered(rows, asked)


def _public(rows: QuerySet[Entry], kinds: tuple[str, ...]) -> QuerySet[Entry]:
    """Of articles only those that are out now, and for everybody, whatever the index still holds."""
    rows = rows.filter(kind__in=kinds) if kinds else rows
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        rows = rows.filter(Q(page=None) | ~Q(page__path__startswith=path))
    return rows.filter(Q(page=None) | Q(page__live=True))


def _ordered(rows: QuerySet[Entry], asked: Asked) -> QuerySet[Entry]:
    in_title = Q()
    for word in asked.words:
        in_title &= Q(title_words__contains=f" {word} ")
    near = Case(When(title_words=asked.whole, then=Value(0)), When(in_title, then=Value(1)), default=Value(2))
    bytewise = "C" if connection.vendor == "postgresql" else "BINARY"
    return rows.annotate(near=near).order_by(
        "near",
        "weight",
        F("day").desc(nulls_last=True),
        Collate("title_words", bytewise),
        "kind",
        Collate("key", bytewise),
    )


def suggested(typed: str) -> list[Entry]:
    """A few titles for what is typed so far; its last word need not be finished."""
    words = tokens(typed)
    if not words or len(words[-1]) < _SHORTEST:
        words = words[:-1]
    if not words:
        return []
    begun, last = words[:-1][:8], words[-1]
    rows = _public(Entry.objects.filter(pk__in=tables.holding(begun, beginning=last)), ())
    in_title = Q(title_words__contains=f" {last}")
    for word in begun:
        in_title &= Q(title_words__contains=f" {word} ")
    return list(_ordered(rows.filter(in_title), Asked((last,), (), "")).defer("text", "words")[:SUGGESTED])
