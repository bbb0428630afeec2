"""The apparatus from a fold of the journal's first entries: what was known then."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import attrs

from tinhgon import text
from tinhgon.registry import kinds
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.projection import project
from tinhgon_web.apparatus.rows import Branch, FactRow, HoldingRow, PostRow, Rows, UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader, by_parent, in_order
from tinhgon_web.core.rights import Limits


@attrs.frozen(slots=True)
class _Indexed:
    """The rows of a register, found by what the pages ask for."""

    rows: Rows
    units: dict[str, list[UnitRow]]
    children: dict[tuple[str, str], list[UnitRow]]
    facts: dict[str, list[FactRow]]
    posts: dict[str, list[PostRow]]
    holdings: dict[str, list[HoldingRow]]
    mentions: dict[str, list[int]]
    folded: dict[str, str]


_indexed: registers.Kept[_Indexed] = registers.Kept(3)


def _index(rows: Rows) -> _Indexed:
    units, children = defaultdict(list), defaultdict(list)
    facts, posts, holdings = (defaultdict(list) for _ in range(3))
    mentions: dict[str, list[int]] = defaultdict(list)
    for row in rows.units:
        units[row.unit].append(row)
        children[kinds.ADMINISTRATIVE, row.parent].append(row)
        children[kinds.PARTY, row.party_parent].append(row)
    for fact in rows.facts:
        facts[fact.unit].append(fact)
    for post in rows.posts:
        posts[post.unit].append(post)
    for holding in rows.holdings:
        holdings[holding.post].append(holding)
    for mention in rows.mentions:
        mentions[mention.unit].append(mention.seq)
    folded = {name: text.fold(name) for name in {row.name for row in rows.units}}
    return _Indexed(rows, units, children, facts, posts, holdings, mentions, folded)


def _found_order(row: UnitRow) -> tuple[bool, str, str]:
    return row.kind not in kinds.TERRITORIES, text.sort_key(row.name), row.unit


class FoldedReader(Reader):
    """Reads rows made from a register in memory; the same answers as the projection's."""

    def __init__(self, on: dt.date, upto: registers.Head) -> None:
        super().__init__(on)
        self._held = _indexed.get(upto, lambda: _index(project(registers.register(upto))))

    def tops(self, hierarchy: str) -> list[Branch]:
        """As the base says."""
        alone = hierarchy == kinds.ADMINISTRATIVE
        rows = {row.unit: row for row in self._under("", hierarchy)}
        branches = self._branches([""], hierarchy)
        return in_order(one for one in branches if one.below or (alone and not rows[one.unit].party_parent))

    def children(self, parents: Iterable[str], hierarchy: str) -> dict[str, list[Branch]]:
        """As the base says."""
        wanted = list(dict.fromkeys(parents))
        return by_parent(wanted, self._branches(wanted, hierarchy))

    def _branches(self, parents: Iterable[str], hierarchy: str) -> Iterator[Branch]:
        for parent in parents:
            for row in self._under(parent, hierarchy):
                below = len(self._under(row.unit, hierarchy))
                yield Branch(row.unit, row.name, row.kind, parent, text.sort_key(row.name), below)

    def periods(self, units: Iterable[str]) -> dict[str, list[UnitRow]]:
        """As the base says."""
        return {id_: self._held.units[id_] for id_ in units if id_ in self._held.units}

    def search(self, words: list[str], most: int, within: Limits | None = None) -> list[UnitRow]:
        """As the base says."""
        folded = self._held.folded
        found = [
            row
            for row in self._open(within)
            if all(word in folded[row.name] or row.code == word for word in words)
        ]
        return sorted(found, key=_found_order)[:most]

    def kind_counts(self, within: Limits | None = None) -> dict[str, int]:
        """As the base says."""
        return dict(Counter(row.kind for row in self._open(within)))

    def facts(self, unit: str) -> list[FactRow]:
        """As the base says."""
        return self._held.facts.get(unit, [])

    def posts(self, unit: str) -> list[PostRow]:
        """As the base says."""
        return [row for row in self._held.posts.get(unit, []) if row.covers(self.on)]

    def holdings(self, posts: Iterable[str]) -> dict[str, HoldingRow]:
        """As the base says."""
        rows = (row for post in posts for row in self._held.holdings.get(post, []))
        return {row.post: row for row in rows if row.covers(self.on)}

    def mentions(self, unit: str) -> list[int]:
        """As the base says."""
        return self._held.mentions.get(unit, [])

    def rows(self) -> list[UnitRow]:
        """All the periods of all units."""
        return self._held.rows.units

    def below(self, place: str, *, closed: bool = False) -> set[str]:
        """A place and all under it on the day, at any depth; with `closed` also what closed there before."""
        found, waiting = {place}, [place]
        while waiting:
            rows = self._held.children.get((kinds.ADMINISTRATIVE, waiting.pop()), [])
            new = {row.unit for row in rows if row.covers(self.on) or (closed and self._closed(row))} - found
            found |= new
            waiting += new
        return found

    def _closed(self, row: UnitRow) -> bool:
        return row.start <= self.on and row.closed_on is not None and row.end == row.closed_on

    def _under(self, parent: str, hierarchy: str) -> list[UnitRow]:
        return [row for row in self._held.children.get((hierarchy, parent), []) if row.covers(self.on)]

    def _open(self, within: Limits | None) -> Iterator[UnitRow]:
        is_open = (row for row in self._held.rows.units if row.covers(self.on))
        return is_open if within is None else (row for row in is_open if within.holds(row.unit))
