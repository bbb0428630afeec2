"""What a scheme does, counted from the register before it and the law of its day: units, people, posts, money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from tinhgon.citations import Citation
from tinhgon.figures.standards import RULE_KINDS
from tinhgon.registry import kinds
from tinhgon.registry.state import Register, Unit
from tinhgon.rules import Allowance, Rulebook, village_allowance
from tinhgon.schemes.acts import Placements
from tinhgon.schemes.grouping import Grouping

_MONTHS = 12
_LEADERS = frozenset(kinds.ROLES) - {kinds.PART_TIME, kinds.MEMBER}


@attrs.frozen(slots=True)
class Leftover:
    """What nobody has placed yet once a unit ceases: "person", "post", "organ", "premises" or "records".

    `what` is the id of the holding, post or unit it is about ("" where the register has none).
    """

    sort: str
    what: str
    unit: str
    name: str
    role: str = ""
    person: str = ""


@attrs.frozen(slots=True)
class Effects:
    """The effects of one grouping. `allowance` is in VND a month, None where a rule is not known."""

    units_before: int
    units_after: int
    abolished: tuple[str, ...]
    renamed_residents: int
    leaders_freed: int
    part_time_freed: int
    people_released: int
    multiples_saved: Fraction | None
    base_salary: int | Fraction | None
    allowance_saved: int | Fraction | None
    premises: int
    citations: tuple[Citation, ...]
    verified: bool
    leftovers: tuple[Leftover, ...]

    @property
    def saved_a_year(self) -> int | Fraction | None:
        """VND a year."""
        return None if self.allowance_saved is None else self.allowance_saved * _MONTHS


def effects_of(
    register: Register, grouping: Grouping, placements: Placements, on: dt.date, law: Rulebook, units: int
) -> Effects:
    """Count what a grouping does on a day; `units` is how many units its place has now."""
    gone = grouping.absorbed
    closing = [
        post for unit in gone for post in register.posts_on(unit, on) if post.id not in placements.posts
    ]
    saved = _saved(register, grouping, on, law)
    left = tuple(_leftovers(register, grouping, placements, on))
    return Effects(
        units_before=units,
        units_after=units - len(gone),
        abolished=gone,
        renamed_residents=sum(_renamed(register, grouping, on)),
        leaders_freed=sum(post.role in _LEADERS for post in closing),
        part_time_freed=sum(post.role == kinds.PART_TIME for post in closing),
        people_released=sum(one.sort == "person" for one in left),
        multiples_saved=saved.multiples,
        base_salary=saved.salary,
        allowance_saved=saved.vnd,
        premises=sum(one.sort == "premises" for one in left),
        citations=saved.citations,
        verified=saved.verified,
        leftovers=left,
    )


def _renamed(register: Register, grouping: Grouping, on: dt.date) -> Iterator[int]:
    """Residents (or households where these are not known) whose unit bears another name afterwards."""
    for group in grouping.groups:
        for id_ in group.members:
            unit = register.units[id_]
            if id_ != group.seat or unit.name(on) != group.name:
                size = unit.measure("population", on) or unit.measure("households", on) or 0
                yield int(size)


@attrs.frozen(slots=True)
class _Saved:
    multiples: Fraction | None
    salary: int | Fraction | None
    vnd: int | Fraction | None
    citations: tuple[Citation, ...]
    verified: bool


def _saved(register: Register, grouping: Grouping, on: dt.date, law: Rulebook) -> _Saved:
    """The pools of the units before less those of the units after; only villages have a pool of their own."""
    before, after = [], []
    for group in grouping.groups:
        units = [register.units[id_] for id_ in group.members]
        if any(unit.kind(on) not in kinds.VILLAGE_KINDS for unit in units):
            return _Saved(None, None, None, (), False)
        before += [_pool(register, unit, _households([unit], on), on, law) for unit in units]
        after.append(_pool(register, register.units[group.seat], _households(units, on), on, law))
    pools = [*before, *after]
    if not pools or any(pool.monthly_vnd is None for pool in pools):
        return _Saved(None, None, None, (), False)
    multiples = _sum(pool.multiple for pool in before) - _sum(pool.multiple for pool in after)
    vnd = _sum(pool.monthly_vnd for pool in before) - _sum(pool.monthly_vnd for pool in after)
    cited = dict.fromkeys(citation for pool in pools for citation in pool.citations)
    return _Saved(multiples, pools[0].base_salary, vnd, tuple(cited), all(pool.verified for pool in pools))


def _sum(values: Iterable[int | Fraction | None]) -> Fraction:
    return sum((Fraction(value) for value in values if value is not None), Fraction(0))


def _households(units: Iterable[Unit], on: dt.date) -> int | None:
    counts = [unit.measure("households", on) for unit in units]
    return None if None in counts else int(sum(count for count in counts if count is not None))


def _pool(register: Register, unit: Unit, households: int | None, on: dt.date, law: Rulebook) -> Allowance:
    return village_allowance(
        kind=RULE_KINDS[unit.kind(on)],
        households=households,
        on=on,
        rulebook=law,
        border=_says(register, unit, "border", on),
        island=_says(register, unit, "island", on),
        key_security=_says(register, unit, "key_security", on),
    )


def _says(register: Register, unit: Unit, fact: str, on: dt.date) -> bool:
    holders = (unit, *register.ancestors(unit.id, on))
    return next((value for one in holders if (value := one.fact(fact, on))), "") == "yes"


def _leftovers(
    register: Register, grouping: Grouping, placements: Placements, on: dt.date
) -> Iterator[Leftover]:
    for unit in grouping.absorbed:
        name = register.units[unit].name(on)
        for post in register.posts_on(unit, on):
            holding = post.holder(on)
            if post.id in placements.posts or holding is None or holding.id in placements.holders:
                continue
            yield Leftover("person", holding.id, unit, name, post.title, holding.person)
        for child in register.children(unit, on):
            if child.kind(on) not in kinds.TERRITORIES:
                yield Leftover("organ", child.id, unit, child.name(on))
        yield Leftover("premises", "", unit, name)
        yield Leftover("records", "", unit, name)
