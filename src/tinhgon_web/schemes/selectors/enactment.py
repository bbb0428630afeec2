"""What enacting a scheme does, before it is done: the acts, where people, posts and organs go, what is left over."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon.registry import kinds
from tinhgon.registry.state import Post, Register
from tinhgon.schemes import Effects, Grouping, Placements, effects_of
from tinhgon_web.apparatus.selectors.history import people_named
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.variants import grouping, placements_of, register_for


@attrs.frozen(slots=True)
class Leaving:
    """A post of a unit that ceases, who holds it, where they go (a post's id, "" when released), where they may."""

    post: Post
    unit: str
    holding: str
    person: str
    goes_to: str
    may_go_to: list[tuple[str, str]]
    moves_to: str


@attrs.frozen(slots=True)
class Organ:
    """An organ under a unit that ceases, and the unit it goes under."""

    id: str
    name: str
    unit: str
    goes_to: str
    may_go_to: list[tuple[str, str]]


@attrs.frozen(slots=True)
class PlacedGroup:
    """One group with everything that hangs on the units that cease, and who stays.

    Where it `is_new` all its units cease; what stays with the seat stays with the unit established in its place.
    """

    seat: str
    name: str
    is_new: bool
    ceasing: list[str]
    staying: list[tuple[Post, str]]
    leaving: list[Leaving]
    organs: list[Organ]


@attrs.frozen(slots=True)
class Placed:
    """The placement list of a scheme on a day, and what it leaves over."""

    groups: list[PlacedGroup]
    effects: Effects
    on: dt.date


def placed(scheme: Scheme, on: dt.date) -> Placed | None:
    """The placement list of the chosen variant as it stands; None when nothing is chosen."""
    if scheme.chosen is None:
        return None
    register, _head = register_for(scheme)
    groups = grouping(scheme.chosen)
    placements = placements_of(scheme, register, groups, on)
    units = len(planning.units_in(register, scheme.kind, scheme.place, on))
    return Placed(
        _groups(register, groups, placements, on),
        effects_of(register, groups, placements, on, rulebook(), units),
        on,
    )


def _groups(register: Register, groups: Grouping, placements: Placements, on: dt.date) -> list[PlacedGroup]:
    people = {
        holding.person
        for unit in groups.units
        for post in register.posts_on(unit, on)
        if (holding := post.holder(on)) is not None
    }
    names = people_named(people)
    made = []
    for group in groups.groups:
        free = [
            (post.id, post.title) for post in register.posts_on(group.seat, on) if post.holder(on) is None
        ]
        made.append(
            PlacedGroup(
                seat=group.seat,
                name=group.name,
                is_new=group.is_new,
                ceasing=[
                    register.units[unit].name(on)
                    for unit in (group.members if group.is_new else group.absorbed)
                ],
                staying=[
                    (post, names.get(holding.person, holding.person) if (holding := post.holder(on)) else "")
                    for post in register.posts_on(group.seat, on)
                ],
                leaving=[
                    _leaving(post, register.units[unit].name(on), placements, names, free, on)
                    for unit in group.absorbed
                    for post in register.posts_on(unit, on)
                ],
                organs=_organs(register, group.absorbed, group.seat, group.name, placements, on),
            )
        )
    return made


def _leaving(
    post: Post,
    unit: str,
    placements: Placements,
    names: dict[str, str],
    free: list[tuple[str, str]],
    on: dt.date,
) -> Leaving:
    holding = post.holder(on)
    return Leaving(
        post=post,
        unit=unit,
        holding=holding.id if holding else "",
        person=names.get(holding.person, holding.person) if holding else "",
        goes_to=placements.holders.get(holding.id, "") if holding else "",
        may_go_to=free,
        moves_to=placements.posts.get(post.id, ""),
    )


def _organs(
    register: Register, units: tuple[str, ...], seat: str, name: str, placements: Placements, on: dt.date
) -> list[Organ]:
    commune = register.units[seat].parent(on) or ""
    above = [(commune, register.units[commune].name(on))] if commune else []
    return [
        Organ(
            child.id,
            child.name(on),
            register.units[unit].name(on),
            placements.children.get(child.id, seat),
            [(seat, name), *above],
        )
        for unit in units
        for child in register.children(unit, on, kinds.ADMINISTRATIVE)
        if child.kind(on) not in kinds.TERRITORIES
    ]
