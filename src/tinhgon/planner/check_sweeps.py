"""Check a max-p bound that rests on sweeps, without any solver (format: docs/certificates.md).

Disjoint lawful groups waste what they cost beyond one part each, and the prices of the units in none of them. Were
there one group more than the bound, they could waste only what the prices leave over. So it is enough to list the
groups that cheap once, and to put them together unit by unit in the order given: ways that hold the same units
ahead are one state, and the one that wasted least stays. The last sweep has to end without any state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ENOUGH = 1.0 - 1e-9  # share of a bound that meets it: sums of decimals are rounded

NO_BOUND = float("inf")

Group = frozenset[int]  # places in the component's list of units


def known_bounds(problem: Any, proof: Any) -> dict[str, int]:
    """The most disjoint lawful groups of each max-p component whose sweeps hold, by its first unit's id."""
    swept = [entry for entry in proof["components"] if "order" in entry and proof["form"] == "max-p"]
    return {entry["units"][0]: entry["bound"] for entry in swept if _Sweeps(problem, proof, entry).hold()}


class _Sweeps:
    def __init__(self, problem: Any, proof: Any, entry: Any) -> None:
        place = {name: u for u, name in enumerate(problem.ids)}
        self.problem, self.entry, self.scale = problem, entry, proof["scale"]
        self.units = [place[name] for name in entry["units"]]
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

    def hold(self) -> bool:
        """Whether there are not more groups than `bound`."""
        prices, order, caps = self.entry["prices"], self.entry["order"], self.entry["caps"]
        if len(prices) != len(self.units) or min(prices) < 0 or len({*order}) < len(order):
            return False
        limit = sum(prices) - (self.entry["bound"] + 1) * self.scale
        pool = {
            g: sum(prices[u] for u in g) - self.scale for g in self.cheap(prices, self.scale + max(limit, -1))
        }
        if min(pool.values(), default=0) < 0 or not all(group & {*order} for group in pool):
            return False
        rest, dropped = [0.0] * (len(order) + 1), NO_BOUND
        for cap in [*caps, [limit] * len(rest)]:
            least, dropped = self.swept(order, pool, limit, rest, cap)
            order, rest = order[::-1], least[::-1]
        return bool(rest[0] == NO_BOUND and dropped == NO_BOUND)

    def swept(
        self, order: list[int], pool: dict[Group, int], limit: int, rest: list[float], cap: list[int]
    ) -> tuple[list[float], float]:
        """What is wasted at the least before each place (from `rest` on: after it), and by a state that was dropped."""
        place, n = {unit: k for k, unit in enumerate(order)}, len(order)
        begin: list[list[tuple[int, int]]] = [[] for _ in order]
        for group, waste in pool.items():
            at = [place[u] for u in group if u in place]
            begin[min(at)].append((sum(1 << k - min(at) for k in at), waste))
        states, least, dropped = {0: 0}, [0.0], NO_BOUND
        for k, unit in enumerate(order):
            after: dict[int, int] = {}
            for held, wasted in states.items():
                for mask, waste in [(0, 0)] if held & 1 else [(0, self.entry["prices"][unit]), *begin[k]]:
                    ahead, total = (held | mask) >> 1, wasted + waste
                    if held & mask or total + rest[min(n, k + 1 + ahead.bit_length())] > limit:
                        continue
                    if total > cap[k + 1]:
                        dropped = min(dropped, total)
                    else:
                        after[ahead] = min(after.get(ahead, total), total)
            states = after
            least.append(max(least[-1], min(dropped, min(states.values(), default=NO_BOUND))))
        return least, dropped

    def lawful(self, group: set[int] | Group) -> bool:
        """Whether the group meets the standard of its largest class and keeps to all pairs."""
        standard, units = self.problem.standard, [self.units[k] for k in group]
        kept = all(pair <= group or not pair & group for pair in self.forced)
        kept = kept and not any(pair <= group for pair in self.forbidden)
        waived = standard.waive_at is not None and len(units) >= standard.waive_at
        bounds = standard.bounds[self.problem.classes[units].max()] * ENOUGH
        return bool(kept and (waived or (self.problem.values[units].sum(axis=0) >= bounds).all()))

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
