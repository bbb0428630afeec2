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
_SHORTEST, _SORTED = 2, 1000


@attrs.frozen(slots=True)
class Match:
    """What entries must hold: marks, one of some kinds (none: any), a mark that begins so, phrases over two words."""

    marks: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    beginning: str = ""
    phrases: tuple[str, ...] = ()

    def first(self, most: int, shown: Q) -> list[int]:
        """The numbers of the first entries in order, of those that may be shown.

        A few are sorted. Of many, the list of all entries is gone through in order until there are enough.
        """
        few = MOST if self.phrases else _SORTED
        numbers = tables.numbers(self.marks, self.kinds, self.beginning, few)
        if not numbers:
            return []
        if len(numbers) < few:
            return _in_order(self._saying(Entry.objects.filter(pk__in=numbers)).filter(shown), most)
        rows = _in_list(self).filter(shown)
        if not self.phrases:
            return _in_order(rows, most)
        # Nearly all that hold the pairs of a phrase hold it: the texts of the first are read, of all only if need be.
        near = _in_order(rows, 2 * most)
        said = _in_order(self._saying(Entry.objects.filter(pk__in=near)), most)
        enough = len(said) == most or len(near) < 2 * most
        return said if enough else _in_order(self._saying(rows), most)

    def _saying(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        for phrase in self.phrases:
            rows = rows.filter(words__contains=phrase)
        return rows


def _in_order(rows: QuerySet[Entry], most: int) -> list[int]:
    return list(rows.order_by("standing").values_list("pk", flat=True)[:most])


def _in_list(match: Match) -> QuerySet[Entry]:
    """Entries that match, for going through the list of all in order."""
    holding = tables.holding(match.marks, match.kinds, match.beginning)
    if connection.vendor == "postgresql":
        return Entry.objects.filter(holding)
    # SQLite would look up each number found; of a sum it cannot, and asks of each entry of the list whether it is
    # among them.
    since = "1" if match.kinds == (Entry.Kind.PLACE,) else "0"
    return Entry.objects.alias(number=F("pk") + 0).filter(number__in=holding, standing__gte=since)


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
