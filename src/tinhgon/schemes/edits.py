"""Edits by hand: each is a small JSON object, and a grouping is always the first one with all its edits applied.

So undoing is leaving one out. `move` puts a unit beside another, or alone; `seat`, `name` and `form` (whether
the seat goes on or a new unit is established) choose for a group; `take` takes over an answer of the planner for the
units it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from tinhgon.refusal import Refusal
from tinhgon.schemes.grouping import Group, Grouping
from tinhgon.text import clean

Edit = Mapping[str, Any]
MOVE, SEAT, NAME, FORM, TAKE = "move", "seat", "name", "form", "take"


class UnableToEdit(Refusal, ValueError):
    """The edit names a unit the scheme does not know, or says nothing; carries the unit."""

    def __init__(self, unit: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.unit = unit


@attrs.frozen(slots=True)
class Units:
    """What edits need to know of the units: name, kind and size (residents, else households) by id."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]
    sizes: Mapping[str, float]
    order: Mapping[str, int]

    def largest(self, units: Iterable[str]) -> str:
        """The largest, of equals the first."""
        return max(units, key=lambda unit: (self.sizes.get(unit, 0.0), -self.order[unit]))

    def check(self, unit: str) -> None:
        """Raise UnableToEdit where the unit is not known."""
        if unit not in self.order:
            raise UnableToEdit(
                unit,
                f"Đơn vị '{unit}' không thuộc phạm vi của đề án.",
                f"Unit '{unit}' is not within the scheme.",
            )


def apply_edits(grouping: Grouping, edits: Iterable[Edit], units: Units) -> Grouping:
    """The grouping after some edits, in order.

    Raises:
        UnableToEdit: one names a unit outside the scheme, or a group that is not there.
    """
    for edit in edits:
        grouping = _APPLIED[str(edit["do"])](grouping, edit, units)
    return grouping


def _move(grouping: Grouping, edit: Edit, units: Units) -> Grouping:
    unit, beside = str(edit["unit"]), str(edit.get("to", ""))
    for named in (unit, beside) if beside else (unit,):
        units.check(named)
    there = grouping.group_of(beside)
    if unit == beside or (there is not None and unit in there.members):
        return grouping
    groups = [_without(group, unit, units) for group in grouping.groups]
    if beside:
        joined = _joined(there, beside, unit, units)
        groups = [joined if there is not None and group == there else group for group in groups]
        groups += [joined] if there is None else []
    return _tidy((group for group in groups if group is not None), units)


def _without(group: Group, unit: str, units: Units) -> Group | None:
    """The group once a unit has left it; None when nobody is left to be joined with."""
    if unit not in group.members:
        return group
    left = tuple(member for member in group.members if member != unit)
    if len(left) < 2:
        return None
    if group.seat != unit:
        return attrs.evolve(group, members=left)
    return _seated(attrs.evolve(group, members=left), units.largest(left), units)


def _joined(there: Group | None, beside: str, unit: str, units: Units) -> Group:
    if there is not None:
        return attrs.evolve(there, members=(*there.members, unit))
    seat = units.largest((beside, unit))
    return Group((beside, unit), seat, units.names[seat], units.kinds[seat])


def _seat(grouping: Grouping, edit: Edit, units: Units) -> Grouping:
    seat = str(edit["unit"])
    group = _group(grouping, seat, units)
    return _replaced(grouping, group, _seated(group, seat, units), units)


def _name(grouping: Grouping, edit: Edit, units: Units) -> Grouping:
    group = _group(grouping, str(edit["unit"]), units)
    name = clean(str(edit.get("name", "")))
    named = attrs.evolve(group, name=name or units.names[group.seat], by_hand=bool(name))
    return _replaced(grouping, group, named, units)


def _form(grouping: Grouping, edit: Edit, units: Units) -> Grouping:
    group = _group(grouping, str(edit["unit"]), units)
    return _replaced(grouping, group, attrs.evolve(group, is_new=edit.get("form") == "new"), units)


def _take(grouping: Grouping, edit: Edit, units: Units) -> Grouping:
    """An answer of the planner replaces every group that touches the units it is about."""
    about = {str(unit) for unit in edit["units"]}
    for unit in sorted(about):
        units.check(unit)
    kept = (group for group in grouping.groups if not about.intersection(group.members))
    return _tidy((*kept, *Grouping.from_json(edit["groups"]).groups), units)


def _seated(group: Group, seat: str, units: Units) -> Group:
    """The group with another seat, whose name it follows unless one was chosen by hand."""
    name = group.name if group.by_hand else units.names[seat]
    return attrs.evolve(group, seat=seat, kind=units.kinds[seat], name=name)


def _group(grouping: Grouping, unit: str, units: Units) -> Group:
    units.check(unit)
    group = grouping.group_of(unit)
    if group is None:
        raise UnableToEdit(
            unit,
            f"{units.names[unit]} không nhập với đơn vị nào; hãy nhập trước rồi chọn tên, trụ sở.",
            f"{units.names[unit]} is not joined with any other; join it first, then choose name and seat.",
        )
    return group


def _replaced(grouping: Grouping, old: Group, new: Group, units: Units) -> Grouping:
    return _tidy((new if group == old else group for group in grouping.groups), units)


def _tidy(groups: Iterable[Group], units: Units) -> Grouping:
    """Members and groups in the order of the units, so that the same choice is always the same value."""
    ordered = [
        attrs.evolve(group, members=tuple(sorted(group.members, key=units.order.__getitem__)))
        for group in groups
    ]
    return Grouping(tuple(sorted(ordered, key=lambda group: units.order[group.members[0]])))


_APPLIED = {MOVE: _move, SEAT: _seat, NAME: _name, FORM: _form, TAKE: _take}
