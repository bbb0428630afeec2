"""A plan: which units are joined, what that changes, how far it is proven, and every way to look at it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tinhgon.planner.forms import is_max_p
from tinhgon.planner.groups import Group, groups_of
from tinhgon.planner.inputs.posing import Posed
from tinhgon.planner.inputs.standards import describe_standard
from tinhgon.planner.scores import bounded, costs
from tinhgon.planner.solution import OPTIMAL, Solution, Violation

if TYPE_CHECKING:
    from tinhgon.planner.comparing import Comparison
    from tinhgon.registry.events import Reorganised


@attrs.frozen(slots=True)
class UnitChange:
    """One unit before and after: its share of the standard, its group, whether it is abolished or renamed."""

    unit: int
    group: int
    ratio_before: float
    ratio_after: float
    must: bool
    abolished: bool
    renamed: bool


@attrs.frozen(slots=True, eq=False)
class Plan:
    """A problem with one answer to it.

    `proven` says for each parent whether its part is the proven best; `interrupted` marks a run that was
    stopped: its unsolved parents have a provisional plan.
    """

    posed: Posed
    solution: Solution
    proven: tuple[bool, ...]
    interrupted: bool = False

    @property
    def status(self) -> str:
        """ "optimal" where every parent is proven, else "feasible"."""
        return self.solution.status

    @property
    def form(self) -> str:
        """The form of the question: "law", "max-p", "max-p+renamed" or "target=N"."""
        return self.solution.form

    @property
    def seed(self) -> int:
        """The seed the answer depends on, with the input and the effort and nothing else."""
        return self.solution.seed

    @property
    def bound(self) -> float:
        """What no plan can better: abolished units (law), parts (max-p), residents renamed (target)."""
        return self.solution.bound

    @property
    def certificate(self) -> dict[str, Any]:
        """What `tinhgon plan-check` verifies without a solver."""
        return self.solution.certificate

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Units that stay below the standard though they must not, with the reason:

        ask exception for these.
        """
        return self.solution.violations

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The units after the plan."""
        return groups_of(self.posed, self.solution.labels)

    @cached_property
    def objectives(self) -> dict[str, float]:
        """The objectives by name in order of importance; those of the law are told for every form."""
        own = dict(self.solution.objectives)
        return own | {
            name: value
            for name, value in costs(self.posed.problem, self.solution.labels, self.form).items()
            if name not in own and name != "parts"
        }

    @property
    def parts(self) -> int:
        """The number of units after the plan; in max-p, of those that meet the standard."""
        return int(self.objectives["parts"]) if is_max_p(self.form) else self.solution.parts

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share: 0 when proven."""
        if self.status == OPTIMAL:
            return 0.0
        value = self.objectives[bounded(self.form)]
        return abs(self.bound - value) / max(1.0, abs(value))

    @cached_property
    def changes(self) -> tuple[UnitChange, ...]:
        """Before and after for each unit, in the table's order."""
        problem, labels = self.posed.problem, self.solution.labels
        return tuple(
            UnitChange(
                unit=unit,
                group=int(labels[unit]),
                ratio_before=float(problem.ratios[unit]),
                ratio_after=group.ratio,
                must=bool(problem.must[unit]),
                abolished=group.seat != unit,
                renamed=group.name != problem.names[unit],
            )
            for unit, group in enumerate(self.groups[label] for label in labels)
        )

    @property
    def abolished(self) -> tuple[int, ...]:
        """Units that cease to exist: the members of merged groups that are not the seat."""
        return tuple(change.unit for change in self.changes if change.abolished)

    @property
    def renamed_residents(self) -> float:
        """Residents whose unit changes its name under the law's count:

        merged groups less their largest member.
        """
        return self.objectives["renamed_residents"]

    @property
    def adjacency(self) -> dict[str, Any]:
        """The neighbours the plan is made and proven for."""
        return self.posed.adjacency.describe()

    def explain(self, unit: str, language: str = "vi") -> str:
        """What happens to the unit with this id, and why, in plain words. Raises UnableToFindUnit."""
        from tinhgon.planner.telling import explain

        return explain(self, unit, language)

    def compare(self, other: Plan) -> Comparison:
        """What another plan for the same units changes. Raises UnableToCompare."""
        from tinhgon.planner.comparing import compare

        return compare(self, other)

    def what_if(self, **wishes: Any) -> Plan:
        """The best plan with further wishes; see `tinhgon.planner.asking.what_if`."""
        from tinhgon.planner.asking import what_if

        return what_if(self, **wishes)

    def alternatives(self, k: int, *, parent: str | None = None) -> list[Plan]:
        """The k next best different plans, the best first; see `tinhgon.planner.alternatives`."""
        from tinhgon.planner.alternatives import alternatives

        return alternatives(self, k, parent=parent)

    def to_events(self, **act: Any) -> tuple[Reorganised, ...]:
        """One reorganisation for each merged group; see `tinhgon.planner.enacting.to_events`."""
        from tinhgon.planner.enacting import to_events

        return to_events(self, **act)

    def write(self, path: Path, *, language: str = "vi", dissolve: bool = False) -> None:
        """Write .geojson, .gpkg, .parquet, .csv, .xlsx or .html. Raises UnableToExport."""
        from tinhgon.planner.outputs.writing import write_plan

        write_plan(self, path, language=language, dissolve=dissolve)

    def summary(self) -> dict[str, Any]:
        """The plan in figures, as `tinhgon plan --json` prints them (there with the seconds)."""
        return {
            "form": self.form,
            "status": self.status,
            "interrupted": self.interrupted,
            "parts": self.parts,
            "bound": _tidy(self.bound),
            "gap": self.gap,
            "proven_parents": sum(self.proven),
            "parents": len(self.proven),
            "units": self.posed.problem.n,
            "abolished": len(self.abolished),
            "renamed_residents": _tidy(self.renamed_residents),
            "violations": len(self.violations),
            "objectives": {name: _tidy(value) for name, value in self.objectives.items()},
            "seed": self.seed,
            "effort": self.solution.effort,
            "standard": describe_standard(self.posed.standard),
            "adjacency": self.adjacency,
            "defects": len(self.posed.defects),
        }


def _tidy(value: float) -> float | int:
    """At most six decimals, and whole numbers without a decimal point."""
    rounded = round(float(value), 6)
    return int(rounded) if rounded.is_integer() else rounded
