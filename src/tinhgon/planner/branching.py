"""Large parts and given numbers of groups: column generation inside a small proof by cases.

Each case is a linear relaxation closed by prices (see `pricing`). Where a case's prices do not rule out a
better plan, all groups that one may use are listed if they are not too many (see `listing`). Else the number of
groups is split (at most p, at least p + 1), or two neighbours that are together in some fractional groups only are
forced together in one case and kept apart in the other (Ryan and Foster 1981; Barnhart et al. 1998, branch and price).
The cases with their prices are the certificate: `tinhgon.planner.check` reads them without a solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import attrs
import numpy as np

from tinhgon.planner.case import Case, Priced
from tinhgon.planner.check import GRAIN
from tinhgon.planner.completing import completed, mended
from tinhgon.planner.listing import Asked, ending
from tinhgon.planner.master import Group, Master, Relaxed, labels_of
from tinhgon.planner.nodes import Contraction, contract
from tinhgon.planner.pricing import Found, Limits, Worth, undervalued
from tinhgon.planner.problem import BoolArray, FloatArray, IntArray
from tinhgon.planner.ties import TieBreak
from tinhgon.planner.valuing import Task, value_of, worth_of

PER_HEAD = 12  # groups taken in per head and round
MOST_ROUNDS = 100  # of pricing, before a case is left open
FIRST_VISITS = 200_000  # groups looked at before the first relaxation
MOST_VISITS = 500_000  # groups looked at in one round of pricing
WORK = 20_000  # groups looked at for each case that may be opened
WORK_OF_A_PIVOT = 100  # in groups looked at
DEEPEST = 200  # pairs assumed before a case stays open
CLOSE = 1e-6  # residents; shares nearer than this to 0 or 1 are whole
HEURISTIC_BRANCHINGS = 300

Proof = dict[str, Any]


@attrs.define(slots=True, eq=False)
class Search:
    """The state of a proof by cases: columns, the best plan so far, how many cases may still be opened and
    groups looked at, and (n,) on which rung of costs each unit's staying uncovered is; `by_prices` whether prices have
    to close every case, for a certificate; `tie` is the best plan's tie-break, `tied` whether no plan as good is
    better in it; `unsure` whether the last pricing found nothing only because it was broken off."""

    task: Task
    master: Master
    best: IntArray
    value: float
    cases_left: int
    work_left: int
    rungs: IntArray
    by_prices: bool
    tie: float
    tied: bool = True
    unsure: bool = False
    bound: float = -np.inf


@attrs.frozen(slots=True, eq=False)
class Outcome:
    """The best plan found, its value, a bound on all plans' values, the proof of that bound, and whether the
    user broke off (then nothing is proven)."""

    labels: IntArray
    value: float
    bound: float
    proof: Proof
    interrupted: bool = False
    tied: bool = True

    def optimal(self, step: float) -> bool:
        """Whether no plan can be better by `step`, or as good and better in the tie-break."""
        return self.tied and self.bound < self.value + step

    def entry(self, task: Task) -> Proof:
        """The component of a certificate (docs/certificates.md) that proves the bound."""
        return {"units": list(task.problem.ids), **self.proof}


def search(task: Task, start: IntArray, effort: int, by_prices: bool = True) -> Outcome:
    """Best plan by at most `effort` cases and `effort` x `WORK` groups looked at, beginning with plan `start` (n,).

    The start keeps the demands on groups, though perhaps not their number. Without `by_prices` a case also ends where
    all groups of a better plan were listed (`listing`): sooner, but the proof is not in the outcome then.
    """
    problem = task.problem
    master = Master.over(problem.n, penalty=task.worth.violation * (problem.n + 1))
    right = task.count in (None, len(np.unique(start)))
    state = Search(
        task,
        master,
        start,
        value_of(task, start) if right else -np.inf,
        effort,
        effort * WORK,
        np.zeros(problem.n, np.int64),
        by_prices,
        problem.tie_break.cost(start)
        if right and problem.tie_break is not None
        else 0.0
        if right
        else np.inf,
    )
    groups = [tuple(np.flatnonzero(start == label).tolist()) for label in np.unique(start)]
    _add(state, groups)
    _add(state, _first_groups(task))
    try:
        first = Case(0, problem.n) if task.count is None else Case(task.count, task.count)
        proof = _prove(state, first, _naive(task))
    except KeyboardInterrupt:
        return Outcome(state.best, state.value, np.inf, {}, interrupted=True)
    return Outcome(state.best, state.value, state.bound, proof, tied=state.tied)


def _naive(task: Task) -> Priced:
    """Prices that always hold: of each unit, what it is worth as a lawful group of its own."""
    return Priced(task.worth.part + task.problem.residents.astype(np.float64), 0.0)


def _prove(state: Search, case: Case, above: Priced, settled: bool = False) -> Proof:
    """Close the case, or split it in two and close both; one left open keeps its bound, or that from above.

    `settled`: the best plan of the case is known, and only the proof by prices goes on.
    """
    if state.work_left <= 0:
        return _leave(state, case, above, settled)
    nodes = case.nodes(state.task.problem)
    _add(state, _nodes_alone(nodes))
    state.master.limit(map(case.fits, state.master.groups), case.low, case.high)
    relaxed = _converge(state, nodes, case)
    split = _split(state, nodes, case, relaxed)
    here = min(above, _proven(state, nodes, relaxed, above), key=lambda priced: priced.bound(case))
    if here.bound(case) < state.value + state.task.step or split is None or state.cases_left <= 0:
        state.tied = state.tied and (settled or _tied(state, nodes, case, here))
        return _leave(state, case, here, settled)
    if not settled and _settled(state, nodes, case, here):
        settled, state.tied = True, state.tied and _tied(state, nodes, case, here)
    if settled and not state.by_prices:
        return _leave(state, case, here, settled)
    state.cases_left -= 1
    question, cases = split
    return question | {answer: _prove(state, half, here, settled) for answer, half in cases.items()}


def _settled(state: Search, nodes: Contraction, case: Case, priced: Priced) -> bool:
    """Whether the case's best plan is known, now that all groups a better one may use were listed."""
    while (gap := priced.bound(case) - state.value - 0.5 * state.task.step) > 0:
        if state.work_left <= 0 or gap == np.inf:  # no plan is known to be bettered
            return False
        plan, ruled_out = _listed(state, nodes, case, priced, gap)
        if plan is None or not _take_better(state, plan):
            return ruled_out
    return True


def _tied(state: Search, nodes: Contraction, case: Case, priced: Priced) -> bool:
    """Whether no plan of the case as good as the best is better in the tie-break."""
    chosen = state.task.problem.tie_break
    while chosen is not None and (gap := priced.bound(case) - state.value) >= 0 and state.tie > 0:
        if state.work_left <= 0 or gap == np.inf:
            return False
        plan, ruled_out = _listed(state, nodes, case, priced, gap, chosen)
        if plan is None:
            return ruled_out
        if not _take_better(state, plan):  # as good but for rounding
            return True
    return True


def _listed(
    state: Search, nodes: Contraction, case: Case, priced: Priced, gap: float, chosen: TieBreak | None = None
) -> tuple[list[Group] | None, bool]:
    """A plan within the gap, and with `chosen` better in the tie-break, from all groups it may use; or whether there is
    none."""
    units = _nodes_alone(nodes)

    def group_of(some: IntArray) -> Group:
        return tuple(sorted(unit for node in some.tolist() for unit in units[node]))

    worth = Worth(state.task.worth.part - priced.part_price, state.task.worth.violation)
    tie = None if chosen is None else lambda some: chosen.of_group(list(group_of(some)))
    asked = Asked(gap, state.task.step, case.wanted(priced.part_price, gap), tie, state.tie)
    end = ending(nodes.whole, _by_node(nodes, priced.prices), worth, asked)
    state.work_left -= end.work
    return None if end.groups is None else [group_of(some) for some in end.groups], end.ruled_out


def _take_better(state: Search, plan: list[Group]) -> bool:
    """Whether a plan is better than the best so far, which it then replaces."""
    value, chosen = sum(worth_of(state.task, group) for group in plan), state.task.problem.tie_break
    tie = 0.0 if chosen is None else sum(chosen.of_group(list(group)) for group in plan)
    if (value, -tie) <= (state.value, -state.tie):
        return False
    state.best, state.value, state.tie = labels_of(plan, state.task.problem.n), value, tie
    return True


def _leave(state: Search, case: Case, priced: Priced, settled: bool) -> Proof:
    """The case with the prices that bound it, as a leaf of the proof."""
    state.bound = max(state.bound, state.value if settled else priced.bound(case))
    return _written(priced)


def _written(priced: Priced) -> Proof:
    """Prices as whole numbers of the certificate's grain; rounded up they hold as well."""
    *prices, part_price = (int(np.ceil(price * GRAIN)) for price in (*priced.prices, priced.part_price))
    return {"prices": prices, "part_price": part_price}


def _split(
    state: Search, nodes: Contraction, case: Case, relaxed: Relaxed
) -> tuple[Proof, dict[str, Case]] | None:
    """A question about the fractional plan, with the case of each answer; None if every group is whole."""
    parts = float(relaxed.shares.sum())
    if min(parts % 1.0, -parts % 1.0) > CLOSE and case.low < parts < case.high:
        p = int(np.floor(parts))
        halves = {"at_least": attrs.evolve(case, low=p + 1), "at_most": attrs.evolve(case, high=p)}
        return {"count": p}, halves
    pair = _undecided(state, nodes, relaxed)
    if pair is None or len(case.together) + len(case.apart) >= DEEPEST:
        return None
    together = attrs.evolve(case, together=(*case.together, pair))
    return {"pair": list(pair)}, {
        "together": together,
        "apart": attrs.evolve(case, apart=(*case.apart, pair)),
    }


def _converge(state: Search, nodes: Contraction, case: Case) -> Relaxed:
    """Take in undervalued groups until there are none, or until the prices already close the case.

    Very negative prices make pricing slow and early ones mean little, so units may at first stay uncovered
    at no cost: what is left over can nearly always join a group. Only for units where it cannot does that
    get dearer, step by step (box stabilisation: Marsten, Hogan, Blankenship 1975).
    """
    total = float(state.task.problem.residents.sum()) + 1.0
    ladder = np.array([0.0, 0.1 * total, total, np.inf])
    while True:
        state.master.spare(ladder[state.rungs])
        relaxed = _priced(state, nodes)
        stuck = (relaxed.uncovered > CLOSE) & (state.rungs < len(ladder) - 1)
        if _split(state, nodes, case, relaxed) is None:
            _keep_if_better(state, nodes, _whole(state, relaxed))
        elif case.together or case.apart or _closed(state, case, relaxed):
            return relaxed
        else:
            stuck &= _keep_if_better(state, nodes, state.master.whole_groups(HEURISTIC_BRANCHINGS))
        if not stuck.any() or state.unsure or state.work_left <= 0 or _closed(state, case, relaxed):
            return relaxed
        state.rungs[stuck] += 1


def _priced(state: Search, nodes: Contraction) -> Relaxed:
    """The relaxation over all groups that matter at the present costs of leaving units uncovered."""
    relaxed = _relax(state)
    for _ in range(MOST_ROUNDS):
        if state.work_left <= 0 or not _take_in(state, nodes, relaxed):
            break
        relaxed = _relax(state)
    return relaxed


def _closed(state: Search, case: Case, relaxed: Relaxed) -> bool:
    """Whether the prices leave no room for a better plan, also when they are rounded up."""
    return Priced(relaxed.prices, relaxed.part_price).bound(case) < state.value + 0.5 * state.task.step


def _relax(state: Search) -> Relaxed:
    """The relaxation over the groups known, at the cost of its pivots."""
    relaxed = state.master.solve()
    state.work_left -= (relaxed.pivots + len(state.master.groups)) * WORK_OF_A_PIVOT
    return relaxed


def _take_in(state: Search, nodes: Contraction, relaxed: Relaxed) -> int:
    """Add groups that the prices undervalue; how many.

    A group undervalued by prices lifted to zero is so by the prices themselves, and is found far sooner.
    """
    for prices in (np.maximum(relaxed.prices, 0.0), relaxed.prices):
        found = _undervalued(state, nodes, prices, relaxed.part_price, CLOSE, PER_HEAD)
        if taken := _add(state, _groups(found, nodes)):
            return taken
    return 0


def _proven(state: Search, nodes: Contraction, relaxed: Relaxed, otherwise: Priced) -> Priced:
    """Prices rounded up to binary fractions until they hold without any tolerance; `otherwise` if none do."""
    grain = 2.0 ** np.floor(np.log2(state.task.step / (8 * state.task.problem.n)))
    for _ in range(0 if state.unsure else 8):
        part_price = float(np.round(relaxed.part_price / grain) * grain)
        prices = (np.floor(relaxed.prices / grain) + 2) * grain
        wrong = _undervalued(state, nodes, prices, part_price, 0.0, 1)
        if not len(wrong.worths):  # where there are too many groups to look at, nothing is proven
            return Priced(prices, part_price) if wrong.complete else otherwise
        grain *= 4
    return otherwise


def _undervalued(
    state: Search, nodes: Contraction, prices: FloatArray, part_price: float, margin: float, per_head: int
) -> Found:
    """`undervalued` at the prices of units."""
    worth = Worth(state.task.worth.part - part_price, state.task.worth.violation)
    found = undervalued(nodes.whole, _by_node(nodes, prices), worth, Limits(margin, per_head, MOST_VISITS))
    state.work_left -= found.visits
    state.unsure = not (found.complete or len(found.worths))
    return found


def _by_node(nodes: Contraction, prices: FloatArray) -> FloatArray:
    """Prices of units added up to prices of nodes."""
    return np.bincount(nodes.node_of, prices, len(nodes.whole.kinds)).astype(np.float64)


def _first_groups(task: Task) -> list[Group]:
    """Groups to begin with: unions not far above the standard."""
    nodes = contract(task.problem)
    bounds = task.problem.standard.bounds[nodes.whole.kinds]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(bounds > 0, nodes.whole.sums / bounds, 1.0).mean(axis=1)
    scale = float(task.problem.residents.sum()) + 1.0
    guess = Worth(scale, scale * task.problem.n)
    found = undervalued(
        nodes.whole, np.minimum(shares, 1.0) * scale, guess, Limits(-0.4 * scale, 40, FIRST_VISITS)
    )
    return list(_groups(found, nodes))


def _nodes_alone(nodes: Contraction) -> list[Group]:
    """Each node as a group, so that every case has a plan."""
    order = np.argsort(nodes.node_of, kind="stable")
    ends = np.cumsum(np.bincount(nodes.node_of))[:-1]
    return [tuple(units.tolist()) for units in np.split(order, ends)]


def _groups(found: Found, nodes: Contraction) -> Iterator[Group]:
    """Groups of nodes as ascending groups of units."""
    units = _nodes_alone(nodes)
    for a, b in pairwise(found.starts.tolist()):
        yield tuple(sorted(unit for node in found.members[a:b].tolist() for unit in units[node]))


def _add(state: Search, groups: Iterator[Group] | list[Group]) -> int:
    """Take groups into the model; how many were new."""
    listed = list(groups)
    return state.master.add(listed, [worth_of(state.task, group) for group in listed])


def _undecided(state: Search, nodes: Contraction, relaxed: Relaxed) -> tuple[int, int] | None:
    """The neighbours whose being together is most in doubt; None if every group is whole."""
    edges = state.task.problem.edges
    doubt = np.zeros(len(edges))
    for group, share in zip(state.master.groups, relaxed.shares, strict=True):
        if CLOSE < share < 1 - CLOSE:
            inside = np.zeros(state.task.problem.n, dtype=bool)
            inside[list(group)] = True
            doubt += share * inside[edges].all(axis=1)
    doubt = np.minimum(doubt, 1 - doubt)
    one = nodes.node_of[edges]  # those together anyway may still be in doubt where units stay uncovered
    doubt[one[:, 0] == one[:, 1]] = 0.0
    if not len(edges) or doubt.max() <= CLOSE:
        return None
    return int(edges[doubt.argmax(), 0]), int(edges[doubt.argmax(), 1])


def _whole(state: Search, relaxed: Relaxed) -> list[Group]:
    """The groups of a relaxed plan without fractions."""
    return [group for group, share in zip(state.master.groups, relaxed.shares, strict=True) if share > 0.5]


def _keep_if_better(state: Search, nodes: Contraction, groups: list[Group]) -> BoolArray:
    """Complete disjoint groups to a plan, and take it for the best so far if it is.

    Gives (n,) the units in groups that are in violation only for being completed.
    """
    worth = partial(worth_of, state.task)
    stuck = np.zeros(state.task.problem.n, dtype=bool)
    whole = completed(nodes, groups, worth)
    if whole is None or state.task.count not in (None, len(whole)):
        return stuck
    plan = whole if state.task.count is not None else mended(nodes, whole, worth)
    _take_better(state, plan)
    for group in set(whole).difference(groups):
        stuck[list(group)] = worth(group) < 0
    return stuck
