"""Check a max-p bound that rests on cuts and branching, without any solver (format: docs/certificates.md).

Were there more than `parts` disjoint smallest lawful groups, none could cost more than the prices leave over: so it is
enough to look at the cheap ones, listed once. In each case of the tree new prices, and prices on triples (of any
three units at most one group holds two), bound what is left, or drop the groups that have become too dear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ENOUGH = 1.0 - 1e-9  # share of a bound that meets it: sums of decimals are rounded

Group = frozenset[int]  # places in the component's list of units


def known_bounds(problem: Any, proof: Any) -> dict[str, int]:
    """The most disjoint lawful groups of each max-p component whose tree holds, by its first unit's id."""
    trees = [entry for entry in proof["components"] if "tree" in entry and proof["form"] == "max-p"]
    return {entry["units"][0]: most for entry in trees if (most := _Tree(problem, proof, entry).bound())}


class _Tree:
    def __init__(self, problem: Any, proof: Any, entry: Any) -> None:
        place = {name: u for u, name in enumerate(problem.ids)}
        self.problem, self.entry, self.scale = problem, entry, proof["scale"]
        self.units = [place[name] for name in entry["units"]]
        self.parts, self.most = entry["parts"], max(entry["parts"], entry["bound"])
        at = {u: k for k, u in enumerate(self.units)}
        shut = [{*pair} for pair in problem.forbidden]
        self.near: list[set[int]] = [set() for _ in self.units]
        for a, b in problem.edges.tolist():
            inside = {a, b} <= {*at} and problem.parents[a] == problem.parents[b]
            if inside and {a, b} not in shut and not problem.alone & {a, b}:
                self.near[at[a]].add(at[b])
                self.near[at[b]].add(at[a])
        self.forced = [{at[a], at[b]} for a, b in problem.forced if {a, b} <= {*at}]
        self.forbidden = [{at[a], at[b]} for a, b in problem.forbidden if {a, b} <= {*at}]

    def bound(self) -> int:
        """The bound if the tree holds, else 0."""
        prices = self.entry["prices"]
        if len(prices) != len(self.units) or min(prices) < 0:
            return 0
        limit = max(self.scale - 1, sum(prices) - self.parts * self.scale)
        pool = [group for group in self.cheap(prices, limit) if self.smallest(group)]
        if min((sum(prices[u] for u in group) for group in pool), default=self.scale) < self.scale:
            return 0
        return self.most if self.closed(self.entry["tree"], pool, ()) else 0

    def closed(self, tree: Any, pool: list[Group], held: tuple[int, ...]) -> bool:
        """Whether no case allows more disjoint groups of the pool than claimed; units `held` must be in one."""
        prices, cuts = tree["prices"], [({a, b, c}, price) for a, b, c, price in tree["cuts"]]
        costs = [sum(prices[u] for u in g) + sum(p for t, p in cuts if len(g & t) > 1) for g in pool]
        free = [p for u, p in enumerate(prices) if u not in held] + [price for _, price in cuts]
        if (
            len(prices) != len(self.units)
            or min(free, default=0) < 0
            or min(costs, default=self.scale) < self.scale
        ):
            return False
        total = sum(prices) + sum(price for _, price in cuts)
        if total < (self.most + 1) * self.scale:
            return True
        if "pair" not in tree:
            return False
        a, b = tree["pair"]
        left = [g for g, cost in zip(pool, costs, strict=True) if cost <= total - self.parts * self.scale]
        together = [g for g in left if (a in g) == (b in g)]
        apart = [g for g in left if not {a, b} <= g]
        return self.closed(tree["together"], together, (*held, a)) and self.closed(tree["apart"], apart, held)

    def lawful(self, group: set[int] | Group) -> bool:
        """Whether the group meets the standard of its largest class and keeps to all pairs."""
        standard, units = self.problem.standard, [self.units[k] for k in group]
        kept = all(pair <= group or not pair & group for pair in self.forced)
        kept = kept and not any(pair <= group for pair in self.forbidden)
        waived = standard.waive_at is not None and len(units) >= standard.waive_at
        bounds = standard.bounds[self.problem.classes[units].max()] * ENOUGH
        return bool(kept and (waived or (self.problem.values[units].sum(axis=0) >= bounds).all()))

    def smallest(self, group: Group) -> bool:
        """Whether no unit can be left out."""
        rests = [group - {u} for u in group if len(group) > 1]
        return not any(self.lawful(rest) and self.connected(rest) for rest in rests)

    def connected(self, group: Group) -> bool:
        found = [min(group)]
        for unit in found:
            found += sorted(self.near[unit] & group - {*found})
        return len(found) == len(group)

    def cheap(self, prices: list[int], limit: int) -> Iterator[Group]:
        """Every connected lawful group that costs at most the limit and is lawful only with its last unit."""
        for first in range(len(self.units)):
            stack = [(frozenset([first]), [v for v in sorted(self.near[first]) if v > first], {first})]
            while stack:
                group, ahead, closed = stack.pop()
                if sum(prices[u] for u in group) > limit:
                    continue
                if self.lawful(group):
                    yield group
                    continue
                for k, unit in enumerate(ahead):
                    passed = closed | {*ahead[: k + 1]}
                    further = [
                        v for v in sorted(self.near[unit]) if v > first and v not in passed and v not in ahead
                    ]
                    stack.append((group | {unit}, ahead[k + 1 :] + further, passed))
