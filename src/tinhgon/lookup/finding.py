"""Which units an address or a name may mean: every reading that fits the register, the best first.

An address names places from the small to the large. A reading takes one name for the place meant and asks which of
the units over it are named after it. The reading that explains most wins; readings that explain the same are all
given, for only the asker can know (no guess is made between Phường 1 of one district and of another).
"""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher
from functools import lru_cache

import attrs

from tinhgon.lookup import spelling
from tinhgon.lookup.gazetteer import Gazetteer, Name
from tinhgon.lookup.naming import WEIGHT, Match, Piece, read_piece

_LATER = -0.5
_GAP = -0.2
_SAME = 0.05
_CLOSE, _LONG_ENOUGH = 0.82, 4
_KEPT = 1 << 16
Named = dict[str, list[Match]]


@attrs.frozen(slots=True)
class Found:
    """A name an address may mean; `street` is what stands before it, `worth` orders readings of one address.

    `approximate`: the name is not spelled so, only nearly.
    """

    name: Name
    worth: float
    street: str = ""
    approximate: bool = False

    @property
    def unit(self) -> str:
        """The unit's id."""
        return self.name.unit


class Finder:
    """Finds places in addresses of one day (or of any). Keeps what it read: ask one for many addresses."""

    def __init__(self, gazetteer: Gazetteer, on: dt.date | None = None) -> None:
        """`on`: count only the names of that day; None: of any time."""
        self.gazetteer, self.on = gazetteer, on
        self._read = lru_cache(_KEPT)(lambda piece: read_piece(gazetteer, piece, on))

    def find(self, address: str) -> list[Found]:
        """The best readings of an address, one per unit; none when nothing in it names a place."""
        parts = spelling.pieces(address)
        pieces = [self._read(part) for part in parts]
        matches = _placed(pieces)
        if not matches:
            return []
        readings = _readings(matches, sum(len(piece.words) for piece in pieces))
        best = max(worth for worth, _ in readings)
        chosen = [(worth, match) for worth, match in readings if worth >= best - _SAME]
        if len(chosen) > 1 and spelling.has_marks(address):
            chosen = _agreeing(chosen, address)
        return self._nearly(chosen, parts, pieces) or _one_per_unit(chosen, parts, pieces)

    def _nearly(
        self, chosen: list[tuple[float, Match]], parts: list[str], pieces: list[Piece]
    ) -> list[Found]:
        """When only a district or province was named for certain: its communes whose name is nearly the piece before.

        Only for a piece that says it names a commune, so that no street is taken for one.
        """
        worth, match = chosen[0]
        number, _ = _place(match.start, pieces)
        if number == 0 or match.name.family not in ("district", "province"):
            return []
        if len({one.name.unit for _, one in chosen}) > 1:
            return []
        kind, typed = spelling.split_kind(parts[number - 1])
        if "commune" not in spelling.KIND_WORDS.get(kind, ()) or typed.isdigit() or len(typed) < _LONG_ENOUGH:
            return []
        street = ", ".join(parts[: number - 1])
        return [Found(name, worth, street, approximate=True) for name in self._near(match.name.unit, typed)]

    def _near(self, unit: str, typed: str) -> list[Name]:
        near = [
            (SequenceMatcher(None, typed, spelling.split_kind(name.title)[1]).ratio(), name)
            for name in self.gazetteer.under(unit)
            if name.family == "commune" and (self.on is None or name.covers(self.on))
        ]
        best = max((ratio for ratio, _ in near), default=0.0)
        return [name for ratio, name in near if ratio >= max(best, _CLOSE)]


def _placed(pieces: list[Piece]) -> list[Match]:
    """All matches, their words counted through the whole address."""
    found: list[Match] = []
    before = 0
    for words, matches in pieces:
        if before:
            found += [Match(start + before, end + before, name, worth) for start, end, name, worth in matches]
        else:
            found += matches
        before += len(words)
    return found


def _readings(matches: list[Match], length: int) -> list[tuple[float, Match]]:
    named: Named = {}
    for match in matches:
        named.setdefault(match.name.unit, []).append(match)
    units = named.keys()
    readings = []
    for match in matches:
        gain, explained = 0.0, 0
        if not units.isdisjoint(match.name.over):
            gain, explained = _chain(_over(match.name, named), match.end)
        unexplained = max(length - match.end - explained, 0)
        readings.append((match.worth + gain + _GAP * unexplained, match))
    return readings


def _over(name: Name, named: Named) -> list[tuple[float, list[Match]]]:
    """The units over a place that the address may name, the nearest first; those of later days at a loss."""
    found = [(0.0 if unit in name.above else _LATER, named[unit]) for unit in name.over if unit in named]
    if len(found) > 1:
        found.sort(key=_rank, reverse=True)
    return found


def _rank(over: tuple[float, list[Match]]) -> tuple[float, float, str]:
    name = over[1][0].name
    return WEIGHT[name.family], over[0], name.unit


def _chain(over: list[tuple[float, list[Match]]], position: int) -> tuple[float, int]:
    """(worth, words) of the best way to name the units over a place, the nearest first, from a position on."""
    if not over:
        return 0.0, 0
    (loss, matches), rest = over[0], over[1:]
    best = _chain(rest, position)
    family = matches[0].name.family
    larger = [one for one in rest if one[1][0].name.family != family]
    for match in matches:
        if match.start >= position:
            gain, explained = _chain(larger, match.end)
            best = max(best, (match.worth + loss + gain, match.end - match.start + explained))
    return best


def _agreeing(chosen: list[tuple[float, Match]], address: str) -> list[tuple[float, Match]]:
    """Of equal readings those whose marks are the address's, if any."""
    written = spelling.accents(address)
    agreeing = [
        (worth, match)
        for worth, match in chosen
        if not match.name.former and spelling.accents(spelling.without_kind(match.name.title)) in written
    ]
    return agreeing or chosen


def _one_per_unit(chosen: list[tuple[float, Match]], parts: list[str], pieces: list[Piece]) -> list[Found]:
    """Of a unit's names the best, of equal ones the latest."""
    best: dict[str, tuple[float, Match]] = {}
    for worth, match in chosen:
        held = best.get(match.name.unit)
        if held is None or (worth, match.name.start) > (held[0], held[1].name.start):
            best[match.name.unit] = (worth, match)
    return [Found(match.name, worth, _street(match.start, parts, pieces)) for worth, match in best.values()]


def _place(position: int, pieces: list[Piece]) -> tuple[int, int]:
    """(number of the piece, number of the word in it) of a word of the address."""
    for number, piece in enumerate(pieces):
        if position < len(piece.words):
            return number, position
        position -= len(piece.words)
    raise IndexError(position)


def _street(start: int, parts: list[str], pieces: list[Piece]) -> str:
    """The pieces before the one that names the place, and what stands before the name in its own piece."""
    number, inside = _place(start, pieces)
    own = _left_of(parts[number], inside) if inside else ""
    return ", ".join(part for part in (*parts[:number], own) if part)


def _left_of(part: str, count: int) -> str:
    """The part's text that makes its first `count` words, without a word of kind at its end."""
    taken: list[str] = []
    for word in part.split():
        if len(spelling.words(" ".join([*taken, word]))) > count:
            break
        taken.append(word)
    for size in range(min(spelling.LONGEST_KIND, len(taken)), 0, -1):
        if spelling.key(" ".join(taken[-size:])) in spelling.KIND_WORDS:
            taken = taken[:-size]
            break
    return " ".join(taken)
