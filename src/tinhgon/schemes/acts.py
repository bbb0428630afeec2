"""A scheme as acts of the register: unsigned ones to look at, signed ones to enact. Nobody and nothing is left hanging.

By default the seat goes on: its head stays, its posts stay. Posts of units that cease close, and their holders are
released, save that a head post standing empty at the seat is taken by the head of the largest unit that ceases.
What hangs under a unit that ceases goes under the seat. Where a new unit is established, it takes the seat's place:
the posts of the seat move to it with their holders, and it begins with the seat's attributes; its code comes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from tinhgon.citations import Citation
from tinhgon.registry import kinds
from tinhgon.registry.events import Output, Placement, Reorganised
from tinhgon.registry.state import CODE, KIND, NAME, Post, Register, Unit
from tinhgon.schemes.grouping import Group, Grouping


@attrs.frozen(slots=True)
class Decision:
    """The act that enacts a scheme; without `signed_on` its events are drafts to be laid over a register."""

    document: str
    effective_on: dt.date
    signed_on: dt.date | None = None
    operating_on: dt.date | None = None


@attrs.frozen(slots=True)
class Placements:
    """Where what hangs on the units that cease goes: children to units, posts to units, holdings to posts."""

    children: Mapping[str, str] = attrs.field(factory=dict)
    posts: Mapping[str, str] = attrs.field(factory=dict)
    holders: Mapping[str, str] = attrs.field(factory=dict)

    def to_json(self) -> dict[str, dict[str, str]]:
        """Plain JSON values."""
        return {"children": dict(self.children), "posts": dict(self.posts), "holders": dict(self.holders)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Placements:
        """The placements some JSON says."""
        return cls(*(dict(data.get(name) or {}) for name in ("children", "posts", "holders")))


def default_placements(register: Register, grouping: Grouping, on: dt.date) -> Placements:
    """Where things go unless an officer says otherwise; a pure function of register and grouping."""
    children: dict[str, str] = {}
    holders: dict[str, str] = {}
    for group in grouping.groups:
        for unit in group.absorbed:
            for hierarchy in kinds.HIERARCHIES:
                children |= {child.id: group.seat for child in register.children(unit, on, hierarchy)}
        holders |= dict(_heads(register, group, on))
    return Placements(children, {}, holders)


def _heads(register: Register, group: Group, on: dt.date) -> Iterator[tuple[str, str]]:
    """The head of the largest unit that ceases takes a head post that stands empty at the seat."""
    empty = [
        post for post in register.posts_on(group.seat, on) if post.role == kinds.HEAD and not post.holder(on)
    ]
    leaving = sorted(group.absorbed, key=lambda unit: -_size(register, unit, on))
    heads = [
        holding.id
        for unit in leaving
        for post in register.posts_on(unit, on)
        if post.role == kinds.HEAD and (holding := post.holder(on)) is not None
    ]
    yield from zip(heads, (post.id for post in empty), strict=False)


def _size(register: Register, unit: str, on: dt.date) -> float:
    found = (register.units[unit].measure(name, on) for name in ("population", "households"))
    return float(next((value for value in found if value is not None), 0))


def acts_of(
    register: Register, grouping: Grouping, placements: Placements, decision: Decision, mark: str = ""
) -> list[Reorganised]:
    """One act for each group, in order, citing the decision's items in turn.

    `mark` begins the ids of new holdings, so that they are unlike any other's. Proposals of the register that wait
    and whose units all lie in one group are carried out by its act.
    """
    return [
        _act(register, group, placements, decision, number, mark)
        for number, group in enumerate(grouping.groups, 1)
    ]


def _act(
    register: Register, group: Group, placements: Placements, decision: Decision, number: int, mark: str
) -> Reorganised:
    on = decision.effective_on
    result = _result(register, group, on, mark)
    leaving = set(_posts(register, group, on))
    hanging = set(_children(register, group, on))
    at = {group.seat: result.unit}  # what is placed at the seat goes to what takes its place
    moved = {post: at.get(to, to) for post, to in placements.posts.items() if post in leaving and to}
    if group.is_new:
        moved |= {post.id: result.unit for post in register.posts_on(group.seat, on)}
    return Reorganised(
        effective_on=on,
        citation=Citation(decision.document, f"Điều 1, mục {number}"),
        signed_on=decision.signed_on,
        operating_on=decision.operating_on,
        act="merge" if group.is_new else "absorb",
        inputs=group.members,
        outputs=(result,),
        children={
            child: at.get(to, to) for child, to in placements.children.items() if child in hanging and to
        },
        posts_moved=moved,
        holders=tuple(_placed(register, placements, leaving - moved.keys(), on, mark)),
        carries_out=tuple(_carried(register, group, on)),
    )


def _result(register: Register, group: Group, on: dt.date, mark: str) -> Output:
    """What comes out: the seat with what changes of it, or a new unit in its place."""
    seat = register.units[group.seat]
    kind = group.kind if group.kind in kinds.KINDS else seat.kind(on)
    if not group.is_new:
        title = group.name if group.name != seat.name(on) else ""
        return Output(unit=group.seat, title=title, kind=kind if kind != seat.kind(on) else "")
    parents = {hierarchy: seat.parent(on, hierarchy) for hierarchy in kinds.HIERARCHIES}
    return Output(
        unit=f"{mark}new-{group.seat}",
        title=group.name,
        kind=kind,
        parents={hierarchy: parent for hierarchy, parent in parents.items() if parent},
        attributes=dict(_attributes(seat, on)),
    )


def _attributes(unit: Unit, on: dt.date) -> Iterator[tuple[str, str]]:
    for fact in unit.facts:
        value = unit.fact(fact, on)
        if value and fact not in (NAME, KIND, CODE) and not fact.startswith("parent"):
            yield fact, value


def _posts(register: Register, group: Group, on: dt.date) -> Iterator[str]:
    for unit in group.absorbed:
        yield from (post.id for post in register.posts_on(unit, on))


def _children(register: Register, group: Group, on: dt.date) -> Iterator[str]:
    for unit in group.members:
        for hierarchy in kinds.HIERARCHIES:
            yield from (child.id for child in register.children(unit, on, hierarchy))


def _placed(
    register: Register, placements: Placements, closing: Iterable[str], on: dt.date, mark: str
) -> Iterator[Placement]:
    for id_ in sorted(closing):
        holding = _post(register, id_).holder(on)
        if holding is not None and placements.holders.get(holding.id):
            yield Placement(holding.id, placements.holders[holding.id], f"{mark}{holding.id}")


def _post(register: Register, id_: str) -> Post:
    return register.posts[id_]


def _carried(register: Register, group: Group, on: dt.date) -> Iterator[str]:
    for proposal in register.proposals.values():
        if proposal.is_waiting(on) and set(proposal.reorganisation.inputs) <= set(group.members):
            yield proposal.id
