"""A plan in plain words: what happens to one unit, why, and what is proven about it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tinhgon.planner.outputs.words import measure_name, number, percent, question
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import ENOUGH
from tinhgon.refusal import Refusal


class UnableToFindUnit(Refusal, LookupError):
    """No unit has this id; says what ids look like."""

    def __init__(self, unit: str, example: str) -> None:
        super().__init__(
            f"Không có đơn vị nào mang mã {unit!r}; mã có dạng như {example!r}.",
            f"No unit of the plan has the id {unit!r}; ids are such as {example!r}.",
        )


def explain(plan: Plan, unit: str, language: str = "vi") -> str:
    """What the plan does with a unit (by id) and why, in "vi" or "en". Raises UnableToFindUnit."""
    if unit not in plan.posed.problem.ids:
        raise UnableToFindUnit(unit, plan.posed.problem.ids[0])
    return explain_number(plan, plan.posed.problem.ids.index(unit), language)


def explain_number(plan: Plan, unit: int, language: str = "vi") -> str:
    """The same by number of the unit in its table."""
    return " ".join(_sentences(plan, unit, language))


def _sentences(plan: Plan, unit: int, language: str) -> Iterator[str]:
    yield _standing(plan, unit, language)
    yield _fate(plan, unit, language)
    violation = next((v for v in plan.violations if v.unit == unit), None)
    if violation is not None:
        left = "Vẫn dưới tiêu chuẩn vì" if language == "vi" else "It stays below the standard because"
        yield f"{left} {violation.text_vi if language == 'vi' else violation.text_en}."
    yield _proof(plan, unit, language)


def _standing(plan: Plan, unit: int, language: str) -> str:
    problem, change = plan.posed.problem, plan.changes[unit]
    bounds = problem.standard.bounds[problem.classes[unit]]
    of = "bằng {0} mức {1}" if language == "vi" else "{0} of {1}"
    measured = "; ".join(
        f"{measure_name(name, language)} {number(value, language)}"
        + (f", {of.format(percent(value / bound, language), number(bound, language))}" if bound > 0 else "")
        for name, value, bound in zip(problem.standard.measures, problem.values[unit], bounds, strict=True)
    )
    follows = _follows(change.must, change.ratio_before, language)
    return f"{problem.names[unit]}: {measured} ({plan.posed.standard.source}); {follows}."


def _follows(must: bool, ratio: float, language: str) -> str:
    if must:
        return "thuộc diện phải sắp xếp" if language == "vi" else "it must merge"
    if ratio >= ENOUGH:
        return "đạt tiêu chuẩn" if language == "vi" else "it meets the standard"
    return "chưa đạt nhưng không bắt buộc" if language == "vi" else "it is below, but not obliged to merge"


def _fate(plan: Plan, unit: int, language: str) -> str:
    group = plan.groups[plan.changes[unit].group]
    names = plan.posed.problem.names
    if not group.merged:
        return "Phương án giữ nguyên đơn vị." if language == "vi" else "The plan keeps it as it is."
    others = ", ".join(names[member] for member in group.members if member != unit)
    sums = ", ".join(
        f"{measure_name(name, language)} {number(total, language)}"
        for name, total in zip(plan.posed.problem.standard.measures, group.sums, strict=True)
    )
    reached = _reached(group.ratio, len(group.members), language)
    if language == "vi":
        return (
            f"Phương án nhập với {others} thành {group.name}, trụ sở đặt tại {names[group.seat]}; "
            f"sau sắp xếp có {sums}, {reached}."
        )
    return (
        f"The plan joins it with {others} into {group.name}, seated at {names[group.seat]}; "
        f"that has {sums}, {reached}."
    )


def _reached(ratio: float, size: int, language: str) -> str:
    if not math.isinf(ratio):
        share = percent(ratio, language)
        return f"bằng {share} tiêu chuẩn" if language == "vi" else f"{share} of the standard"
    if language == "vi":
        return f"nhập {size} đơn vị nên không xem xét tiêu chuẩn"
    return f"joined from {size} units, for which the standard is not examined"


def _proof(plan: Plan, unit: int, language: str) -> str:
    parent = int(plan.posed.problem.parents[unit])
    name = plan.posed.problem.parent_names[parent]
    where = "" if name in {"", "*"} else (f" của {name}" if language == "vi" else f" of {name}")
    if not plan.proven[parent]:
        return (
            f"Phương án{where} chưa được chứng minh là tốt nhất."
            if language == "vi"
            else f"The plan{where} is not proven best."
        )
    asked = question(plan.form, language)
    if language == "vi":
        return f"Phương án{where} đã được chứng minh là tốt nhất: {asked}."
    return f"The plan{where} is proven best: {asked}."
