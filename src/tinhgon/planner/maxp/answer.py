"""The whole of the max-p form, from a problem to a solution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.assess import group_ratios, objectives
from tinhgon.planner.check import GRAIN
from tinhgon.planner.forms import MAX_P, MAX_P_RENAMED
from tinhgon.planner.maxp.attach import attach
from tinhgon.planner.maxp.decompose import Block, blocks
from tinhgon.planner.maxp.lawful import alone, monotone
from tinhgon.planner.maxp.packing import SCALE, simple_prices
from tinhgon.planner.maxp.proof import Packing
from tinhgon.planner.maxp.renamed import fewest_renamed
from tinhgon.planner.maxp.stages import BRANCHES, STEPS, pack
from tinhgon.planner.nodes import Graph, contract
from tinhgon.planner.problem import ENOUGH, IntArray, Problem, validate
from tinhgon.planner.reasons import violations
from tinhgon.planner.solution import FEASIBLE, OPTIMAL, Solution, relabel

Progress = Callable[[int, int], None]
IntArray32 = npt.NDArray[np.int32]


@attrs.frozen(slots=True, eq=False)
class Area:
    """The answer for one connected area: the part of each node, how many are lawful, and what bounds them."""

    labels: npt.NDArray[np.int64]
    bound: int
    proven: bool
    proofs: list[dict[str, Any]]


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    effort: int = 100,
    progress: Progress | None = None,
    then_fewest_renamed: bool = False,
) -> Solution:
    """The most lawful parts. `effort` counts work in every block: moves of the search, and steps of the sweeps; 0 only
    searches.

    Units of an area that cannot reach the standard are left as they are and named in `violations`. With
    `then_fewest_renamed` the plan renames the fewest residents among those of as many parts, and `optimal`
    speaks of both. An interrupt (Ctrl-C) keeps the areas that are solved, leaves the others as they are and
    marks the answer. Raises `UnableToPoseProblem` and `UnableToReconcilePairs`.
    """
    validate(problem)
    contraction = contract(problem)
    groups = np.arange(len(contraction.whole.kinds))
    units_of = np.split(
        np.argsort(contraction.node_of, kind="stable"), np.cumsum(np.bincount(contraction.node_of))[:-1]
    )
    areas, proofs, parts = [], [], contraction.parts()
    for number, part in enumerate(parts):
        try:
            area = solve_area(contraction.graph(part), seed, effort, then_fewest_renamed)
        except KeyboardInterrupt:
            areas += [left_open(contraction.graph(rest)) for rest in parts[number:]]
            break
        groups[part] = part.start + area.labels
        areas.append(area)
        proofs += [named_proof(problem, proof, part.start, units_of) for proof in area.proofs]
        if progress is not None:
            progress(number + 1, len(parts))
    labels = relabel(groups[contraction.node_of])
    form = MAX_P_RENAMED if then_fewest_renamed else MAX_P
    return _solution(problem, form, labels, areas, proofs, seed, effort)


def left_open(graph: Graph) -> Area:
    """An area that was not solved: nothing is joined, and only the simplest bound is known."""
    return Area(np.arange(len(graph.kinds)), int(simple_prices(graph).sum()) // SCALE, False, [])


def solve_area(graph: Graph, seed: int, effort: int, then_fewest_renamed: bool) -> Area:
    """The most lawful parts of a connected area."""
    single = alone(graph)
    labels = np.full(len(single), -1, dtype=np.int64)
    labels[single] = np.arange(single.sum())
    count, bound, proofs = int(single.sum()), int(single.sum()), []
    settled = not then_fewest_renamed or (monotone(graph) and names_settled(graph, single))
    for block in blocks(graph):
        packing = pack(block.graph, seed=seed, effort=effort)
        proofs.append(proof_of(block, packing))
        if then_fewest_renamed and packing.sets:
            kept = fewest_renamed(block.graph, packing.sets, effort * STEPS, effort * BRANCHES)
            packing = attrs.evolve(packing, sets=kept.sets)
            settled &= kept.proven
        for number, members in enumerate(packing.sets):
            labels[block.nodes[members]] = count + number
        count += len(packing.sets)
        bound += packing.bound
    left = attach(graph, labels, count)
    free = np.flatnonzero(labels < 0)
    labels[free] = count + np.arange(len(free))
    complete = settled and (left == 0 or count == 0)
    return Area(relabel(labels).astype(np.int64), bound, count == bound and complete, proofs)


def names_settled(graph: Graph, single: npt.NDArray[np.bool_]) -> bool:
    """Whether every node that is a part by itself has a larger unit than all others, so that blocks do not touch
    its name."""
    return bool(graph.heads[single].min(initial=np.inf) >= graph.heads[~single].max(initial=0.0))


def proof_of(block: Block, packing: Packing) -> dict[str, Any]:
    """One component of the certificate (docs/certificates.md), its units still numbers of nodes."""
    prices = [-(-price * GRAIN // SCALE) for price in packing.prices[packing.order].tolist()]
    return {"units": block.nodes[packing.order].tolist(), "prices": prices, "bound": packing.bound}


def named_proof(
    problem: Problem, proof: dict[str, Any], first_node: int, units_of: Sequence[IntArray]
) -> dict[str, Any]:
    """The component in the ids of units; of units forced together the first carries the price."""
    groups = [units_of[first_node + node] for node in proof["units"]]
    prices = [
        price if unit == group[0] else 0
        for price, group in zip(proof["prices"], groups, strict=True)
        for unit in group
    ]
    ids = [problem.ids[unit] for group in groups for unit in group]
    return {**proof, "units": ids, "prices": prices, "part_price": 0}


def _solution(
    problem: Problem,
    form: str,
    labels: IntArray,
    areas: list[Area],
    proofs: list[dict[str, Any]],
    seed: int,
    effort: int,
) -> Solution:
    everyone = attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))
    costs = dict(objectives(everyone, labels))
    parts = float((group_ratios(problem, labels) >= ENOUGH).sum())
    return Solution(
        form=form,
        labels=labels,
        objectives=(
            ("violations", costs["violations"]),
            ("parts", parts),
            ("renamed_residents", costs["renamed_residents"]),
        ),
        status=OPTIMAL if all(area.proven for area in areas) else FEASIBLE,
        bound=float(sum(area.bound for area in areas)),
        certificate={"components": proofs},
        seed=seed,
        effort=effort,
        violations=violations(everyone, labels),
    )
