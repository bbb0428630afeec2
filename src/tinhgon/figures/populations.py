"""The populations figures count: units by kind and level, posts in them, and the people who hold those posts."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tinhgon.figures.stretches import LAST, Moment, Stretch, intersect, union
from tinhgon.registry import kinds
from tinhgon.registry.state import KIND, Lasting, Post, Register, Unit
from tinhgon.registry.timeline import Timeline


@attrs.frozen(slots=True)
class UnitPopulation:
    """Units of some kinds; standing at a level, or directly under a unit of some kinds, when asked."""

    kinds: frozenset[str]
    level: str | None = None
    directly_under: frozenset[str] | None = None


def life(lasting: Lasting) -> Stretch:
    """From opening to closing."""
    start = Moment(lasting.opened_on, lasting.opened_by)
    if lasting.closed_on is None or lasting.closed_by is None:
        return Stretch(start, LAST)
    return Stretch(start, Moment(lasting.closed_on, lasting.closed_by))


@attrs.define(slots=True)
class Populations:
    """Stretches over one register, remembered, because several figures ask for the same ones.

    With a `place`, units belong only while they are that unit or stand under it, at any depth.
    """

    register: Register
    place: str | None = None
    _units: dict[tuple[UnitPopulation, str], list[Stretch]] = attrs.field(factory=dict)
    _levels: dict[tuple[str, str], list[Stretch]] = attrs.field(factory=dict)
    _insides: dict[str, list[Stretch]] = attrs.field(factory=dict)

    def units(self, population: UnitPopulation) -> Iterator[tuple[Unit, list[Stretch]]]:
        """Units that ever belonged, with the stretches in which they did."""
        for unit in self.register.units.values():
            stretches = self.unit(population, unit)
            if stretches:
                yield unit, stretches

    def unit(self, population: UnitPopulation, unit: Unit) -> list[Stretch]:
        """The stretches in which a unit belonged."""
        key = (population, unit.id)
        found = self._units.get(key)
        if found is None:
            found = self._units[key] = self._unit(population, unit)
        return found

    def _unit(self, population: UnitPopulation, unit: Unit) -> list[Stretch]:
        kind = unit.facts[KIND]
        if len(kind) == 1:  # nearly every unit keeps its kind all its life
            if kind[0].value not in population.kinds:
                return []
            stretches = [life(unit)]
        else:
            stretches = intersect([life(unit)], _while_in(kind, population.kinds))
        if population.level is not None:
            stretches = intersect(stretches, self._level(unit, population.level))
        if population.directly_under is not None:
            stretches = intersect(stretches, self._directly_under(unit, population.directly_under))
        if self.place is not None and stretches:
            stretches = intersect(stretches, self._inside(unit, self.place))
        return union(stretches) if len(stretches) > 1 else stretches

    def _directly_under(self, unit: Unit, wanted: frozenset[str]) -> list[Stretch]:
        return [
            stretch
            for parent, stretch in self._parents(unit)
            if kinds.FAMILY[parent.facts[KIND][0].value] in {kinds.FAMILY[kind] for kind in wanted}
        ]

    def _inside(self, unit: Unit, place: str) -> list[Stretch]:
        """When a unit was the place itself or stood under it."""
        if unit.id == place:
            return [life(unit)]
        found = self._insides.get(unit.id)
        if found is None:
            found = []
            for parent, stretch in self._parents(unit):
                found += intersect([stretch], self._inside(parent, place))
            self._insides[unit.id] = found
        return found

    def _level(self, unit: Unit, level: str) -> list[Stretch]:
        """When the nearest territory above a unit was of a level; a territory's family never changes."""
        key = (unit.id, level)
        found = self._levels.get(key)
        if found is None:
            found = []
            for parent, stretch in self._parents(unit):
                first_kind = parent.facts[KIND][0].value
                if first_kind in kinds.TERRITORIES:
                    if kinds.FAMILY[first_kind] == level:
                        found.append(stretch)
                else:
                    found += intersect([stretch], self._level(parent, level))
            self._levels[key] = found
        return found

    def _parents(self, unit: Unit) -> Iterator[tuple[Unit, Stretch]]:
        timeline = unit.facts.get("parent")
        if timeline is not None:
            for value, stretch in _stretches(timeline):
                yield self.register.units[value], stretch

    def posts(
        self, population: UnitPopulation, roles: frozenset[str]
    ) -> Iterator[tuple[Post, list[Stretch]]]:
        """Posts of some roles while they were open in a unit that belonged."""
        for post in self.register.posts.values():
            if post.role in roles:
                stretches = self._post(population, post)
                if stretches:
                    yield post, stretches

    def _post(self, population: UnitPopulation, post: Post) -> list[Stretch]:
        if len(post.unit) == 1:  # nearly every post stays in its unit
            home = self.unit(population, self.register.units[post.unit[0].value])
            return intersect([life(post)], home) if home else []
        placed = []
        for unit_id, stretch in _stretches(post.unit):
            placed += intersect([stretch], self.unit(population, self.register.units[unit_id]))
        return union(intersect([life(post)], placed))

    def people(
        self, population: UnitPopulation, roles: frozenset[str]
    ) -> Iterator[tuple[str, list[Stretch]]]:
        """People while they held at least one such post: whoever holds two counts once."""
        by_person: dict[str, list[Stretch]] = {}
        for post, stretches in self.posts(population, roles):
            for holding in post.holdings:
                by_person.setdefault(holding.person, []).extend(intersect([life(holding)], stretches))
        for person, stretches in by_person.items():
            yield person, union(stretches)


def _stretches(timeline: Timeline) -> Iterator[tuple[str, Stretch]]:
    for index, span in enumerate(timeline):
        following = timeline[index + 1] if index + 1 < len(timeline) else None
        end = LAST if following is None else Moment(following.day, following.cause)
        if span.value is not None:
            yield span.value, Stretch(Moment(span.day, span.cause), end)


def _while_in(timeline: Timeline, wanted: frozenset[str]) -> list[Stretch]:
    return [stretch for value, stretch in _stretches(timeline) if value in wanted]
