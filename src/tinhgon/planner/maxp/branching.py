"""Branching where cuts leave a gap: two nodes share a set, or they do not (Ryan and Foster 1981).

Each branch is a smaller pool, so prices, cuts and bounds work in it as before, and a fractional packing always
has a pair of nodes to branch on. In every branch the sets are dropped whose price alone rules them out of a
choice worth the goal (reduced-cost fixing). What was closed, and by which prices, is kept as a tree that can be
checked without a solver (docs/certificates.md).
"""

from __future__ import annotations

import heapq
from typing import Any, NamedTuple

import attrs
import numpy as np

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.cuts import pair_weights, violated
from tinhgon.planner.maxp.diving import NOTHING, WHOLE, dive
from tinhgon.planner.maxp.minimal import IntArray, Sets
from tinhgon.planner.maxp.packing import picked
from tinhgon.planner.maxp.program import Choice, FloatArray, Pool, Priced, Program

PER_EFFORT = 20_000  # sets that linear programs may look at, for each unit of effort
PER_PROGRAM = 1_000  # what one costs beside its sets
LEAST_PURSE = 4_000_000  # that cuts at the root may spend
EVERY = 64  # branches, after the first few, of which one dives
ROUNDS = 40  # of cuts at the root
ROUNDS_BELOW = 3
PER_ROUND = 150
STALLED = 0.02  # of what is missing to the goal; rounds that win less are the last
MOST_CUTS = 6  # for each node


@attrs.frozen(slots=True, eq=False)
class Branched:
    """Sets of the pool worth the goal together, or none; a bound in 1/scale on what any choice is worth; its proof."""

    chosen: Choice
    bound: int
    tree: dict[str, Any]


class _Branch(NamedTuple):
    """Sets that are left, and the bound on what they can be worth, with a minus: the heap gives the least first."""

    order: int
    tie: int  # later branches first, and never the arrays compared
    left: Choice
    covered: frozenset[int]  # nodes that have to be in a set: of pairs that share one
    leaf: dict[str, Any]  # where its proof goes


@compiled
def held_pair(sets: Sets, left: Choice, a: int, b: int) -> IntArray:
    """(left,) how many of the two nodes each set holds."""
    found = np.zeros(len(left), np.int32)
    for s in range(len(found)):
        for at in range(sets.starts[left[s]], sets.starts[left[s] + 1]):
            if sets.units[at] == a or sets.units[at] == b:
                found[s] += 1
    return found


def branch(pool: Pool, first: Choice, goal: int, effort: int) -> Branched:
    """Look for sets worth the goal (in 1/scale) in as many linear programs as the effort pays for.

    From the branch of the best bound down to its end, then from the next best on. `first` are sets to begin with.
    """
    return _Search(pool, first, goal, effort * PER_EFFORT).run()


class _Search:
    """Branches still open, and what is left to pay for linear programs with."""

    def __init__(self, pool: Pool, first: Choice, goal: int, purse: int) -> None:
        self._pool, self._goal, self._purse = pool, goal, purse
        self._program = Program(pool)
        self._program.add(first)
        self._tree: dict[str, Any] = {}
        self._open: list[_Branch] = []
        self._number = 0

    def run(self) -> Branched:
        """Until the goal is reached, ruled out, or the purse is empty."""
        here: _Branch | None = _Branch(
            -(2**62), 0, np.arange(len(self._pool.worths)), frozenset(), self._tree
        )
        while self._purse > 0 and (here or self._open):
            here = here or heapq.heappop(self._open)
            priced = self._price(here)
            if priced.total < self._goal:
                here = None
                continue
            chosen, amounts = self._program.support()
            pair = _pair(picked(self._pool.sets, chosen), amounts, self._pool.nodes)
            left = here.left[priced.slack <= priced.total - self._goal]
            chosen = np.sort(chosen) if pair is None else self._dived(left)
            if pair is None or len(chosen):
                return Branched(chosen, priced.total, self._tree)
            here = self._split(here, priced.total, left, pair)
        bounds = [-one.order for one in (*self._open, *([here] if here else []))]
        return Branched(np.zeros(0, np.int64), max(bounds, default=self._goal - 1), self._tree)

    def _price(self, here: _Branch) -> Priced:
        """The prices of a branch after its rounds of cuts."""
        self._program.narrow(here.left, here.covered)
        pay = PER_PROGRAM + len(here.left)
        most = min(ROUNDS_BELOW if self._number else ROUNDS, max(self._purse, LEAST_PURSE) // pay + 1)
        priced, rounds = _tightened(self._program, self._pool, self._goal, most)
        self._purse -= rounds * pay
        _note(here.leaf, priced)
        return priced

    def _dived(self, left: Choice) -> Choice:
        """Sets that a dive from here found, in the branches where one is made."""
        if self._number & (self._number - 1) and self._number % EVERY:
            return NOTHING
        chosen, solved = dive(self._program, self._pool, left, self._goal)
        self._purse -= solved * (PER_PROGRAM + len(left))
        return chosen

    def _split(self, here: _Branch, total: int, left: Choice, pair: tuple[int, int]) -> _Branch:
        """Put one half of a branch aside, and go on with the other."""
        counts = held_pair(self._pool.sets, left, *pair)
        self._number += 1
        # a half is bounded by these prices until it gets its own
        together, apart = dict(here.leaf), dict(here.leaf)
        here.leaf.update(pair=list(pair), together=together, apart=apart)
        heapq.heappush(self._open, _Branch(-total, -self._number, left[counts != 2], here.covered, apart))
        covered = here.covered | {pair[0]}
        return _Branch(-total, -self._number, left[counts != 1], covered, together)


def _tightened(program: Program, pool: Pool, goal: int, rounds: int) -> tuple[Priced, int]:
    """Prices after rounds of cuts, until the goal is ruled out or they stop to help; and how many rounds it took."""
    priced = program.solve()
    for done in range(1, rounds + 1):
        if priced.total < goal or len(program.triples) > MOST_CUTS * pool.nodes:
            return priced, done
        chosen, amounts = program.support()
        triples, sums = violated(picked(pool.sets, chosen), amounts, pool.nodes)
        if not len(triples):
            return priced, done
        program.cut(triples[np.argsort(-sums, kind="stable")[:PER_ROUND]])
        before = priced.total
        priced = program.solve()
        if before - priced.total < STALLED * (before - goal):
            return priced, done + 1
    return priced, rounds + 1


def _note(leaf: dict[str, Any], priced: Priced) -> None:
    """Keep the prices that bound a branch."""
    cuts = zip(priced.triples.tolist(), priced.cut_prices.tolist(), strict=True)
    leaf.update(prices=priced.prices.tolist(), cuts=[[*triple, price] for triple, price in cuts])


def _pair(sets: Sets, amounts: FloatArray, nodes: int) -> tuple[int, int] | None:
    """The two nodes whose sharing a set is least settled; None if the packing is whole."""
    if np.all(amounts > 1 - WHOLE):
        return None
    weights = pair_weights(sets, amounts, nodes)[:nodes, :nodes]
    unsettled = np.triu(np.minimum(weights, 1 - weights), 1)
    at = int(np.argmax(unsettled))
    return at // nodes, at % nodes
