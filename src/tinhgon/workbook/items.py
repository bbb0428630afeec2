"""Events with the rows they come from, and an order in which each finds what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from tinhgon.registry import events
from tinhgon.workbook.sheets import Row


@attrs.frozen(slots=True)
class Item:
    """An event of a row (or rows); `event` is None when a row is broken.

    `gives` are the ids of units, posts and holdings it brings in, `needs` those it builds on; both carry a prefix
    ("unit:", "post:", "holding:") because the three are numbered apart. `alters` says that it changes the state of
    what it needs, so that what comes after cannot be judged without it.
    """

    event: events.Event | None
    rows: tuple[Row, ...]
    gives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    alters: bool = False


def unit(id_: str | None) -> tuple[str, ...]:
    """The prefixed id of a unit, as a tuple; empty for none."""
    return (f"unit:{id_}",) if id_ else ()


def post(id_: str | None) -> tuple[str, ...]:
    """The prefixed id of a post."""
    return (f"post:{id_}",) if id_ else ()


def holding(id_: str | None) -> tuple[str, ...]:
    """The prefixed id of a holding."""
    return (f"holding:{id_}",) if id_ else ()


def ordered(items: Sequence[Item]) -> list[Item]:
    """The items so that givers come before those who need them, else as they stand; then by day.

    Going round in a circle is left as it stands: the fold refuses it.
    """
    givers: dict[str, Item] = {}
    for item in items:
        for id_ in item.gives:
            givers.setdefault(id_, item)
    placed: dict[int, Item] = {}
    for item in items:
        _place(item, givers, placed)
    return sorted(placed.values(), key=_day)


def _day(item: Item) -> str:
    return "" if item.event is None else item.event.effective_on.isoformat()


def _place(item: Item, givers: Mapping[str, Item], placed: dict[int, Item]) -> None:
    """Place an item after its givers, depth first, without recursion (a chain of parents may be long)."""
    begun: set[int] = set()
    stack = [item]
    while stack:
        top = stack[-1]
        waiting = [
            giver
            for id_ in top.needs
            if (giver := givers.get(id_)) is not None
            and giver is not top
            and id(giver) not in placed
            and id(giver) not in begun
        ]
        begun.add(id(top))
        if waiting:
            stack.extend(reversed(waiting))
        else:
            placed.setdefault(id(stack.pop()), top)


def circle(parents: Mapping[str, str]) -> list[list[str]]:
    """The circles in a mapping child -> parent, each once, beginning with its first member."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in seen and at not in path:
            path[at] = None
            at = parents.get(at)
        if at is not None and at in path:
            members = list(path)
            found.append(members[members.index(at) :])
        seen.update(path)
    return found


def rows_of(items: Iterable[Item]) -> int:
    """How many rows the items come from."""
    return len({(row.sheet.name, row.number) for item in items for row in item.rows})
