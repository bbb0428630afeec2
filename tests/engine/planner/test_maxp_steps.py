"""The steps of the max-p form, each against a plain definition."""

from __future__ import annotations

from itertools import combinations

import grids
import numpy as np
import pytest
from cases import problem_of

from tinhgon.planner.maxp.deck import orders
from tinhgon.planner.maxp.decompose import blocks
from tinhgon.planner.maxp.minimal import every, walk_for
from tinhgon.planner.maxp.packing import SCALE, costs_of, lawful, rank_by_size, relax, simple_prices, trimmed
from tinhgon.planner.maxp.proof import Packing, Sweeper, as_sets, prove, rows_of
from tinhgon.planner.maxp.search import search
from tinhgon.planner.nodes import Graph, contract


def small(seed: int) -> Graph:
    """A synthetic grid of twelve units."""
    return grid_of(4, 3, seed)


def grid_of(width: int, height: int, seed: int) -> Graph:
    """A synthetic grid."""
    contraction = contract(grids.grid(width, height, seed=seed, threshold=22.0))
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
@pytest.mark.parametrize("states", [1, 10_000])
def test_sweeps_find_the_largest_packing_and_rule_out_a_larger_one(seed: int, states: int) -> None:
    graph = small(seed)
    sets = sorted(minimal_sets(graph))
    most, prices = largest_packing(sets), simple_prices(graph)
    rows = as_sets([np.array(s, np.int32) for s in sets])
    sweeper = Sweeper(rows, costs_of(rows, prices) - SCALE, prices, orders(graph)[0], missing=10**9)
    room = int(prices.sum())
    reached = sweeper.run(room - most * SCALE, states, 10**9)
    missed = sweeper.run(room - (most + 1) * SCALE, states, 10**9)
    assert not reached.ruled_out
    assert missed.chosen is None
    if states > 1:
        assert missed.ruled_out
        assert reached.chosen is not None
        chosen = [rows_of(rows)[s].tolist() for s in reached.chosen]
        assert len(chosen) == most
        assert len({node for units in chosen for node in units}) == sum(map(len, chosen))


def test_a_set_that_is_not_there_leaves_more_parts_open() -> None:
    graph = small(0)
    relaxation = relax(graph, as_sets([]), 0)
    nothing = Sweeper(as_sets([]), np.zeros(0, np.int64), relaxation.prices, orders(graph)[0], missing=0)
    assert not nothing.run(SCALE, 10, 10**9).ruled_out


def test_orders_go_through_all_nodes_the_narrowest_first() -> None:
    graph = grid_of(20, 4, seed=2)
    ways = orders(graph)
    assert all(sorted(way.tolist()) == list(range(80)) for way in ways)
    widths = [sum(between(graph, way.tolist()[:decided]) for decided in range(81)) for way in ways]
    assert widths == sorted(widths)
    assert widths[0] <= 4 * 80


def between(graph: Graph, decided: list[int]) -> int:
    """Nodes not decided that have a decided neighbour."""
    near = {
        n for node in decided for n in graph.indices[graph.indptr[node] : graph.indptr[node + 1]].tolist()
    }
    return len(near - set(decided))


def test_no_steps_prove_nothing() -> None:
    graph = small(0)
    relaxation = relax(graph, as_sets([]), 0)
    assert (
        prove(graph, Packing((), relaxation.bound, relaxation.prices, np.arange(len(graph.kinds))), 0).sets
        == ()
    )


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
