"""The law form as a textbook flow model in HiGHS: slow, and sharing nothing with the planner but the problem.

x[v, h] = 1: unit v is in the group whose largest unit is h. A flow of one unit of goods to each member, from
h and through members only, keeps the group connected (Shirabe 2005). Solved level by level.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tinhgon.planner.problem import FloatArray, Problem


class Compact:
    """Variables x (n, n), lawful (n,), short (n, n) and flow (n, arcs) of one commune, and the rows over them."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.n = problem, problem.n
        self.arcs = [(int(a), int(b)) for a, b in problem.edges] + [
            (int(b), int(a)) for a, b in problem.edges
        ]
        self.size = 2 * self.n**2 + self.n + self.n * len(self.arcs)
        self.rows: list[tuple[dict[int, float], float, float]] = []
        for h in range(self.n):
            self._group(h)
        for v in range(self.n):
            self.rows.append(({self.x(v, h): 1.0 for h in range(self.n)}, 1.0, 1.0))

    def x(self, v: int, h: int) -> int:
        return h * self.n + v

    def lawful(self, h: int) -> int:
        return self.n**2 + h

    def short(self, v: int, h: int) -> int:
        return self.n**2 + self.n + h * self.n + v

    def flow(self, arc: int, h: int) -> int:
        return 2 * self.n**2 + self.n + h * len(self.arcs) + arc

    def _group(self, h: int) -> None:
        """The rows of the group headed by h."""
        p, least = self.problem, -np.inf
        largest = (p.residents[h], p.values[h, 0], -h)
        for v in range(self.n):
            allowed = (p.residents[v], p.values[v, 0], -v) <= largest
            self.rows.append(({self.x(v, h): 1.0, self.x(h, h): -1.0 if allowed else 0.0}, least, 0.0))
            if p.must[v]:
                row = {self.x(v, h): 1.0, self.lawful(h): -1.0, self.short(v, h): -1.0}
                self.rows.append((row, least, 0.0))
            if v != h:
                self._goods(v, h)
        for k, bound in enumerate(p.standard.bounds[0]):
            sums = {self.x(v, h): float(p.values[v, k]) for v in range(self.n)}
            self.rows.append((sums | {self.lawful(h): -float(bound)}, 0.0, np.inf))

    def _goods(self, v: int, h: int) -> None:
        """One unit of goods stays at each member; nothing flows into others."""
        into = {self.flow(k, h): 1.0 for k, (_, b) in enumerate(self.arcs) if b == v}
        out = {self.flow(k, h): -1.0 for k, (a, _) in enumerate(self.arcs) if a == v}
        self.rows.append((into | out | {self.x(v, h): -1.0}, 0.0, 0.0))
        self.rows.append((into | {self.x(v, h): -float(self.n)}, -np.inf, 0.0))

    def solve(self) -> tuple[float, ...]:
        """(violations, abolished, renamed residents, tie-break), each the least once those before it are."""
        p, values = self.problem, []
        for objective in self._objectives():
            values.append(round(self._least(objective), 6))
            row = {int(j): float(objective[j]) for j in np.flatnonzero(objective)}
            self.rows.append((row, -np.inf, values[-1] + 1e-4))
        return values[0], p.n + values[1], float(p.residents.sum()) + values[2], *values[3:]

    def _objectives(self) -> list[FloatArray]:
        short, parts, kept = np.zeros((3, self.size))
        short[[self.short(v, h) for v in range(self.n) for h in range(self.n)]] = 1.0
        parts[[self.x(h, h) for h in range(self.n)]] = -1.0
        kept[[self.x(h, h) for h in range(self.n)]] = -self.problem.residents
        if self.problem.tie_break is None:
            return [short, parts, kept]
        costs, far = self.problem.tie_break.costs.toarray(), np.zeros(self.size)
        for h in range(self.n):
            far[[self.x(v, h) for v in range(self.n)]] = costs[:, h]
        return [short, parts, kept, far]

    def _least(self, objective: FloatArray) -> float:
        entries = [(i, j, c) for i, (row, _, _) in enumerate(self.rows) for j, c in row.items()]
        at, column, value = zip(*entries, strict=True)
        matrix = csr_array((value, (at, column)), shape=(len(self.rows), self.size))
        lows, highs = [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        whole = np.zeros(self.size)
        whole[: self.n**2 + self.n] = 1
        upper = np.where(whole > 0, 1.0, np.inf)
        rows = LinearConstraint(matrix, lows, highs)
        found = milp(
            objective,
            integrality=whole,
            bounds=Bounds(0.0, upper),
            constraints=rows,
            options={"mip_rel_gap": 0.0},
        )
        assert found.status == 0, found.message
        return float(found.fun)
