"""What the leader's screen shows of a register, as plain values that can be kept as JSON (days in ISO form)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypedDict

from tinhgon.figures import CATALOGUE, MODELS, Figure, figures, village_findings
from tinhgon.figures.indicators import Question, service_proposals, settled_by
from tinhgon.figures.models import cases
from tinhgon.figures.populations import Populations
from tinhgon.registry import events, kinds
from tinhgon.registry.state import Proposal, Register, Unit
from tinhgon.rules import Rulebook, model_status

LATEST = 6
"""Decisions shown."""
BANDS = ("must", "may", "meets", "unmeasured")


class Number(TypedDict):
    """A figure without its trace; `n` of `N` (`old_n`: N at the start of the window) for rates."""

    code: str
    value: float | None
    approximate: bool
    unverified: bool
    events: int
    n: int | None
    N: int | None
    old_n: int | None


class Area(TypedDict):
    """The villages of a place: how many, in which band of the standard, and what becomes of those obliged.

    `part` is the part of the place a commune stands in. `done`: merged in the window while obliged; `planned`:
    obliged, a proposal waits; `left`: obliged, nothing waits.
    """

    unit: str
    part: str
    name: str
    kind: str
    villages: int
    must: int
    may: int
    meets: int
    unmeasured: int
    obliged: int
    done: int
    planned: int
    left: int


class Services(TypedDict):
    """A district's proposals on public service units: made and settled."""

    unit: str
    name: str
    made: int
    settled: int
    done: bool


class ModelStanding(TypedDict):
    """A concurrent-post model: its legal status, and the districts that have places for it but not one applying."""

    code: str
    status: str
    verified: bool
    without: list[tuple[str, str]]
    districts: int


class Waiting(TypedDict):
    """A scheme with proposals that wait."""

    scheme: str
    document: str
    since: str
    proposals: int
    units: int
    what: str


class Overtaken(TypedDict):
    """Proposals of a scheme that an act of another decision overtook: whose they are, since when, and by what."""

    document: str
    on: str
    decision: str
    clause: str
    units: list[str]


class Decision(TypedDict):
    """A document and the reorganisations it brought into force on its latest day."""

    document: str
    on: str
    acts: int


class Board(TypedDict):
    """Everything measured; `figures` by the first day of the window."""

    figures: dict[str, dict[str, Number]]
    total: Area
    areas: list[Area]
    communes: list[Area]
    unverified: bool
    citations: list[tuple[str, str]]
    services: list[Services]
    models: list[ModelStanding]
    waiting: list[Waiting]
    overtaken: list[Overtaken]
    decisions: list[Decision]


def measure(register: Register, law: Rulebook, starts: list[dt.date], on: dt.date, place: str) -> Board:
    """Measure a place ("": the whole register) on a day; changes count from each of `starts`."""
    under = place or None
    counted = {start.isoformat(): _numbers(register, law, start, on, under) for start in starts}
    question = Question(register, law, starts[0], on, Populations(register, under), under)
    villages = _Villages(question)
    return Board(
        figures=counted,
        total=villages.total(),
        areas=list(villages.areas()),
        communes=list(villages.communes()),
        unverified=any(not found.finding.verified for found in question.findings()),
        citations=_citations(question),
        services=list(_services(question)),
        models=[_model(question, model.code) for model in MODELS],
        waiting=_waiting(question),
        overtaken=_overtaken(question),
        decisions=_decisions(question),
    )


def _numbers(
    register: Register, law: Rulebook, start: dt.date, on: dt.date, place: str | None
) -> dict[str, Number]:
    return {
        figure.code: _number(figure) for figure in figures(register, law, start, on, tuple(CATALOGUE), place)
    }


def _number(figure: Figure) -> Number:
    """A figure, its trace counted."""
    rate = figure.rate
    return Number(
        code=figure.code,
        value=figure.value,
        approximate=figure.approximate,
        unverified=figure.unverified,
        events=len(figure.trace),
        n=None if rate is None else rate.numerator,
        N=None if rate is None else rate.denominator,
        old_n=None if rate is None else rate.old_denominator,
    )


class Standing(TypedDict):
    """One village: where it stands, its band, and what becomes of it when it is obliged."""

    unit: str
    commune: str
    band: str
    fate: str


class _Villages:
    """The villages of a place on a day, and those merged in the window while they were obliged."""

    def __init__(self, question: Question) -> None:
        self.question, self.register, self.on = question, question.register, question.end
        self._parts = _parts(question)
        self._part_of = {
            id_: part.id for part in self._parts for id_ in (part.id, *_below(self.register, part, self.on))
        }
        open_ = list(self._open())
        still = {village["unit"] for village in open_ if village["fate"]}
        self.all = [*open_, *(village for village in self._merged() if village["unit"] not in still)]

    def _open(self) -> Iterator[Standing]:
        planned = {
            id_ for proposal in self.question.waiting_for_villages() for id_ in proposal.reorganisation.inputs
        }
        for found in self.question.findings():
            obliged = found.finding.obligation == "mandatory"
            fate = "" if not obliged else "planned" if found.unit.id in planned else "left"
            band = found.finding.band or "unmeasured"
            yield Standing(unit=found.unit.id, commune=found.unit.parent(self.on) or "", band=band, fate=fate)

    def _merged(self) -> Iterator[Standing]:
        """Villages that went into an act inside the window and were obliged on its eve; one that goes on is open."""
        for _seq, event in self.register.applied:
            if not isinstance(event, events.Reorganised):
                continue
            if not self.question.start < event.effective_on <= self.on:
                continue
            eve = event.effective_on - dt.timedelta(days=1)
            for id_ in event.inputs:
                unit = self.register.units[id_]
                commune = unit.parent(eve)
                if not commune or unit.kind(eve) not in kinds.VILLAGE_KINDS:
                    continue
                if self.question.holds(commune, eve) and id_ in self._obliged(commune, eve):
                    yield Standing(unit=id_, commune=self._still(commune), band="", fate="done")

    def _obliged(self, commune: str, on: dt.date) -> frozenset[str]:
        return _obliged(self.register, self.question.rulebook, commune, on)

    def _still(self, commune: str) -> str:
        """The commune, or the one it went into."""
        ahead = self.register.flows_from.get(commune, [])
        gone = not self.register.units[commune].is_open(self.on)
        return self._still(ahead[-1].target) if gone and ahead else commune

    def total(self) -> Area:
        """The place itself; of a whole register, its province where it has one."""
        place = self.question.place
        tops = self.question.units_on(self.on, kinds.PROVINCE_KINDS) if place is None else iter(())
        unit = self.register.units[place] if place else next(tops, None)
        return self._area(unit, "", self.all)

    def _area(self, unit: Unit | None, part: str, held: list[Standing]) -> Area:
        bands = Counter(village["band"] for village in held)
        fates = Counter(village["fate"] for village in held)
        return Area(
            unit="" if unit is None else unit.id,
            part=part,
            name="" if unit is None else unit.name(self.on),
            kind="" if unit is None else unit.kind(self.on),
            villages=len(held) - bands[""],
            must=bands["must"],
            may=bands["may"],
            meets=bands["meets"],
            unmeasured=bands["unmeasured"],
            obliged=fates["done"] + fates["planned"] + fates["left"],
            done=fates["done"],
            planned=fates["planned"],
            left=fates["left"],
        )

    def communes(self) -> Iterator[Area]:
        """Each commune of the place."""
        by_commune = defaultdict(list)
        for village in self.all:
            by_commune[village["commune"]].append(village)
        for unit in self.question.units_on(self.on, kinds.COMMUNE_KINDS):
            yield self._area(unit, self._part_of.get(unit.id, unit.id), by_commune[unit.id])

    def areas(self) -> Iterator[Area]:
        """Each part of the place: districts of a province, communes where no district stands between."""
        by_part = defaultdict(list)
        for village in self.all:
            by_part[self._part_of.get(village["commune"], "")].append(village)
        for part in self._parts:
            yield self._area(part, "", by_part[part.id])


def _below(register: Register, unit: Unit, on: dt.date) -> Iterator[str]:
    for child in register.children(unit.id, on):
        if child.kind(on) in kinds.COMMUNE_KINDS:
            yield child.id


def _parts(question: Question) -> list[Unit]:
    """The districts of a place, or else its communes; a commune has no parts."""
    place = question.place
    districts = [unit for unit in question.units_on(question.end, kinds.DISTRICT_KINDS) if unit.id != place]
    if districts:
        return districts
    return [unit for unit in question.units_on(question.end, kinds.COMMUNE_KINDS) if unit.id != place]


def _obliged(register: Register, law: Rulebook, commune: str, on: dt.date) -> frozenset[str]:
    found = village_findings(register, law, on, commune)
    return frozenset(item.unit.id for item in found if item.finding.obligation == "mandatory")


def _citations(question: Question) -> list[tuple[str, str]]:
    cited = (citation for found in question.findings() for citation in found.finding.citations)
    return [(citation.document, citation.clause) for citation in dict.fromkeys(cited)]


def _services(question: Question) -> Iterator[Services]:
    proposals = service_proposals(question)
    for unit in question.units_on(question.end, kinds.DISTRICT_KINDS):
        made = [one for one in proposals.get(unit.id, ()) if one.proposed_on <= question.end]
        if made:
            yield Services(
                unit=unit.id,
                name=unit.name(question.end),
                made=len(made),
                settled=sum(one.is_settled(question.end) for one in made),
                done=bool(settled_by(made, question.end)),
            )


def _model(question: Question, code: str) -> ModelStanding:
    model = next(model for model in MODELS if model.code == code)
    on = question.end
    applying: dict[str, int] = {}
    for case in cases(question.register, model, on, question.units_on(on, model.places)):
        for up in question.register.ancestors(case.place.id, on):
            if up.kind(on) in kinds.DISTRICT_KINDS:
                applying[up.id] = applying.get(up.id, 0) + (case.together is not None)
    status = model_status(code, on, rulebook=question.rulebook)
    units = question.register.units
    return ModelStanding(
        code=code,
        status=status.status,
        verified=status.verified,
        without=[(id_, units[id_].name(on)) for id_, count in applying.items() if not count],
        districts=len(applying),
    )


def _waiting(question: Question) -> list[Waiting]:
    by_scheme: dict[str, list[Proposal]] = {}
    for proposal in question.register.proposals.values():
        if proposal.is_waiting(question.end) and _in_place(question, proposal.reorganisation.inputs):
            by_scheme.setdefault(proposal.scheme, []).append(proposal)
    found = [_scheme(question, scheme, proposals) for scheme, proposals in by_scheme.items()]
    return sorted(found, key=lambda one: (one["since"], one["scheme"]))


def _scheme(question: Question, scheme: str, proposals: list[Proposal]) -> Waiting:
    first = question.register.event_by_seq[proposals[0].seq]
    units = [question.register.units[id_] for one in proposals for id_ in one.reorganisation.inputs]
    families = {_what(unit.kind(question.end)) for unit in units}
    return Waiting(
        scheme=scheme,
        document=first.citation.document,
        since=min(one.proposed_on for one in proposals).isoformat(),
        proposals=len(proposals),
        units=len({unit.id for unit in units}),
        what=families.pop() if len(families) == 1 else "",
    )


def _overtaken(question: Question) -> list[Overtaken]:
    register, found = question.register, []
    for proposal in register.proposals.values():
        day, by = proposal.overtaken_on, proposal.overtaken_by
        if day is None or by is None or not proposal.is_overtaken(question.end):
            continue
        eve, units = day - dt.timedelta(days=1), proposal.reorganisation.inputs
        if any(question.holds(id_, eve) for id_ in units):
            decision = register.event_by_seq[by].citation
            one = Overtaken(
                document=register.event_by_seq[proposal.seq].citation.document,
                on=day.isoformat(),
                decision=decision.document,
                clause=decision.clause,
                units=[register.units[id_].name(eve) for id_ in units],
            )
            found.append(one)
    return sorted(found, key=lambda one: (one["on"], one["document"]), reverse=True)


def _what(kind: str) -> str:
    return "service" if kind == "public_service_unit" else kinds.FAMILY[kind]


def _in_place(question: Question, units: Iterable[str]) -> bool:
    return any(question.holds(id_, question.end) for id_ in units)


def _decisions(question: Question) -> list[Decision]:
    acts: Counter[tuple[dt.date, str]] = Counter()
    for _seq, event in question.register.applied:
        if isinstance(event, events.Reorganised) and event.effective_on <= question.end:
            eve = event.effective_on - dt.timedelta(days=1)
            if any(question.holds(id_, eve) for id_ in event.inputs):
                acts[event.effective_on, event.citation.document] += 1
    latest = sorted(acts, reverse=True)[:LATEST]
    return [
        Decision(document=document, on=on.isoformat(), acts=acts[on, document]) for on, document in latest
    ]
