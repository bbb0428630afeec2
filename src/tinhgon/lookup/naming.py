"""What one piece of an address (the text between two commas) may name, whatever stands around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from tinhgon.lookup import spelling
from tinhgon.lookup.gazetteer import Entry, Gazetteer, Name

WEIGHT = {"province": 4.0, "district": 5.0, "commune": 6.0, "village": 7.0}
"""What naming a place of a family explains: the smaller the place, the more."""
_SPAN = 9
_KIND_AGREES = 1.0
_KIND_DISAGREES = -3.0
_FILLS_PIECE = 0.25
_FORMER = -0.25
_INSIDE = -3.0
Spans = dict[tuple[int, int], list[Entry]]


class Match(NamedTuple):
    """Words [start, end) of a piece say a name; `worth` is what that explains."""

    start: int
    end: int
    name: Name
    worth: float


class Piece(NamedTuple):
    """A piece's words and all it may name."""

    words: list[str]
    matches: list[Match]


def read_piece(gazetteer: Gazetteer, piece: str, on: dt.date | None) -> Piece:
    """Everything a piece may name; with a day, by the names of that day."""
    words = spelling.words(piece)
    spans = _spans(gazetteer, words)
    inside = _inside(spans)
    outer: list[Match] = []
    inner: list[Match] = []
    for (start, end), entries in spans.items():
        matches = inner if (start, end) in inside else outer
        matches += [
            match for match in _said(entries, words, start, end) if on is None or match.name.covers(on)
        ]
    said = {match.name for match in outer}
    outer += [match._replace(worth=match.worth + _INSIDE) for match in inner if match.name not in said]
    return Piece(words, outer)


def _spans(gazetteer: Gazetteer, words: list[str]) -> Spans:
    found: Spans = {}
    for start in range(len(words)):
        key = ""
        for end in range(start, min(start + _SPAN, len(words))):
            key += words[end]
            if len(key) > gazetteer.longest:
                break
            entries = gazetteer.by_key.get(key)
            if entries:
                found[start, end + 1] = entries
    return found


def _inside(spans: Spans) -> set[tuple[int, int]]:
    """Spans that are part of a longer one: the Lạt of Đà Lạt, the Thanh of Thành phố."""
    return {
        (start, end)
        for start, end in spans
        if any(first <= start and end <= last and (first, last) != (start, end) for first, last in spans)
    }


def _said(entries: list[Entry], words: list[str], start: int, end: int) -> Iterator[Match]:
    announced = _announced(words, start)
    filling = _FILLS_PIECE * ((start == 0) + (end == len(words)))
    for name, full in entries:
        worth = WEIGHT[name.family] + filling
        if full:
            worth += _KIND_AGREES
        elif announced is not None and name.family not in announced:
            worth += _KIND_DISAGREES
        yield Match(start, end, name, worth + _FORMER if name.former else worth)


def _announced(words: list[str], start: int) -> frozenset[str] | None:
    """The families that the words just before a name announce."""
    kind = ""
    for position in range(start - 1, max(start - 1 - spelling.LONGEST_KIND, -1), -1):
        kind = words[position] + kind
        if kind in spelling.KIND_WORDS:
            return spelling.KIND_WORDS[kind]
    return None
