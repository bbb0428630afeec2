"""Two plans for the same units side by side: each objective, the groups that differ, the units that moved."""

from __future__ import annotations

import attrs

from tinhgon.planner.outputs.words import number
from tinhgon.planner.plan import Plan
from tinhgon.refusal import Refusal

_OBJECTIVES = {
    "violations": ("đơn vị còn dưới tiêu chuẩn", "units left below the standard"),
    "abolished": ("đơn vị giảm", "units abolished"),
    "renamed_residents": ("người ở đơn vị đổi tên", "residents whose unit is renamed"),
    "resident_km": ("người-km tới trụ sở", "resident-kilometres to the seat"),
    "resident_road_km": ("người-km đường bộ tới trụ sở", "resident-kilometres by road to the seat"),
    "residents_among_others": (
        "người khác cộng đồng với trụ sở",
        "residents of another community than the seat's",
    ),
    "parts": ("đơn vị đạt tiêu chuẩn", "units that meet the standard"),
}


class UnableToCompare(Refusal, ValueError):
    """The plans are not about the same units; says how many differ."""

    def __init__(self, different: int) -> None:
        self.different = different
        super().__init__(
            f"Hai phương án không cùng các đơn vị: {different} mã chỉ có ở một bên.",
            f"The plans are about different units: {different} ids are in one of them only.",
        )


@attrs.frozen(slots=True)
class Difference:
    """One objective in two plans; `more` is the other's less the first's."""

    name: str
    here: float
    there: float

    @property
    def more(self) -> float:
        """How much more the other plan has."""
        return self.there - self.here


@attrs.frozen(slots=True)
class Comparison:
    """What the other plan changes. Groups are tuples of unit ids; `moved` are units whose company differs."""

    objectives: tuple[Difference, ...]
    only_here: tuple[tuple[str, ...], ...]
    only_there: tuple[tuple[str, ...], ...]
    moved: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both plans join the same units."""
        return not self.moved

    def text(self, language: str = "vi") -> str:
        """The differences in one line, in "vi" or "en"."""
        if self.same:
            return "Hai phương án như nhau." if language == "vi" else "The plans are the same."
        changed = [difference for difference in self.objectives if difference.more]
        equal = "như nhau về mọi mục tiêu" if language == "vi" else "equal in every objective"
        told = "; ".join(_told(difference, language) for difference in changed) or equal
        moved = len(self.moved)
        if language == "vi":
            return f"Phương án kia đổi nhóm của {moved} đơn vị: {told}."
        return f"The other plan puts {moved} units in other groups: {told}."


def _told(difference: Difference, language: str) -> str:
    vi, en = _OBJECTIVES.get(difference.name, (difference.name, difference.name))
    sign = "+" if difference.more > 0 else "-"
    return f"{sign}{number(abs(difference.more), language)} {vi if language == 'vi' else en}"


def compare(plan: Plan, other: Plan) -> Comparison:
    """What changes from a plan to another over the same unit ids. Raises UnableToCompare."""
    different = set(plan.posed.problem.ids) ^ set(other.posed.problem.ids)
    if different:
        raise UnableToCompare(len(different))
    here, there = _groups(plan), _groups(other)
    seen_here, seen_there = set(here), set(there)
    moved = {unit for group in seen_here ^ seen_there for unit in group}
    names = dict.fromkeys([*plan.objectives, *other.objectives])
    return Comparison(
        objectives=tuple(
            Difference(name, plan.objectives[name], other.objectives[name])
            for name in names
            if name in plan.objectives and name in other.objectives
        ),
        only_here=tuple(group for group in here if group not in seen_there),
        only_there=tuple(group for group in there if group not in seen_here),
        moved=tuple(unit for unit in plan.posed.problem.ids if unit in moved),
    )


def _groups(plan: Plan) -> list[tuple[str, ...]]:
    """Groups as sorted ids, sorted: the same for tables in another order."""
    ids = plan.posed.problem.ids
    return sorted(tuple(sorted(ids[unit] for unit in group.members)) for group in plan.groups)
