"""What schemes in force left over: by sort, with names, and by the year it is planned for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from tinhgon.schemes.effects import Leftover
from tinhgon_web.apparatus.selectors.history import people_named
from tinhgon_web.schemes.models import LeftOver, Scheme


@attrs.frozen(slots=True)
class Item:
    """Something left over, with the name of the person where it is one."""

    row: LeftOver
    person: str


def by_sort(scheme: Scheme) -> list[tuple[str, list[Item]]]:
    """The items of each sort, those still open first."""
    rows = list(scheme.left_over.all())
    names = people_named(row.person for row in rows)
    items: dict[str, list[Item]] = {sort: [] for sort in LeftOver.Sort.values}
    for row in sorted(rows, key=lambda row: (row.status == LeftOver.Status.DONE, row.pk)):
        items[row.sort].append(Item(row, names.get(row.person, row.person)))
    return [(sort, listed) for sort, listed in items.items() if listed]


def foreseen(found: Iterable[Leftover]) -> list[tuple[str, list[Leftover]]]:
    """What a scheme would leave over, by sort."""
    items: dict[str, list[Leftover]] = {}
    for one in found:
        items.setdefault(one.sort, []).append(one)
    return list(items.items())


def years(scheme: Scheme) -> list[tuple[int | None, int, int]]:
    """(year, items, of which done), the undated last."""
    rows = list(scheme.left_over.values_list("year", "status"))
    total, done = (
        Counter(year for year, _ in rows),
        Counter(year for year, status in rows if status == "done"),
    )
    return [(year, total[year], done[year]) for year in sorted(total, key=lambda year: year or 9999)]
