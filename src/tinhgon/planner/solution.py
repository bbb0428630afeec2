"""What a planner answers: groups, what they cost, how far that is proven, and what stays in violation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from tinhgon.planner.problem import IntArray, Piece, Problem

OPTIMAL = "optimal"
FEASIBLE = "feasible"


@attrs.frozen(slots=True)
class Violation:
    """A unit that cannot be made lawful, and why: one line of the request for exception."""

    unit: int
    reason: str
    text_vi: str
    text_en: str


@attrs.frozen(slots=True, eq=False)
class Solution:
    """An answer to one `Problem`.

    `labels` (n,) number the groups 0.. in order of first member. `objectives` are named values in
    lexicographic order of importance; `bound` is proven for the first of them that is still open (for an
    optimal answer: the first one's own value). `certificate` is what `tinhgon.planner.check` verifies.
    """

    form: str
    labels: IntArray
    objectives: tuple[tuple[str, float], ...]
    status: str
    bound: float
    certificate: dict[str, Any]
    seed: int
    effort: int
    violations: tuple[Violation, ...] = ()

    @property
    def parts(self) -> int:
        """How many groups there are."""
        return int(self.labels.max(initial=-1)) + 1


def relabel(labels: IntArray) -> IntArray:
    """Number groups 0.. in order of their first member."""
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return rank[group.reshape(labels.shape)]


def combine(problem: Problem, pieces: Sequence[Piece], answers: Sequence[Solution]) -> Solution:
    """One answer for the whole from the answers to the pieces of `problem.split()`, in the same order.

    Objectives and bounds add up; the whole is optimal where every piece is.
    """
    labels = np.zeros(problem.n, dtype=np.int64)
    start, violations, proofs = 0, [], []
    for piece, answer in zip(pieces, answers, strict=True):
        labels[piece.units] = answer.labels + start
        start += answer.parts
        violations += [attrs.evolve(v, unit=int(piece.units[v.unit])) for v in answer.violations]
        proofs += answer.certificate.get("components", [])
    names = [name for name, _ in answers[0].objectives]
    totals = [float(sum(dict(a.objectives)[name] for a in answers)) for name in names]
    return Solution(
        form=answers[0].form,
        labels=relabel(labels),
        objectives=tuple(zip(names, totals, strict=True)),
        status=OPTIMAL if all(a.status == OPTIMAL for a in answers) else FEASIBLE,
        bound=float(sum(a.bound for a in answers)),
        certificate={"components": proofs},
        seed=answers[0].seed,
        effort=answers[0].effort,
        violations=tuple(sorted(violations, key=lambda v: v.unit)),
    )
