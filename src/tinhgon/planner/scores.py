"""The objectives of any form for any groups: what a plan by hand or an unsolved piece is held against."""

from __future__ import annotations

import attrs
import numpy as np

from tinhgon.planner import assess, reasons
from tinhgon.planner.forms import MAX_P
from tinhgon.planner.problem import ENOUGH, IntArray, Problem
from tinhgon.planner.solution import Violation


def costs(problem: Problem, labels: IntArray, form: str) -> dict[str, float]:
    """The objectives by name: those of the law, and the parts that meet the standard."""
    meeting = assess.group_ratios(problem, labels) >= ENOUGH
    return {**dict(assess.objectives(_asked(problem, form), labels)), "parts": float(meeting.sum())}


def left(problem: Problem, labels: IntArray, form: str) -> tuple[Violation, ...]:
    """Units left in violation with their reasons."""
    return reasons.violations(_asked(problem, form), labels)


def _asked(problem: Problem, form: str) -> Problem:
    """In the max-p form every unit has to end in a lawful part, not only those that must merge."""
    return attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool)) if form == MAX_P else problem
