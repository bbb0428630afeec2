"""The steps of the max-p form, each against a plain definition."""

from __future__ import annotations

from itertools import combinations

import grids
import numpy as np
import pytest
from cases import problem_of

from tinhgon.planner.maxp.branching import branch
from tinhgon.planner.maxp.decompose import blocks
from tinhgon.planner.maxp.minimal import every, walk_for
from tinhgon.planner.maxp.packing import SCALE, lawful, rank_by_size, relax, simple_prices, trimmed
from tinhgon.planner.maxp.program import Pool
from tinhgon.planner.maxp.proof import as_sets, rows_of
from tinhgon.planner.maxp.search import search
from tinhgon.planner.nodes import Graph, contract


def small(seed: int) -> Graph:
    """A synthetic grid of twelve units."""
    contraction = contract(grids.grid(4, 3, seed=seed, threshold=22.0))
    return contraction.graph(contraction.parts()[0])


def minimal_sets(graph: Graph) -> set[tuple[int, ...]]:
    """Every lawful connected set of which no smaller one is lawful, by trying all."""
    nodes = range(len(graph.kinds))
    fine = {s for size in range(1, 9) for s in combinations(nodes, size) if lawful(graph, list(s))}
    return {s for s in fine if not any(set(other) < set(s) for other in fine)}


@pytest.mark.parametrize("seed", range(5))
def test_the_walk_finds_every_minimal_set_once(seed: int) -> None:
    graph = small(seed)
    n = len(graph.kinds)
    free = np.zeros(n, np.int64)
    sets = every(graph, rank_by_size(graph), free, np.ones(n, np.int64), 10_000, walk_for(graph))
    found = [tuple(sorted(units.tolist())) for units in rows_of(sets)]
    assert len(found) == len(set(found))
    assert all(lawful(graph, list(units)) for units in found)
    assert minimal_sets(graph) <= set(found)


@pytest.mark.parametrize("seed", range(5))
def test_prices_leave_no_lawful_set_cheaper_than_one_part(seed: int) -> None:
    graph = small(seed)
    relaxation = relax(graph, as_sets([]), 0)
    assert all(relaxation.prices[list(s)].sum() >= SCALE for s in minimal_sets(graph))
    assert all(simple_prices(graph)[list(s)].sum() >= SCALE for s in minimal_sets(graph))
    assert relaxation.prices.sum() <= simple_prices(graph).sum()


@pytest.mark.parametrize("seed", range(5))
def test_branching_finds_the_largest_packing_and_rules_out_a_larger_one(seed: int) -> None:
    graph = small(seed)
    sets = sorted(minimal_sets(graph))
    most = largest_packing(sets)
    pool = Pool(
        as_sets([np.array(s, np.int32) for s in sets]), np.full(len(sets), SCALE), SCALE, len(graph.kinds), 0
    )
    first = np.arange(len(sets))
    found = branch(pool, first, most * SCALE, effort=50)
    assert len(found.chosen) >= most
    assert found.bound >= most * SCALE
    more = branch(pool, first, (most + 1) * SCALE, effort=50)
    assert (len(more.chosen), more.bound) == (0, (most + 1) * SCALE - 1)


def largest_packing(sets: list[tuple[int, ...]]) -> int:
    """The most disjoint sets, by trying all."""
    if not sets:
        return 0
    first, rest = sets[0], sets[1:]
    apart = [other for other in rest if not set(first) & set(other)]
    return max(1 + largest_packing(apart), largest_packing(rest))


def test_a_trimmed_set_is_lawful_and_no_larger() -> None:
    graph = small(1)
    whole = np.arange(len(graph.kinds))
    kept = trimmed(graph, whole)
    assert lawful(graph, kept.tolist())
    assert len(kept) < len(whole)


def test_search_gives_every_node_a_lawful_part_and_is_repeatable() -> None:
    contraction = contract(grids.grid(15, 10, seed=3, threshold=30.0))
    graph = contraction.graph(contraction.parts()[0])
    labels = search(graph, seed=4, moves=3_000, target=10**6)
    again = search(graph, seed=4, moves=3_000, target=10**6)
    assert labels.tolist() == again.tolist()
    parts = [np.flatnonzero(labels == part).tolist() for part in range(labels.max() + 1)]
    assert all(lawful(graph, part) for part in parts)


def test_blocks_end_at_units_that_meet_the_standard_alone() -> None:
    problem = problem_of([[3.0], [6.0], [9.0], [5.0], [4.0]], [(0, 1), (1, 2), (2, 3), (3, 4)], [[8.0]])
    contraction = contract(problem)
    found = blocks(contraction.graph(contraction.parts()[0]))
    residents = sorted(sorted(block.graph.residents.tolist()) for block in found)
    assert residents == [[3.0, 6.0], [4.0, 5.0]]
