"""One person, several posts: counted once as a person and once per post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tinhgon.registry.state import Holding, Register


@attrs.frozen(slots=True)
class Concurrent:
    """A person who holds more than one post on a day."""

    person: str
    holdings: tuple[Holding, ...]


def concurrent_holders(register: Register, on: dt.date) -> Iterator[Concurrent]:
    """People with two or more posts on a day, in order of their first holding."""
    for person, holdings in register.holdings_of.items():
        held = tuple(holding for holding in holdings if holding.is_open(on))
        if len(held) > 1:
            yield Concurrent(person, held)


def people_and_posts(register: Register, on: dt.date) -> tuple[int, int]:
    """(people in a post, posts held) on a day: they differ by the concurrent posts."""
    held = [sum(holding.is_open(on) for holding in holdings) for holdings in register.holdings_of.values()]
    return sum(count > 0 for count in held), sum(held)
