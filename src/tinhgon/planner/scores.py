"""The objectives of any form for any groups: what a plan by hand or an unsolved piece is held against."""

from __future__ import annotations

import attrs
import numpy as np

from tinhgon.planner import assess, reasons
from tinhgon.planner.forms import LAW, MAX_P, MAX_P_RENAMED, is_max_p
from tinhgon.planner.problem import ENOUGH, IntArray, Problem
from tinhgon.planner.solution import Violation

# In order of importance; "parts" is to be large, all others small.
OBJECTIVES = {
    LAW: ("violations", "abolished", "renamed_residents"),
    MAX_P: ("violations", "parts", "renamed_residents"),
    MAX_P_RENAMED: ("violations", "parts", "renamed_residents"),
}


def named(problem: Problem, form: str) -> tuple[str, ...]:
    """The names of a form's objectives, with the tie-break where one is chosen."""
    return OBJECTIVES[form] + (() if problem.tie_break is None else (problem.tie_break.name,))


def costs(problem: Problem, labels: IntArray, form: str) -> dict[str, float]:
    """The objectives by name: those of the law, and the parts that meet the standard."""
    meeting = assess.group_ratios(problem, labels) >= ENOUGH
    return {**dict(assess.objectives(asked(problem, form), labels)), "parts": float(meeting.sum())}


def left(problem: Problem, labels: IntArray, form: str) -> tuple[Violation, ...]:
    """Units left in violation with their reasons."""
    return reasons.violations(asked(problem, form), labels)


def asked(problem: Problem, form: str) -> Problem:
    """In forms other than the law's every unit has to end in a lawful part, not only those that must merge."""
    return problem if form == LAW else attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))


def bounded(form: str) -> str:
    """The objective that a form's bound is about."""
    return "parts" if is_max_p(form) else "abolished" if form == LAW else "renamed_residents"
