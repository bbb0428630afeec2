"""The file that `tinhgon plan-check` reads: the question in plain data, what was answered, and the proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tinhgon.planner.inputs.rechecking import VERSION
from tinhgon.planner.inputs.standards import describe_standard
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import Problem


def certificate_of(plan: Plan) -> dict[str, Any]:
    """The certificate of a plan as plain data; docs/certificates.md says what each entry means.

    Measures are those of the table, and where they are missing 0.
    """
    problem = plan.posed.problem
    summary = plan.summary()
    return {
        "version": VERSION,
        "question": {
            "form": plan.form,
            "units": _units(plan),
            "edges": _named(problem, problem.edges.tolist()),
            "forced": _named(problem, problem.forced),
            "forbidden": _named(problem, problem.forbidden),
            "alone": [problem.ids[unit] for unit in sorted(problem.alone)],
            "measures": list(problem.standard.measures),
            "bounds": problem.standard.bounds.tolist(),
            "waive_at": problem.standard.waive_at,
        },
        "answer": {
            name: summary[name] for name in ("status", "parts", "bound", "objectives", "seed", "effort")
        },
        "columns": {"id": plan.posed.units.id_column, "parent": plan.posed.units.parent_column},
        "standard": describe_standard(plan.posed.standard),
        "adjacency": plan.adjacency,
        "proof": plan.certificate,
    }


def _units(plan: Plan) -> dict[str, dict[str, Any]]:
    problem = plan.posed.problem
    return {
        unit: {
            "values": problem.values[row].tolist(),
            "class": int(problem.classes[row]),
            "parent": plan.posed.units.parents[row],
            "residents": float(problem.residents[row]),
            "must": bool(problem.must[row]),
        }
        for row, unit in enumerate(problem.ids)
    }


def _named(problem: Problem, pairs: Iterable[Iterable[int]]) -> list[list[str]]:
    return [[problem.ids[unit] for unit in pair] for pair in pairs]
