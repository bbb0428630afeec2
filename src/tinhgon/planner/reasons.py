"""Why a unit cannot be made lawful: the lines of a request for exception."""

from __future__ import annotations

import attrs
import numpy as np

from tinhgon.planner.assess import in_violation
from tinhgon.planner.problem import IntArray, Problem, connected_parts
from tinhgon.planner.solution import Violation

TEXTS = {
    "alone": ("được yêu cầu giữ nguyên", "it is to be left alone"),
    "isolated": ("không có đơn vị liền kề cùng cấp trên", "it has no neighbour inside its parent"),
    "parent_below": (
        "toàn bộ {count} đơn vị liền kề nhau cộng lại vẫn dưới tiêu chuẩn",
        "all {count} units it hangs together with stay below the standard, taken together",
    ),
    "forbidden_borders": (
        "các ranh giới bị cấm nhập chia cắt đơn vị khỏi nhóm đạt tiêu chuẩn",
        "forbidden pairs or units left alone cut it off from a group that would meet the standard",
    ),
    "no_union": (
        "không cách nhập nào đạt tiêu chuẩn mà không để đơn vị khác vi phạm",
        "no union meets the standard without leaving another unit in violation",
    ),
}


def violations(problem: Problem, labels: IntArray) -> tuple[Violation, ...]:
    """Each unit left in violation with its reason, in order of unit.

    Where the plan is best these are the smallest set of units to ask exception for.
    """
    units = np.flatnonzero(in_violation(problem, labels))
    if not len(units):
        return ()
    inside = problem.edges[problem.parents[problem.edges[:, 0]] == problem.parents[problem.edges[:, 1]]]
    part_of = connected_parts(problem.n, inside)
    open_problem = attrs.evolve(problem, forced=(), forbidden=(), alone=frozenset())
    return tuple(_explained(open_problem, problem, int(unit), part_of) for unit in units)


def _explained(open_problem: Problem, problem: Problem, unit: int, part_of: IntArray) -> Violation:
    around = np.flatnonzero(part_of == part_of[unit])
    code = _reason(open_problem, problem, unit, around)
    vi, en = TEXTS[code]
    return Violation(unit, code, vi.format(count=len(around)), en.format(count=len(around)))


def _reason(open_problem: Problem, problem: Problem, unit: int, around: IntArray) -> str:
    """The first reason that holds, from the plainest on."""
    if unit in problem.alone:
        return "alone"
    if len(around) == 1:
        return "isolated"
    if not open_problem.meets(around) and len(set(problem.classes[around].tolist())) == 1:
        return "parent_below"
    restricted = problem.forced or problem.forbidden or problem.alone
    return "forbidden_borders" if restricted else "no_union"
