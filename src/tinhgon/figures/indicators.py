"""How each indicator is measured: a query over the register that knows the events it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from tinhgon.citations import Citation
from tinhgon.figures.figure import Effects, Kind, Rate
from tinhgon.figures.forecast import as_if_in_force, waiting
from tinhgon.figures.populations import Populations, UnitPopulation
from tinhgon.figures.standards import UnitFinding, village_findings
from tinhgon.figures.stretches import Moment, Stretch, count_on, tally
from tinhgon.registry import kinds
from tinhgon.registry.events import Number
from tinhgon.registry.state import Proposal, Register, Unit
from tinhgon.rules import Rulebook

LEADERS = frozenset({kinds.HEAD, kinds.DEPUTY})
HEADS = frozenset({kinds.HEAD})
PART_TIME = frozenset({kinds.PART_TIME})

FOCAL_POINTS = UnitPopulation(
    frozenset(code for code, kind in kinds.KINDS.items() if kind.family == "organisation"),
    directly_under=kinds.PROVINCE_KINDS,
)
DIVISIONS = UnitPopulation(kinds.DIVISION_KINDS, level="province")
COMMUNES = UnitPopulation(kinds.COMMUNE_KINDS)
VILLAGES = UnitPopulation(kinds.VILLAGE_KINDS)
SERVICE_UNITS = UnitPopulation(frozenset({"public_service_unit"}))


@attrs.define(slots=True)
class Question:
    """What is asked: a register, the law, a window (start, end], perhaps of one place and what stands under it.

    Answers shared by indicators are remembered.
    """

    register: Register
    rulebook: Rulebook
    start: dt.date
    end: dt.date
    populations: Populations
    place: str | None = None
    _findings: list[UnitFinding] | None = None

    def findings(self) -> list[UnitFinding]:
        """Every village against the standard in force at the end of the window."""
        if self._findings is None:
            found = village_findings(self.register, self.rulebook, self.end, self.place)
            self._findings = list(found)
        return self._findings

    def units_on(self, on: dt.date, wanted: frozenset[str]) -> Iterator[Unit]:
        """Open units of some kinds: the place itself and those under it."""
        place = None if self.place is None else self.register.units[self.place]
        if place is not None and place.is_open(on) and place.kind(on) in wanted:
            yield place
        yield from self.register.units_on(on, wanted, self.place)

    def holds(self, unit: str, on: dt.date) -> bool:
        """Whether a unit is the place or stands under it on a day."""
        above = (up.id for up in self.register.ancestors(unit, on))
        return self.place is None or unit == self.place or self.place in above

    def waiting_for_villages(self) -> list[Proposal]:
        """Proposals on villages that wait at the end of the window, all their villages in the place."""
        found = waiting(self.register, self.end, kinds.VILLAGE_KINDS)
        return [
            item for item in found if all(self.holds(id_, self.end) for id_ in item.reorganisation.inputs)
        ]


@attrs.frozen(slots=True)
class Measured:
    """The answer: a value, entry -> what it adds, and the rules that decided."""

    value: Number | None
    deltas: Mapping[int, int]
    citations: tuple[Citation, ...] = ()
    unverified: bool = False
    rate: Rate | None = None
    effects: Effects | None = None


Measure: TypeAlias = Callable[[Question], Measured]


@attrs.frozen(slots=True)
class Indicator:
    """An indicator of the catalogue: what it is called, what it means, and how it is measured."""

    code: str
    vi: str
    en: str
    definition_vi: str
    definition_en: str
    kind: Kind
    unit_vi: str
    unit_en: str
    measure: Measure
    in_review: bool = True


def _change(question: Question, many: Iterable[Iterable[Stretch]]) -> Measured:
    deltas = tally(many, question.start, question.end)
    return Measured(sum(deltas.values()), deltas)


def units_of(population: UnitPopulation) -> Measure:
    """Change in the number of units of a population."""

    def measure(question: Question) -> Measured:
        return _change(question, (stretches for _, stretches in question.populations.units(population)))

    return measure


def posts_of(population: UnitPopulation, roles: frozenset[str]) -> Measure:
    """Change in the number of posts of some roles in a population of units, split into count and rate effect."""

    def measure(question: Question) -> Measured:
        posts = [stretches for _, stretches in question.populations.posts(population, roles)]
        units = [stretches for _, stretches in question.populations.units(population)]
        days = (question.start, question.end)
        effects = Effects(*(count_on(units, day) for day in days), *(count_on(posts, day) for day in days))
        return attrs.evolve(_change(question, posts), effects=effects)

    return measure


def people_in(population: UnitPopulation, roles: frozenset[str]) -> Measure:
    """Change in the number of people who hold such posts; a person with two of them counts once."""

    def measure(question: Question) -> Measured:
        return _change(
            question, (stretches for _, stretches in question.populations.people(population, roles))
        )

    return measure


def villages_obliged(question: Question) -> Measured:
    """Villages that the law in force at the end of the window obliges to merge; counts their measures."""
    obliged = [found for found in question.findings() if found.finding.obligation == "mandatory"]
    return _by_measure(obliged)


def _by_measure(found: list[UnitFinding]) -> Measured:
    deltas: dict[int, int] = {}
    for item in found:
        if item.measured is not None:
            deltas[item.measured.cause] = deltas.get(item.measured.cause, 0) + 1
    citations = dict.fromkeys(citation for item in found for citation in item.finding.citations)
    unverified = any(not item.finding.verified for item in found)
    return Measured(len(found), dict(sorted(deltas.items())), tuple(citations), unverified)


def villages_forecast(question: Question) -> Measured:
    """Net change of the number of villages if every proposal waiting at the end of the window were in force."""
    proposals = question.waiting_for_villages()
    if not proposals:
        return Measured(0, {})
    forecast = as_if_in_force(question.register, question.end, proposals)
    deltas: dict[int, int] = {}
    for draft, seq in forecast.proposed_by.items():
        effects = forecast.register.effects[draft]
        deltas[seq] = len(effects.opened) - len(effects.closed)
    deltas = {seq: delta for seq, delta in deltas.items() if delta}
    return Measured(sum(deltas.values()), dict(sorted(deltas.items())))


def villages_unsettled(question: Question) -> Measured:
    """Villages obliged to merge that no waiting proposal takes in: the residue a headline hides."""
    proposals = question.waiting_for_villages()
    taken = {id_ for proposal in proposals for id_ in proposal.reorganisation.inputs}
    return _by_measure(
        [
            found
            for found in question.findings()
            if found.finding.obligation == "mandatory" and found.unit.id not in taken
        ]
    )


def districts_service_units_done(question: Question) -> Measured:
    """Districts that, at the end of the window and not at its start, had every proposal on service units settled.

    Every act that carried one out is counted, and every withdrawal; the one that came last adds the district.
    """
    deltas: dict[int, int] = {}
    done = 0
    for proposals in service_proposals(question).values():
        settled = settled_by(proposals, question.end)
        if settled and not settled_by(proposals, question.start):
            done += 1
            for moment in settled:
                deltas[moment.seq] = deltas.get(moment.seq, 0) + (moment == settled[-1])
    return Measured(done, dict(sorted(deltas.items())))


def service_proposals(question: Question) -> dict[str, list[Proposal]]:
    """District -> every proposal ever made on public service units that stand in it."""
    by_district: dict[str, list[Proposal]] = {}
    for proposal in question.register.proposals.values():
        for district in _service_districts(question, proposal):
            by_district.setdefault(district, []).append(proposal)
    return by_district


def settled_by(proposals: list[Proposal], on: dt.date) -> list[Moment]:
    """What settled the proposals made by a day, in order; nothing while one is open or when none was carried out.

    A proposal that was overtaken settles nothing: what it was to do for its other units is not done.
    """
    made = [proposal for proposal in proposals if proposal.proposed_on <= on]
    if not all(proposal.is_settled(on) for proposal in made) or not any(
        proposal.done_on for proposal in made
    ):
        return []
    moments = set()
    for proposal in made:
        day = proposal.done_on or proposal.withdrawn_on
        seq = proposal.done_by or proposal.withdrawn_by
        if day is not None and seq is not None:
            moments.add(Moment(day, seq))
    return sorted(moments)


def _service_districts(question: Question, proposal: Proposal) -> Iterable[str]:
    """The districts a proposal on public service units belongs to: all in which one of its units stands."""
    register, on = question.register, proposal.proposed_on
    units = [register.units[id_] for id_ in proposal.reorganisation.inputs]
    if any(unit.kind(on) not in SERVICE_UNITS.kinds for unit in units):
        return ()
    above = (up for unit in units for up in register.ancestors(unit.id, on))
    districts = (up.id for up in above if up.kind(on) in kinds.DISTRICT_KINDS)
    return dict.fromkeys(id_ for id_ in districts if question.holds(id_, on))
