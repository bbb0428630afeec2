"""A variant as it stands: its groups after the edits, what it does, how far it is from the proven best."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from tinhgon.registry.state import Register
from tinhgon.rules.findings import percent_en, percent_vi
from tinhgon.schemes import (
    Effects,
    Grouping,
    NameFault,
    Placements,
    apply_edits,
    default_placements,
    effects_of,
    name_faults,
)
from tinhgon_web.apparatus import registers
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import Scheme, Variant

if TYPE_CHECKING:
    from tinhgon.planner.by_hand import HandMade
    from tinhgon.planner.plan import Plan
    from tinhgon.planner.solution import Violation


def register_for(scheme: Scheme) -> tuple[Register, registers.Head]:
    """The register a scheme is looked at on: everything recorded, or what was before it once it is in force."""
    head = registers.head() if scheme.first_entry is None else registers.before(scheme.first_entry)
    return registers.register(head), head


def question_of(scheme: Scheme, variant: Variant | None = None) -> planning.Question:
    """The question a variant answered, or the plain one about the place: what is excepted or decided stays alone."""
    if variant is None:
        register, _head = register_for(scheme)
        units = planning.units_in(register, scheme.kind, scheme.place, scheme.on)
        excepted = scheme.factors.values_list("unit", flat=True)
        alone = sorted({*excepted, *planning.decided(register, units, scheme.on)})
        return planning.Question(scheme.kind, scheme.place, scheme.on, alone=tuple(alone))
    wishes = variant.wishes
    return planning.Question(
        scheme.kind,
        scheme.place,
        scheme.on,
        forced=_pairs(wishes.get("forced", ())),
        forbidden=_pairs(wishes.get("forbidden", ())),
        alone=tuple(wishes.get("alone", ())),
        form=variant.form,
        seed=variant.seed,
        effort=variant.effort,
    )


def _pairs(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(a), str(b)) for a, b in pairs)


def grouping(variant: Variant) -> Grouping:
    """The groups of a variant with the edits that stand.

    Raises:
        UnableToEdit: an edit does not fit the units any more.
    """
    first = Grouping.from_json(variant.groups)
    edits = [row.edit for row in variant.edits.all() if not row.undone]
    if not edits:
        return first
    scheme = variant.scheme
    register, _head = register_for(scheme)
    return apply_edits(first, edits, planning.unit_facts(register, scheme.kind, scheme.place, scheme.on))


def placements_of(scheme: Scheme, register: Register, groups: Grouping, on: dt.date) -> Placements:
    """The placement list: the defaults, and over them what an officer chose."""
    return laid_over(Placements.from_json(scheme.placements), register, groups, on)


def laid_over(chosen: Placements, register: Register, groups: Grouping, on: dt.date) -> Placements:
    """Placements an officer chose, over the defaults."""
    made = default_placements(register, groups, on)
    return Placements(
        {**made.children, **chosen.children},
        {**made.posts, **chosen.posts},
        {holding: post for holding, post in {**made.holders, **chosen.holders}.items() if post},
    )


@attrs.frozen(slots=True)
class Judged:
    """A variant with everything that is said of it."""

    row: Variant
    groups: Grouping
    effects: Effects
    names: list[NameFault]
    faults: tuple[tuple[str, str], ...]
    objectives: dict[str, float]
    best: dict[str, float]
    violations: list[dict[str, str]]
    is_proven: bool
    bound: float | None
    edits: int
    undone: int

    @property
    def is_lawful(self) -> bool:
        """Whether the groups hang together, stay in one parent and bear names of their own."""
        return not self.faults and not self.names

    @property
    def distance(self) -> dict[str, float]:
        """How much more than the proven best it has, objective by objective."""
        return {
            name: self.objectives[name] - self.best[name] for name in self.best if name in self.objectives
        }

    @property
    def is_as_good(self) -> bool:
        """Whether it equals the best plan in every objective."""
        return not any(self.distance.values())


def judge(scheme: Scheme, variant: Variant) -> Judged:
    """Judge a variant as it stands, at once.

    Raises:
        Refusal: the planner cannot pose the question any more (units or outlines are gone).
    """
    register, head = register_for(scheme)
    groups = grouping(variant)
    units = len(planning.units_in(register, scheme.kind, scheme.place, scheme.on))
    placements = placements_of(scheme, register, groups, scheme.on)
    found = _found(scheme, variant, groups, register, head)
    edits = list(variant.edits.all())
    return Judged(
        row=variant,
        groups=groups,
        effects=effects_of(register, groups, placements, scheme.on, rulebook(), units),
        names=name_faults(register, groups, scheme.on),
        edits=sum(not row.undone for row in edits),
        undone=sum(row.undone for row in edits),
        **found,
    )


def _found(
    scheme: Scheme, variant: Variant, groups: Grouping, register: Register, head: registers.Head
) -> dict[str, Any]:
    if variant.origin == Variant.Origin.PLANNED:
        summary = variant.summary
        return {
            "faults": (),
            "objectives": summary["objectives"],
            "best": summary["objectives"] if summary["status"] == "optimal" else {},
            "violations": variant.violations,
            "is_proven": summary["status"] == "optimal",
            "bound": summary["bound"],
        }
    made = held_against_best(scheme, variant, groups, register, head)
    plan = made.plan
    by_best = {one["unit"] for one in (variant.base or variant).violations}
    return {
        "faults": tuple((fault.text_vi, fault.text_en) for fault in made.faults),
        "objectives": {one.name: one.there for one in made.distance.objectives},
        "best": {one.name: one.here for one in made.distance.objectives},
        "violations": [_violation(plan, one, by_best) for one in plan.violations],
        "is_proven": False,
        "bound": plan.bound,
    }


def _violation(plan: Plan, one: Violation, by_best: set[str]) -> dict[str, str]:
    """A unit left below the standard. What the best plan leaves below too cannot be helped; else the group is small."""
    id_ = plan.posed.problem.ids[one.unit]
    said = {"unit": id_, "reason": one.reason, "vi": one.text_vi, "en": one.text_en}
    ratio = plan.changes[one.unit].ratio_after
    if id_ in by_best or ratio >= 1:
        return said
    share = Fraction(ratio).limit_denominator(10**6)
    return {
        "unit": id_,
        "reason": "small",
        "vi": f"đơn vị mới chỉ đạt {percent_vi(share)} tiêu chuẩn",
        "en": f"the new unit reaches only {percent_en(share)} of the standard",
    }


def held_against_best(
    scheme: Scheme, variant: Variant, groups: Grouping, register: Register, head: registers.Head
) -> HandMade:
    """The groups held against the planner's answer they were made from."""
    from tinhgon.planner.by_hand import from_groups

    return from_groups(
        plan_of(scheme, variant.base or variant, register, head), [group.members for group in groups.groups]
    )


def plan_of(scheme: Scheme, variant: Variant, register: Register, head: registers.Head) -> Plan:
    """A kept answer of the planner as a plan again, without solving."""
    posed = planning.posed(register, head, question_of(scheme, variant))
    return planning.plan_again(posed, Grouping.from_json(variant.groups), variant.summary)
