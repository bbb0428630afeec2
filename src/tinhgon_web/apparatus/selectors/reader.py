"""What a page may ask about the apparatus on a day."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable

from tinhgon.registry import kinds
from tinhgon_web.apparatus.rows import Branch, FactRow, HoldingRow, PostRow, UnitRow
from tinhgon_web.core.rights import Limits

HIERARCHIES = (kinds.ADMINISTRATIVE, kinds.PARTY)
_BLOCKS = ("party", "front", "state", "service", "territory")


class UnableToFindUnit(LookupError):
    """No unit has this id, as far as the records counted go."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


class Reader(ABC):
    """The apparatus on one day, from one of two sources."""

    def __init__(self, on: dt.date) -> None:
        self.on = on

    @abstractmethod
    def tops(self, hierarchy: str) -> list[Branch]:
        """Open units at the top of a hierarchy: without a parent there, and with units under them there.

        In the administration also a unit that stands alone, under nobody in either hierarchy.
        """

    @abstractmethod
    def children(self, parents: Iterable[str], hierarchy: str) -> dict[str, list[Branch]]:
        """Open units whose parent in a hierarchy is one of `parents`, by parent, in order."""

    @abstractmethod
    def periods(self, units: Iterable[str]) -> dict[str, list[UnitRow]]:
        """All the periods of some units' lives; unknown ids are left out."""

    @abstractmethod
    def search(self, words: list[str], most: int, within: Limits | None = None) -> list[UnitRow]:
        """Open units (covered by `within`) whose folded name or code holds every word: places first, then by name."""

    @abstractmethod
    def kind_counts(self, within: Limits | None = None) -> dict[str, int]:
        """How many open units (covered by `within`) there are of each kind."""

    @abstractmethod
    def facts(self, unit: str) -> list[FactRow]:
        """Every fact of a unit with its periods."""

    @abstractmethod
    def posts(self, unit: str) -> list[PostRow]:
        """The posts that stand in a unit on the day."""

    @abstractmethod
    def holdings(self, posts: Iterable[str]) -> dict[str, HoldingRow]:
        """Post -> who holds it on the day."""

    @abstractmethod
    def mentions(self, unit: str) -> list[int]:
        """The entries that touched a unit, in order."""

    def units(self, ids: Iterable[str]) -> dict[str, UnitRow]:
        """Each unit as it is on the day; a closed one as it last was, one to come as it will first be."""
        return {id_: self._nearest(rows) for id_, rows in self.periods(ids).items()}

    def unit(self, id_: str) -> UnitRow:
        """One unit.

        Raises:
            UnableToFindUnit: there is none.
        """
        found = self.units([id_]).get(id_)
        if found is None:
            raise UnableToFindUnit(id_)
        return found

    def ancestors(self, unit: UnitRow, hierarchy: str) -> list[UnitRow]:
        """The units above one, the top first."""
        above: list[UnitRow] = []
        parent = _parent(unit, hierarchy)
        while parent:
            row = self.unit(parent)
            above.insert(0, row)
            parent = _parent(row, hierarchy)
        return above

    def _nearest(self, rows: list[UnitRow]) -> UnitRow:
        begun = [row for row in rows if row.start <= self.on]
        return begun[-1] if begun else rows[0]


def _parent(row: UnitRow, hierarchy: str) -> str:
    return row.parent if hierarchy == kinds.ADMINISTRATIVE else row.party_parent


_RANK = {code: (_BLOCKS.index(kind.block), rank) for rank, (code, kind) in enumerate(kinds.KINDS.items())}


def in_order(branches: Iterable[Branch]) -> list[Branch]:
    """Party first, then Front, State, services and places; in each by kind as the law lists them, then by name."""
    return sorted(branches, key=lambda branch: (_RANK[branch.kind], branch.sort_key, branch.unit))


def by_parent(parents: Iterable[str], branches: Iterable[Branch]) -> dict[str, list[Branch]]:
    """Branches in order, under each of the parents asked for."""
    found: dict[str, list[Branch]] = {id_: [] for id_ in parents}
    for branch in in_order(branches):
        found[branch.parent].append(branch)
    return found
