"""Check a plan and its certificate without any solver (`tinhgon plan-check`; format: docs/certificates.md).

A group wastes what its price exceeds its worth by. As all units are paid for, a better plan could waste only so much:
list the groups that waste no more, and see that they make no plan. Numbers are whole, of 1/`GRAIN`: sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, fsum
from typing import Any

ENOUGH = 1.0 - 1e-9  # share of a bound that meets it: sums of decimals are rounded
GRAIN = 2**30


def check(problem: Any, form: str, groups: Mapping[str, Any], proofs: Any) -> dict[str, Any]:
    """Faults of `groups` (of each id), ids in violation, lawful groups, and where `proofs` leave a better plan open."""
    joined: dict[Any, list[int]] = {}
    for unit, name in enumerate(problem.ids):
        joined.setdefault(groups.get(name), []).append(unit)
    plan = list(joined.values())
    below = [group for group in plan if not meets(problem, group)]
    short = [problem.ids[u] for group in below for u in group if form != "law" or problem.must[u]]
    faults = [f"{name}: not both planned and given" for name in sorted({*groups} ^ {*problem.ids})]
    faults += _faults(problem, plan)
    unproven = ["faults"] if faults else [*_open(problem, form, plan, len(plan) - len(below), proofs)]
    return {"faults": faults, "violations": short, "lawful": len(plan) - len(below), "open": unproven}


def meets(problem: Any, units: list[int], like: list[int] | None = None) -> bool:
    """Whether units together meet the standard of the largest class among them, or among the units `like`."""
    waived = problem.standard.waive_at is not None and len(units) >= problem.standard.waive_at
    bounds = problem.standard.bounds[problem.classes[units if like is None else like].max()] * ENOUGH
    return bool(waived or (problem.values[units].sum(axis=0) >= bounds).all())


def _faults(problem: Any, plan: list[list[int]]) -> list[str]:
    of, near = {u: group for group in plan for u in group}, _near(problem, problem.edges.tolist())
    wrong: list[Any] = [(g, "not connected inside one parent") for g in plan if len([*_pieces(g, near)]) > 1]
    wrong += [((a, b), "forced together, and are apart") for a, b in problem.forced if b not in of[a]]
    wrong += [((a, b), "forbidden to join, and are together") for a, b in problem.forbidden if b in of[a]]
    wrong += [(of[u], f"{problem.ids[u]} is to be left alone") for u in problem.alone if len(of[u]) > 1]
    return [f"{', '.join(problem.ids[u] for u in units)}: {what}" for units, what in wrong]


def _near(problem: Any, borders: Iterable[Any]) -> list[set[int]]:
    near: list[set[int]] = [set() for _ in problem.ids]
    for a, b in (pair for border in borders for pair in (border, border[::-1])):
        if problem.parents[a] == problem.parents[b]:
            near[a].add(b)
    return near


def _pieces(units: Iterable[int], near: list[set[int]]) -> Iterator[list[int]]:
    left = set(units)
    while left:
        piece = [left.pop()]
        for unit in piece:
            piece += near[unit] & left
            left -= near[unit]
        yield piece


def _open(problem: Any, form: str, plan: list[list[int]], lawful: int, proofs: Any) -> Iterator[str]:
    """Where a better plan is not ruled out. In max-p, units that are lawful by themselves are a part each."""
    number, cut = {name: u for u, name in enumerate(problem.ids)}, {frozenset(p) for p in problem.forbidden}
    near = _near(problem, [e for e in problem.edges.tolist() if not problem.alone & {*e} and {*e} not in cut])
    of, tied = {u: tuple(group) for group in plan for u in group}, _near(problem, problem.forced)
    parts = [p for p in _pieces(of, tied) if form == "max-p" and meets(problem, p)]
    most, rest = len(parts), _pieces(of.keys() - {u for units in parts for u in units}, near)
    pieces = [p for p in rest if form == "law" or any(meets(problem, p, t) for t in _pieces(p, tied))]
    proof_of = {frozenset(number[name] for name in proof["units"]): proof for proof in proofs}
    for units in pieces if form in {"law", "max-p"} else [list(of)]:
        proof = proof_of.get(frozenset(units), {"units": []})
        piece = Piece(problem, form, near, [number[name] for name in proof["units"]])
        most += (bound := int(proof.get("bound", 0)))  # in max-p
        value = bound * GRAIN if piece.max_p else sum(piece.worth(g) for g in {of[u] for u in piece.units})
        if not piece.units or not piece.rules_out(value + piece.step, proof, piece.case):
            yield f"{problem.ids[min(units)]}, ... ({len(units)} units): a better plan is not ruled out"
    if most > lawful:
        yield f"{most} lawful groups are not ruled out; the plan has {lawful}"


class Piece:
    """A group is worth `part` + residents of its largest unit - `violation` x units that must merge, if it fails."""

    def __init__(self, problem: Any, form: str, near: list[set[int]], units: list[int]) -> None:
        n, p, self.max_p = len(units), int(form.partition("=")[2] or 0), form == "max-p"
        residents = [0.0] * n if self.max_p else problem.residents[units].tolist()
        total = (ceil(fsum(residents)) + 1) * GRAIN
        self.part = 0 if p else total  # a group more outweighs all residents, a violation everything
        self.violation = {"law": total * (n + 1), "max-p": float("inf")}.get(form, total)
        self.problem, self.near, self.units = problem, near, units
        self.must = {u for u in units if form != "law" or problem.must[u]}
        self.heads = {u: ceil(r * GRAIN) for u, r in zip(units, residents, strict=True)}
        self.step = GRAIN if all(map(float.is_integer, residents)) else total >> 20
        self.case = {"low": p or 1, "high": p or n, "together": problem.forced, "apart": problem.forbidden}

    def worth(self, group: Iterable[int]) -> Any:
        needy = 0 if meets(self.problem, [*group]) else len(self.must.intersection(group))
        return self.part + max(self.heads[u] for u in group) - (self.violation * needy if needy else 0)

    def rules_out(self, goal: int, proof: Any, case: Any) -> bool:
        """Whether no plan of the case is worth the goal: put together unit by unit, it wastes too much."""
        if "pair" in proof:
            pair = tuple(self.units[k] for k in proof["pair"])
            halves: Any = {half: {half: (*case[half], pair)} for half in ("together", "apart")}
        elif "prices" not in proof:
            halves = {"at_most": {"high": int(proof["count"])}, "at_least": {"low": int(proof["count"]) + 1}}
        if "prices" not in proof:
            return all(self.rules_out(goal, proof[half], case | assumed) for half, assumed in halves.items())
        prices, fee = dict(zip(self.units, map(int, proof["prices"]), strict=True)), int(proof["part_price"])
        limit = sum(prices.values()) + fee * case["high" if fee > 0 else "low"] - goal
        if not self.max_p:
            return limit < 0 and not any(self.listed(prices, -1 - fee, case))
        bit_of = {unit: 1 << k for k, unit in enumerate(prices)}
        begin = {bit_of[unit]: [(bit_of[unit], price)] for unit, price in prices.items()}
        for group, waste in self.listed(prices, max(-1, limit), case):
            mask = sum(bit_of[unit] for unit in group)
            begin[mask & -mask].append((mask, waste))
        states = {0: 0}  # the least wasted so far, by the units ahead that are held
        for bit, sets in begin.items():
            after: dict[int, int] = {}
            for held, wasted in states.items():
                for mask, waste in [(bit, 0)] if held & bit else sets:
                    ahead, total = (held | mask) - bit, wasted + waste
                    if total <= limit and held & mask in (0, bit):
                        after[ahead] = min(after.get(ahead, total), total)
            states = after
        return not states and all(waste >= 0 for sets in begin.values() for _, waste in sets)

    def listed(self, prices: dict[int, int], most: int, case: Any) -> Iterator[tuple[set[int], int]]:
        """Groups that cost at most so much beyond their worth, and how much; none that is grown from another."""
        left = set(prices)
        for head in sorted(prices, key=self.heads.__getitem__, reverse=True):
            left.remove(head)
            limit, owed = self.part + self.heads[head] + most, sum(min(0, prices[u]) for u in left)
            stack = [({head}, self.near[head] & left, {head}, prices[head], owed)]
            while stack:
                group, rim, seen, price, owed = stack.pop()
                kept = all((a in group) == (b in group) for a, b in case["together"])
                if kept and price <= limit and (waste := price - self.worth(group)) <= most:
                    yield group, waste
                    continue
                while rim and price + owed <= limit:
                    u = rim.pop()
                    new, seen, owed = group | {u}, seen | {u}, owed - min(0, prices[u])
                    if not any({*pair} <= new for pair in case["apart"]):
                        stack.append((new, (rim | self.near[u] & left) - seen, seen, price + prices[u], owed))
