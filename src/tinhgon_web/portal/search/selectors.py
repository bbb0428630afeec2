"""Reading the index. The order is our own, so that it is the same on every database."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from django.db import connection
from django.db.models import F, Q, QuerySet
from wagtail.models import PageViewRestriction

from tinhgon_web.portal.search import tables
from tinhgon_web.portal.search.models import Entry
from tinhgon_web.portal.search.spelling import IN_TITLE, Asked, following, tokens, whole

SUGGESTED, MOST = 8, 500
"""Titles proposed while typing; entries of one question that can be leafed through."""
_SHORTEST, _MANY = 2, 2 * MOST


@attrs.frozen(slots=True)
class Match:
    """What entries must hold: marks, one of some kinds (none: any), a mark that begins so, phrases over two words."""

    marks: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    beginning: str = ""
    phrases: tuple[str, ...] = ()

    def first(self, most: int, shown: Q) -> list[int]:
        """The numbers of the first entries in order, of those that may be shown; `MOST` at most.

        A few are looked at all. Of many, the first in order and a quarter more than are wanted: nearly all that hold a
        phrase's pairs hold the phrase, and are out.
        """
        numbers = tables.numbers(self.marks, self.kinds, self.beginning, _MANY)
        are_few = len(numbers) < _MANY
        if not are_few:
            numbers = list(_in_order(_in_list(self))[: most + most // 4 + 1])
        found = list(_in_order(self._saying(Entry.objects.filter(pk__in=numbers)).filter(shown)))
        if are_few or len(found) >= most:
            return found[:most]
        return list(_in_order(self._saying(_in_list(self)).filter(shown))[:most])

    def _saying(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        for phrase in self.phrases:
            rows = rows.filter(words__contains=phrase)
        return rows


def _in_order(rows: QuerySet[Entry]) -> QuerySet[Entry, int]:
    return rows.order_by("standing").values_list("pk", flat=True)


def _in_list(match: Match) -> QuerySet[Entry]:
    """Entries that match, for going through the list of all in order."""
    listed = Entry.objects.filter(standing__gte="1" if match.kinds == (Entry.Kind.PLACE,) else "0")
    holding = tables.holding(match.marks, match.kinds, match.beginning)
    if connection.vendor == "postgresql":
        return listed.filter(holding)
    # SQLite would look up each number found; of a sum it cannot, and asks of each entry of the list whether it is
    # among them.
    return listed.alias(number=F("pk") + 0).filter(number__in=holding)


def _shown() -> Q:
    """Of articles only those that are out now, and for everybody, whatever the index still holds."""
    shown = Q(page=None) | Q(page__live=True)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        shown &= Q(page=None) | ~Q(page__path__startswith=path)
    return shown


class Answers:
    """What was found, in order, 500 at most; parts of it can be asked for as of a list."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers

    def count(self) -> int:
        """How many there are to leaf through."""
        return len(self.numbers)

    @property
    def more(self) -> bool:
        """Whether there may be more than are shown."""
        return len(self.numbers) == MOST

    def __getitem__(self, part: slice) -> list[Entry]:
        wanted = self.numbers[part]
        rows = Entry.objects.defer("words", "marks").in_bulk(wanted)
        return [rows[number] for number in wanted if number in rows]


def found(asked: Asked, kinds: tuple[str, ...] = (), most: int = MOST) -> Answers:
    """What holds all words and phrases: the very title first, then titles with all words; each newest first."""
    if not asked:
        return Answers([])
    pairs = tuple(pair for phrase in asked.phrases for pair in following(phrase))
    long = tuple(phrase for phrase in asked.phrases if len(phrase.split()) > 2)
    said = (*asked.words, *pairs)
    titled = tuple(f"{IN_TITLE}{word}" for word in asked.words)
    narrowing = ((whole(asked.whole), *said), (*titled, *said), said)
    return Answers(_nearest([Match(marks, kinds, "", long) for marks in narrowing], most))


def suggested(typed: str) -> list[Entry]:
    """A few titles for what is typed so far; its last word need not be finished."""
    words = tokens(typed)
    if not words or len(words[-1]) < _SHORTEST:
        words = words[:-1]
    if not words:
        return []
    marks = tuple(f"{IN_TITLE}{word}" for word in [*words[:-1][:8], words[-1]])
    finished, begun = Match(marks), Match(marks[:-1], beginning=marks[-1])
    return Answers(_nearest([finished, begun], SUGGESTED))[:]


def _nearest(matches: Iterable[Match], most: int) -> list[int]:
    """The first entries of each match, the nearest match first, each entry once."""
    numbers: dict[int, None] = {}
    shown = _shown()
    for match in matches:
        if len(numbers) < most:
            numbers.update(dict.fromkeys(match.first(most, shown)))
    return list(numbers)[:most]
