"""Tallies and results of a round, from the ballots; and what stands after all the rounds about a scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import attrs
from django.db.models import Count

from tinhgon import text
from tinhgon.consultation import Result, Sum, Tally, Terms, judge, last_results, roll_up, terms_of
from tinhgon.registry import kinds
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.consultation.models import Ballot, Round
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.schemes.models import Scheme

LAW = Rulebook.load()


def terms(held: Round) -> Terms:
    """What the law of the round's day asks.

    Raises:
        UnableToConsult: the law does not let these people be asked.
    """
    return terms_of(kind=held.kind, base=held.base, on=held.law_on, rulebook=LAW)


def tallies(held: Round) -> dict[str, Tally]:
    """Each roll's unit with its tally, in the order of the rolls."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    cast = Ballot.objects.filter(roll__round=held, standing=True).order_by()
    for unit, choice, count in cast.values_list("roll__unit", "choice").annotate(count=Count("pk")):
        counts[unit][choice] = count
    sizes = held.rolls.annotate(size=Count("lines")).order_by("pk").values_list("unit", "size")
    return {unit: Tally(size, **counts[unit]) for unit, size in sizes}


def parents(units: Iterable[str], asof: AsOf) -> dict[str, UnitRow]:
    """The units and all above them, as they stood on a day, by id."""
    reader = apparatus.reader(asof)
    found: dict[str, UnitRow] = {}
    wanted = list(units)
    while wanted:
        rows = reader.units(wanted)
        found.update(rows)
        wanted = [row.parent for row in rows.values() if row.parent and row.parent not in found]
    return found


def deciding(held: Round, counted: dict[str, Tally]) -> dict[str, Tally]:
    """The tallies the law looks at: each village's own, or all of a commune's villages together."""
    if held.kind == Round.Kind.VILLAGE:
        return counted
    places = parents(counted, AsOf(on=held.law_on, today=today()))
    sums: dict[str, list[Tally]] = defaultdict(list)
    for unit, tally in counted.items():
        sums[_commune(unit, places)].append(tally)
    return {unit: Tally.total(parts) for unit, parts in sums.items()}


def _commune(unit: str, places: dict[str, UnitRow]) -> str:
    row = places.get(unit)
    while row is not None and row.kind in kinds.VILLAGE_KINDS and row.parent:
        unit = row.parent
        row = places.get(unit)
    return unit


def results(held: Round) -> dict[str, Result]:
    """The result of each unit the law looks at."""
    asked = terms(held)
    return {unit: judge(tally, asked) for unit, tally in deciding(held, tallies(held)).items()}


@attrs.frozen(slots=True)
class Level:
    """A line of the roll-up: a unit, how deep it stands, its sum and its result where the law looks at it."""

    row: UnitRow
    depth: int
    sum: Sum
    result: Result


def levels(held: Round, asof: AsOf) -> list[Level]:
    """The roll-up as a table: the highest unit first, each followed by those under it."""
    counted, asked = tallies(held), terms(held)
    places = parents(counted, attrs.evolve(asof, on=held.law_on))
    above = {unit: row.parent for unit, row in places.items()}
    sums = roll_up(counted, above, asked)
    below: dict[str, list[str]] = defaultdict(list)
    for unit in sums:
        below[above.get(unit, "")].append(unit)
    lines: list[Level] = []

    def walk(unit: str, depth: int) -> None:
        lines.append(Level(places[unit], depth, sums[unit], judge(sums[unit].tally, asked)))
        for child in sorted(below[unit], key=lambda one: text.sort_key(places[one].name)):
            walk(child, depth + 1)

    for top in below[""]:
        walk(top, 0)
    return lines


def standing_results(scheme: Scheme) -> dict[str, Result]:
    """What stands for each unit after the closed rounds about a scheme as it stands."""
    asked = Round.objects.filter(scheme=scheme, version=scheme.version)
    closed = asked.filter(state=Round.State.CLOSED).order_by("number")
    return last_results([results(held) for held in closed])
