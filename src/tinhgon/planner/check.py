"""Check a plan and its certificate without any solver (`tinhgon plan-check`; format: docs/certificates.md).

If no connected group is worth more than the prices of its units, no plan is worth more than all prices together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

ENOUGH = 1.0 - 1e-9  # share of a bound that meets it: sums of decimals are rounded
NO_BOUND = float("inf")


class Report(NamedTuple):
    """What the check found."""

    faults: list[str]  # demands the plan breaks
    violations: list[str]  # ids of units that must merge and yet stay below the standard
    lawful: int  # groups that meet the standard
    open: list[str]  # what the certificate leaves unproven


def check(problem: Any, groups: Mapping[str, Any], proof: Any, known: Any = None) -> Report:
    """Check `groups` (of each id) from the `Problem`'s fields, and by `proof` or bounds `known` that none is better."""
    if strange := sorted(set(groups) ^ set(problem.ids)):
        return Report([f"{i}: not both planned and given" for i in strange], [], 0, ["another set of units"])
    joined: dict[Any, list[int]] = {}
    for unit, name in enumerate(problem.ids):
        joined.setdefault(groups[name], []).append(unit)
    plan = list(joined.values())
    below = [group for group in plan if not meets(problem, group)]
    short = [problem.ids[u] for group in below for u in group if problem.must[u] or proof["form"] != "law"]
    open_ = list(_open(problem, plan, len(plan) - len(below), proof, known or {}))
    return Report(list(_faults(problem, plan)), short, len(plan) - len(below), open_)


def meets(problem: Any, units: list[int]) -> bool:
    """Whether units together meet the standard of the largest class among them."""
    waived = problem.standard.waive_at is not None and len(units) >= problem.standard.waive_at
    bounds = problem.standard.bounds[problem.classes[units].max()] * ENOUGH
    return bool(waived or (problem.values[units].sum(axis=0) >= bounds).all())


def _faults(problem: Any, plan: list[list[int]]) -> Iterator[str]:
    of, near = {u: k for k, group in enumerate(plan) for u in group}, _near(problem, problem.edges.tolist())
    for group in plan:
        if _reached(group[0], near, set(group)) != set(group):
            yield f"{[problem.ids[u] for u in group]}: not connected inside one parent"
    wrong = [(a, b, "forced together") for a, b in problem.forced if of[a] != of[b]]
    wrong += [(a, b, "forbidden to join") for a, b in problem.forbidden if of[a] == of[b]]
    wrong += [(u, v, "to be left alone") for u in problem.alone for v in plan[of[u]] if u != v]
    yield from (f"{problem.ids[a]}, {problem.ids[b]}: {why}, which is not kept to" for a, b, why in wrong)


def _open(problem: Any, plan: list[list[int]], lawful: int, proof: Any, known: Any) -> Iterator[str]:
    """What stays unproven: components whose bound fails, units in none, lawful groups not ruled out."""
    shut, max_p = [{*pair} for pair in problem.forbidden], proof["form"] == "max-p"
    borders = [e for e in problem.edges.tolist() if {*e} not in shut and not problem.alone & {*e}]
    near, of = _near(problem, borders), {u: k for k, group in enumerate(plan) for u in group}
    left = {u for u in range(len(near)) if not (max_p and meets(problem, [u]))}
    most, place = len(near) - len(left), {name: u for u, name in enumerate(problem.ids)}
    for entry in proof["components"]:
        part = Component(problem, near, [place[name] for name in entry["units"]], proof, entry)
        inside = set(part.units)
        sound = part.ordered and inside <= left and not any(near[u] & left - inside for u in inside)
        bound = part.bound(entry if max_p else entry["tree"], part.case) if sound else NO_BOUND
        if max_p and bound < NO_BOUND:
            most += min(int(bound // part.part), known.get(entry["units"][0], len(inside)))
        elif bound >= sum(part.worth(plan[k]) for k in {of[u] for u in inside}) + part.step:
            yield f"{entry['units'][0]}, ... ({len(inside)} units): the prices do not prove it"
        left -= inside
    loose = [u for u in sorted(left) if not max_p or meets(problem, list(_reached(u, near, left)))]
    yield from (f"{problem.ids[u]}: in no component" for u in loose)
    if max_p and most > lawful:
        yield f"{most} lawful groups are not ruled out; the plan has {lawful}"


class Component:
    """A connected part. A group is worth `part` + `keep` x its largest unit - `violation` x needy units."""

    def __init__(self, problem: Any, near: list[set[int]], units: list[int], proof: Any, entry: Any) -> None:
        n, total, count, form = len(units), problem.residents[units].sum(), entry.get("count"), proof["form"]
        self.problem, self.near, self.units, self.keep = problem, near, units, float(form != "max-p")
        self.part, self.violation = entry.get("part", proof.get("scale")), entry.get("violation", NO_BOUND)
        self.step, self.every_unit_must = entry.get("step", 1.0), form != "law"
        self.case = {"low": count or 0, "high": count or n, "pairs": (), "apart": ()}
        by_law = form == "law" and count is None and self.violation >= self.part * (n + 1) > total * (n + 1)
        by_target = form == f"target={count}" and self.part == 0 and self.violation > total
        self.ordered = not self.keep or ((by_law or by_target) and self.step <= max(1.0, total * 2e-6))

    def worth(self, group: list[int]) -> float:
        needy = sum(self.every_unit_must or bool(self.problem.must[u]) for u in group)
        short = self.violation * needy if needy and not meets(self.problem, group) else 0.0
        return float(self.part + self.keep * self.problem.residents[group].max() - short)

    def bound(self, tree: Any, case: dict[str, Any]) -> float:
        """What no plan of the case is worth more than; NO_BOUND where the prices do not hold."""
        if "pair" in tree:
            pair = (tuple(self.units[i] for i in tree["pair"]),)
            halves = {"together": {"pairs": case["pairs"] + pair}, "apart": {"apart": case["apart"] + pair}}
        elif "at_most" in tree:
            halves = {"at_most": {"high": tree["count"]}, "at_least": {"low": tree["count"] + 1}}
        else:
            extra, prices = tree.get("part_price", 0.0), tree["prices"]
            fit = len(prices) == len(self.units) and (self.keep or min(prices) >= 0)
            if not fit or self.undervalued(dict(zip(self.units, prices, strict=True)), extra, case):
                return NO_BOUND
            return float(sum(prices) + extra * case["high" if extra > 0 else "low"])
        return max(self.bound(tree[half], case | assumed) for half, assumed in halves.items())

    def undervalued(self, price_of: dict[int, float], extra: float, case: dict[str, Any]) -> bool:
        """Whether some connected group of the case is worth more than its prices, `extra` included."""
        order = sorted(self.units, key=lambda u: (self.problem.residents[u], u))
        at, prices = {u: k for k, u in enumerate(order)}, [price_of[u] for u in order]
        near = [sum(1 << at[v] for v in self.near[u] if v in at) for u in order]
        asked = (*self.problem.forced, *case["pairs"]), (*self.problem.forbidden, *case["apart"])
        torn, apart = ([1 << at[a] | 1 << at[b] for a, b in pairs if {a, b} <= {*at}] for pairs in asked)
        for head in range(len(order)):
            goal, lower = self.part - extra + self.keep * self.problem.residents[order[head]], (1 << head) - 1
            gifts = sum(min(0.0, price) for price in prices[:head])
            stack = [(1 << head, near[head] & lower, 1 << head, prices[head], gifts)]
            while stack:
                group, ahead, closed, price, gifts = stack.pop()
                units = [u for u in order if group >> at[u] & 1] if goal > price else []
                if units and self.worth(units) - extra > price and all(group & p in (0, p) for p in torn):
                    return True
                while ahead and goal - price - gifts > 0:
                    node = (ahead & -ahead).bit_length() - 1
                    ahead, closed = ahead & (ahead - 1), closed | 1 << node
                    gifts -= min(0.0, prices[node])
                    grown, reach = group | 1 << node, (ahead | near[node]) & lower & ~closed
                    if not any(grown & pair == pair for pair in apart):
                        stack.append((grown, reach, closed, price + prices[node], gifts))
        return False


def _near(problem: Any, edges: list[list[int]]) -> list[set[int]]:
    near: list[set[int]] = [set() for _ in problem.ids]
    for a, b in (pair for edge in edges for pair in (edge, edge[::-1])):
        if problem.parents[a] == problem.parents[b]:
            near[a].add(b)
    return near


def _reached(start: int, near: list[set[int]], inside: set[int]) -> set[int]:
    found = [start]
    for unit in found:
        found += sorted(near[unit] & inside - set(found))
    return set(found)
