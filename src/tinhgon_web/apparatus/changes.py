"""What differs between two registers, the second made of the first and further entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from tinhgon.registry.state import Holding, Lasting, Post, Register, Unit


@attrs.frozen(slots=True)
class Changed:
    """The ids of what differs. `seats` are the posts whose holders differ, `told` the units whose history may."""

    units: frozenset[str]
    posts: frozenset[str]
    seats: frozenset[str]
    told: frozenset[str]


def changed(before: Register, after: Register) -> Changed:
    """Compare two registers; what they share costs nothing but a look."""
    units = _differing(before.units, after.units, _unit)
    posts = _differing(before.posts, after.posts, _post)
    holdings = _differing(before.holdings, after.holdings, _holding)
    seats = frozenset(
        there[id_].post for there in (before.holdings, after.holdings) for id_ in holdings if id_ in there
    )
    flowing = (
        id_
        for one, other in ((before.flows_from, after.flows_from), (before.flows_to, after.flows_to))
        for id_ in _differing(one, other, list)
    )
    stood = _stood_in((*posts, *seats), (before, after))
    return Changed(units, posts, seats, frozenset((*units, *stood, *flowing)))


def _differing(
    before: Mapping[str, Any], after: Mapping[str, Any], state: Callable[[Any], object]
) -> frozenset[str]:
    found = [
        id_
        for id_, new in after.items()
        if (old := before.get(id_)) is not new and (old is None or state(old) != state(new))
    ]
    return frozenset((*found, *(before.keys() - after.keys())))


def _lasting(one: Lasting) -> tuple[object, ...]:
    return one.opened_on, one.opened_by, one.closed_on, one.closed_by


def _unit(unit: Unit) -> tuple[object, ...]:
    return (*_lasting(unit), unit.facts, unit.measures, unit.headcounts)


def _post(post: Post) -> tuple[object, ...]:
    return (*_lasting(post), post.role, post.title, post.unit)


def _holding(holding: Holding) -> tuple[object, ...]:
    return (*_lasting(holding), holding.person, holding.post, holding.reason)


def _stood_in(posts: Iterable[str], registers: tuple[Register, Register]) -> frozenset[str]:
    """The units some posts ever stood in."""
    return frozenset(
        span.value
        for register in registers
        for id_ in posts
        if id_ in register.posts
        for span in register.posts[id_].unit
    )
