"""From the register to the planner and back: the question about a place, the plan, and a plan as groups of units.

The planner's libraries take a second to load, so they are loaded where a plan is asked for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from tinhgon.refusal import Refusal
from tinhgon.registry import kinds
from tinhgon.registry.events import Reorganised
from tinhgon.registry.state import Register
from tinhgon.rules import region_of
from tinhgon.schemes import Group, Grouping
from tinhgon.schemes.edits import Units
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps.outlines import outlines
from tinhgon_web.schemes.law import rulebook

if TYPE_CHECKING:
    from tinhgon.planner.fanout import Progress
    from tinhgon.planner.inputs.posing import Posed
    from tinhgon.planner.plan import Plan

FAMILIES = {"village": kinds.VILLAGE_KINDS, "commune": kinds.COMMUNE_KINDS}
_posed: registers.Kept[Any] = registers.Kept(16)


class UnableToPlan(Refusal, ValueError):
    """There is nothing to plan, or the neighbours are not known."""


@attrs.frozen(slots=True)
class Question:
    """What is asked: which units of which place, by the register and the law of a day, under which wishes."""

    kind: str
    place: str
    on: dt.date
    forced: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()
    form: str = "law"
    seed: int = 0
    effort: int | None = None

    @property
    def key(self) -> str:
        """The question in one spelling, to keep its answer under."""
        return json.dumps(attrs.asdict(self), default=str, sort_keys=True)


def units_in(register: Register, kind: str, place: str, on: dt.date) -> list[str]:
    """The ids of the units a scheme of a place is about, in order of registration."""
    return [unit.id for unit in register.units_on(on, FAMILIES[kind], place)]


def decided(register: Register, units: Iterable[str], on: dt.date) -> dict[str, dt.date]:
    """Units that an act already in the register will reorganise after a day, with the day: they are not free."""
    wanted = frozenset(units)
    found: dict[str, dt.date] = {}
    for _seq, event in register.applied:
        if event.effective_on > on and isinstance(event, Reorganised):
            found |= {unit: event.effective_on for unit in event.inputs if unit in wanted}
    return found


def pose(register: Register, head: registers.Head, question: Question) -> Posed:
    """The planner's problem for a question.

    Raises:
        UnableToPlan: the place has no such units, or they have no outlines to find neighbours by.
        UnableToHonourPairs, UnableToApplyRule, UnableToReadUnits: as the planner says.
    """
    from tinhgon.planner import Request, Wishes, pose_table
    from tinhgon.planner.inputs.registers import WITHIN, table_of

    ids = units_in(register, question.kind, question.place, question.on)
    shapes = outlines(register, head, question.on, ids)
    if len(ids) < 2:
        raise UnableToPlan(
            "Nơi được chọn không có từ hai đơn vị trở lên để sắp xếp.",
            "The place chosen has no two units to reorganise.",
        )
    if not shapes:
        raise UnableToPlan(
            "Chưa có ranh giới của các đơn vị nên chưa biết đơn vị nào liền kề; hãy nạp bản đồ trước.",
            "No outlines are known, so nobody can say which units are neighbours; load the map first.",
        )
    table = table_of(register, question.kind, question.on, under=question.place, shapes=shapes)
    wishes = Wishes(question.forced, question.forbidden, question.alone)
    return pose_table(
        table,
        Request(
            rule=question.kind,
            on=question.on,
            facts=_facts(register, question),
            within=WITHIN,
            wishes=wishes,
        ),
    )


def _facts(register: Register, question: Question) -> dict[str, str]:
    """What the law asks and no unit says: the region, by the province's name."""
    above = (register.units[question.place], *register.ancestors(question.place, question.on))
    province = next((unit for unit in above if unit.kind(question.on) in kinds.PROVINCE_KINDS), None)
    if province is None:
        return {}
    found = region_of(province.name(question.on), question.on, rulebook=rulebook())
    return {} if found is None else {"region": str(found.value)}


def posed(register: Register, head: registers.Head, question: Question) -> Posed:
    """The problem for a question, kept by the journal's head, so that edits are held against it at once."""
    kept: Posed = _posed.get((head, question.key), lambda: pose(register, head, question))
    return kept


def plan_again(posed: Posed, groups: Grouping, summary: Mapping[str, Any]) -> Plan:
    """A plan from the groups and the figures kept of it, without solving again."""
    import numpy as np

    from tinhgon.planner.plan import Plan
    from tinhgon.planner.scores import OBJECTIVES, costs, left
    from tinhgon.planner.solution import Solution, relabel

    problem, form = posed.problem, summary["form"]
    number = {unit: index for index, unit in enumerate(problem.ids)}
    if not number.keys() >= set(groups.units):
        raise UnableToPlan(
            "Có đơn vị của phương án không còn trong sổ vào ngày của đề án; hãy lập lại phương án.",
            "Units of the variant are no longer in the register on the scheme's day; plan again.",
        )
    joined = np.arange(problem.n)
    for group in groups.groups:
        joined[[number[unit] for unit in group.members]] = number[group.members[0]]
    labels = relabel(joined)
    found = costs(problem, labels, form)
    named = OBJECTIVES.get(form, ("abolished", "violations", "renamed_residents"))
    solution = Solution(
        form=form,
        labels=labels,
        objectives=tuple((name, found[name]) for name in named),
        status=summary["status"],
        bound=summary["bound"],
        certificate={},
        seed=summary["seed"],
        effort=summary["effort"],
        violations=left(problem, labels, form),
    )
    return Plan(posed, solution, tuple(summary["proven"]))


def solve(
    posed: Posed, question: Question, progress: Progress | None = None, *, certify: bool = False
) -> Plan:
    """Solve a posed question in this process."""
    from tinhgon.planner import Engine, make_plan

    return make_plan(
        posed,
        question.form,
        seed=question.seed,
        effort=question.effort,
        certify=certify,
        engine=Engine(1),
        progress=progress,
    )


def grouping_of(plan: Plan) -> Grouping:
    """The merged groups of a plan, with the seats and names it proposes."""
    ids = plan.posed.problem.ids
    return Grouping(
        tuple(
            Group(tuple(ids[unit] for unit in group.members), ids[group.seat], group.name, group.kind)
            for group in plan.groups
            if group.merged
        )
    )


def unit_facts(register: Register, kind: str, place: str, on: dt.date) -> Units:
    """What edits by hand ask of the units."""
    units = [register.units[id_] for id_ in units_in(register, kind, place, on)]
    return Units(
        names={unit.id: unit.name(on) for unit in units},
        kinds={unit.id: unit.kind(on) for unit in units},
        sizes={
            unit.id: float(unit.measure("population", on) or unit.measure("households", on) or 0)
            for unit in units
        },
        order={unit.id: number for number, unit in enumerate(units)},
    )
