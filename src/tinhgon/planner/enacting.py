"""A plan as events of the register:

one reorganisation for each merged group, to be signed or laid over it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from tinhgon.citations import Citation
from tinhgon.planner.groups import Group
from tinhgon.planner.plan import Plan
from tinhgon.registry.events import Output, Reorganised
from tinhgon.registry.kinds import KINDS


def to_events(
    plan: Plan,
    *,
    effective_on: dt.date,
    citation: Citation,
    signed_on: dt.date | None = None,
    new_unit: Callable[[Group], str] | None = None,
) -> tuple[Reorganised, ...]:
    """One event per merged group, in the table's order; groups of one unit make none.

    Members are absorbed by the seat, which goes on under the name proposed; with `new_unit`, which gives the
    id of a unit to establish, they are merged into a new one. Without `signed_on` the events are drafts: lay
    them over a register with `tinhgon.registry.fold.overlay`. Unit ids are the table's, so it has to come
    from the register.
    """
    return tuple(_events(plan, effective_on, citation, signed_on, new_unit))


def _events(
    plan: Plan,
    effective_on: dt.date,
    citation: Citation,
    signed_on: dt.date | None,
    new_unit: Callable[[Group], str] | None,
) -> Iterator[Reorganised]:
    ids = plan.posed.problem.ids
    for group in plan.groups:
        if group.merged:
            yield Reorganised(
                effective_on=effective_on,
                citation=citation,
                signed_on=signed_on,
                act="absorb" if new_unit is None else "merge",
                inputs=tuple(ids[unit] for unit in group.members),
                outputs=(
                    _absorbing(plan, group) if new_unit is None else _new(plan, group, new_unit(group)),
                ),
            )


def _absorbing(plan: Plan, group: Group) -> Output:
    """The seat, with a new name or kind where it changes."""
    name, kind = plan.posed.problem.names[group.seat], plan.posed.units.kinds[group.seat]
    changed = group.kind != kind and group.kind in KINDS
    return Output(
        unit=plan.posed.problem.ids[group.seat],
        title=group.name if group.name != name else "",
        kind=group.kind if changed else "",
    )


def _new(plan: Plan, group: Group, unit: str) -> Output:
    parent = plan.posed.units.parents[group.seat]
    parents = {"administrative": parent} if parent not in {"", "*"} else {}
    return Output(unit=unit, title=group.name, kind=group.kind, parents=parents)
