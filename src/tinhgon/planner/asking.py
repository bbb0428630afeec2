"""What if: the best plan with a pair forced or forbidden, a group fixed, a unit left alone.

Only the parents concerned are solved again, so that a commune answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np

from tinhgon.planner.fanout import Engine, pieces_for, solve_pieces
from tinhgon.planner.forms import target_of
from tinhgon.planner.inputs.posing import Posed, Wishes, with_wishes
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import IntArray
from tinhgon.planner.scores import bounded, costs, left
from tinhgon.planner.solution import FEASIBLE, OPTIMAL, Solution, combine, relabel
from tinhgon.planner.solving import make_plan


def what_if(
    plan: Plan,
    *,
    forced: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
    fixed: Iterable[Sequence[str]] = (),
    alone: Iterable[str] = (),
) -> Plan:
    """The best plan with further wishes on unit ids; hold it against the first with `plan.compare`.

    A `fixed` group becomes exactly that group. Raises UnableToHonourPairs and UnableToReadUnits.
    """
    wishes = Wishes(tuple(forced), tuple(forbidden), tuple(alone))
    posed, touched = with_wishes(plan.posed, wishes, tuple(map(tuple, fixed)))
    if target_of(plan.form) is not None:
        return make_plan(posed, plan.form, seed=plan.seed, effort=plan.solution.effort, engine=Engine(1))
    if not touched:
        return plan
    parents = posed.problem.parents
    return _again(plan, posed, np.flatnonzero(np.isin(parents, parents[list(touched)])))


def _again(plan: Plan, posed: Posed, units: IntArray) -> Plan:
    """The plan with these units, all of their parents, solved again under the wishes of `posed`."""
    part = posed.problem.part(units)
    pieces = pieces_for(part, plan.form)
    certify = bool(plan.certificate.get("components"))
    answered = solve_pieces(
        pieces, plan.form, seed=plan.seed, effort=plan.solution.effort, certify=certify, engine=Engine(1)
    )
    solved = combine(part, pieces, [solution for solution in answered.solutions if solution is not None])
    labels = np.array(plan.solution.labels, dtype=np.int64)
    labels[units] = posed.problem.n + solved.labels
    proven = np.array(plan.proven)
    proven[part.parents] = solved.status == OPTIMAL
    whole = _whole(plan, posed, relabel(labels), bool(proven.all()))
    whole = attrs.evolve(whole, certificate=_certificate(plan, solved, {posed.problem.ids[u] for u in units}))
    return Plan(posed, whole, tuple(proven.tolist()))


def _certificate(plan: Plan, solved: Solution, units: set[str]) -> dict[str, Any]:
    """The plan's proofs with those of these units, all of their parents, replaced."""
    kept = [entry for entry in plan.certificate.get("components", []) if units.isdisjoint(entry["units"])]
    fresh = solved.certificate.get("components", [])
    return {"components": [*kept, *fresh]} if kept or fresh else {}


def _whole(plan: Plan, posed: Posed, labels: IntArray, optimal: bool) -> Solution:
    """Wishes only narrow the choice: where not all is proven again, the old bound still holds."""
    found = costs(posed.problem, labels, plan.form)
    first = found[bounded(plan.form)]
    return attrs.evolve(
        plan.solution,
        labels=labels,
        objectives=tuple((name, found[name]) for name, _ in plan.solution.objectives),
        status=OPTIMAL if optimal else FEASIBLE,
        bound=first if optimal else plan.bound,
        violations=left(posed.problem, labels, plan.form),
    )
