"""The people of a unit: headcount against what was assigned, posts, and what else their holders hold."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.rows import HoldingRow, PostRow
from tinhgon_web.apparatus.selectors.history import people_named
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.documents.models import Document

_RANK = {role: rank for rank, role in enumerate(kinds.ROLES)}


@attrs.frozen(slots=True)
class Headcount:
    """How many of a category a unit may have, and has; `present` None where nobody counted."""

    category: str
    assigned: int
    present: int | None
    since: dt.date
    document: Document | None

    @property
    def name(self) -> str:
        """The category's name."""
        return words.fact_name(f"headcount:{self.category}")

    @property
    def difference(self) -> int | None:
        """Present less assigned."""
        return None if self.present is None else self.present - self.assigned

    @property
    def side(self) -> str:
        """ "over", "under" or "even"; "" where nobody counted."""
        if self.difference is None:
            return ""
        return "over" if self.difference > 0 else "under" if self.difference < 0 else "even"

    @property
    def missing(self) -> int:
        """How far it is from what was assigned."""
        return abs(self.difference or 0)


@attrs.frozen(slots=True)
class Elsewhere:
    """Another post of a holder."""

    title: str
    unit: str
    unit_name: str


@attrs.frozen(slots=True)
class Post:
    """A post in the unit, who holds it, and what else that person holds."""

    row: PostRow
    holding: HoldingRow | None
    holder: str
    others: tuple[Elsewhere, ...]

    @property
    def role(self) -> str:
        """The role's name."""
        return words.role_name(self.row.role)

    @property
    def holds(self) -> int:
        """How many posts the holder holds in all."""
        return len(self.others) + (self.holding is not None)


def posts_of(reader: Reader, register: Register, unit: str) -> list[Post]:
    """The posts that stand in a unit on the day, the highest role first; three queries."""
    rows = reader.posts(unit)
    holdings = reader.holdings(row.post for row in rows)
    names = people_named(holding.person for holding in holdings.values())
    posts = []
    for row in rows:
        holding = holdings.get(row.post)
        person = holding.person if holding else ""
        others = _others(register, person, row.post, reader.on) if holding else ()
        posts.append(Post(row, holding, names.get(person, person), others))
    return sorted(posts, key=lambda post: _RANK[post.row.role])


def _others(register: Register, person: str, post: str, on: dt.date) -> tuple[Elsewhere, ...]:
    found = []
    for holding in register.holdings_of.get(person, ()):
        if holding.is_open(on) and holding.post != post:
            other = register.posts[holding.post]
            unit = register.units.get(other.unit.at(on) or "")
            if unit is not None:
                found.append(Elsewhere(other.title, unit.id, unit.name(on)))
    return tuple(found)
