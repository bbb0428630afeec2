"""From a posed problem to a plan: send the pieces out, put the answers together, say what is proven."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import numpy as np

from tinhgon.planner.engines import interrupts
from tinhgon.planner.fanout import Engine, Progress, pieces_for, solve_pieces
from tinhgon.planner.forms import LAW, is_max_p, target_of, usual_effort
from tinhgon.planner.inputs.posing import Posed
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import Piece, Problem
from tinhgon.planner.provisional import provisional
from tinhgon.planner.solution import OPTIMAL, Solution, combine
from tinhgon.refusal import Refusal


class UnableToBreakTies(Refusal, ValueError):
    """A tie-break was asked of a form that has none."""

    def __init__(self) -> None:
        super().__init__(
            "Tiêu chí phụ chỉ dùng với mục tiêu law và target=N; hãy bỏ tiêu chí phụ hoặc chọn mục tiêu khác.",
            "A tie-break goes with the forms law and target=N only; drop it or choose another form.",
        )


def make_plan(
    posed: Posed,
    form: str = LAW,
    *,
    seed: int = 0,
    effort: int | None = None,
    certify: bool = False,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Plan:
    """The plan for a posed problem; it depends on the problem, the form, the seed and the effort alone.

    With `certify` every parent's proof is in the certificate, which takes longer in the law form.
    `form` is "law", "max-p", "max-p+renamed" or "target=N" (`tinhgon.planner.forms`). An interrupt gives the
    best plan so far, marked: parents not solved yet get a provisional plan (`tinhgon.planner.provisional`).
    """
    effort = usual_effort(form) if effort is None else effort
    if is_max_p(form) and posed.problem.tie_break is not None:
        raise UnableToBreakTies()
    target = target_of(form)
    if target is not None:
        return _plan_for_target(posed, target, seed, effort, progress)
    pieces = pieces_for(posed.problem, form)
    answered = solve_pieces(
        pieces, form, seed=seed, effort=effort, certify=certify, engine=engine, progress=progress
    )
    solutions = [
        solution
        if solution is not None and not (answered.interrupted and solution.status != OPTIMAL)
        else provisional(piece.problem, form, seed, effort, solution)
        for piece, solution in zip(pieces, answered.solutions, strict=True)
    ]
    whole = combine(posed.problem, pieces, solutions)
    proven = _proven(posed.problem, pieces, solutions)
    return Plan(posed, whole, proven, answered.interrupted)


def _proven(problem: Problem, pieces: Sequence[Piece], solutions: Sequence[Solution]) -> tuple[bool, ...]:
    proven = np.ones(len(problem.parent_names), dtype=bool)
    for piece, solution in zip(pieces, solutions, strict=True):
        if solution.status != OPTIMAL:
            proven[piece.problem.parents] = False
    return tuple(proven.tolist())


def _plan_for_target(posed: Posed, target: int, seed: int, effort: int, progress: Progress | None) -> Plan:
    """A number of units in all ties the parents together, so this form is solved as one."""
    solve = import_module("tinhgon.planner.target").solve
    with interrupts() as seen:
        solution: Solution = solve(posed.problem, target, seed=seed, effort=effort, progress=progress)
    optimal = solution.status == OPTIMAL
    return Plan(posed, solution, (optimal,) * len(posed.problem.parent_names), seen.is_set())
