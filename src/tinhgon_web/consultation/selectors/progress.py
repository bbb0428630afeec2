"""Who has answered, and where nobody has: from the participation ledger alone, never from the ballots."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
from django.db.models import Count

from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.consultation.models import Answer, Batch, Roll, RollLine, Round
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.core.asof import AsOf


@attrs.frozen(slots=True)
class Place:
    """One roll: its unit, size, how many answered by each path, batches under way, and how far it is prepared."""

    roll: Roll
    unit: UnitRow
    above: UnitRow | None
    size: int
    web: int
    paper: int
    keying: int
    coded: int

    @property
    def answered(self) -> int:
        """How many households answered."""
        return self.web + self.paper

    @property
    def share(self) -> Fraction | None:
        """The share that answered."""
        return Fraction(self.answered, self.size) if self.size else None


@attrs.frozen(slots=True)
class Progress:
    """A round as it goes, place by place."""

    places: tuple[Place, ...]

    @property
    def size(self) -> int:
        """Households on all rolls."""
        return sum(place.size for place in self.places)

    @property
    def web(self) -> int:
        """Answers on the web."""
        return sum(place.web for place in self.places)

    @property
    def paper(self) -> int:
        """Answers on paper."""
        return sum(place.paper for place in self.places)

    @property
    def answered(self) -> int:
        """Households that answered."""
        return self.web + self.paper

    @property
    def share(self) -> Fraction | None:
        """The share that answered."""
        return Fraction(self.answered, self.size) if self.size else None

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places where nobody has answered."""
        return tuple(place for place in self.places if not place.answered)

    @property
    def approved(self) -> int:
        """How many rolls are approved."""
        return sum(place.roll.approved_at is not None for place in self.places)


def progress(held: Round, asof: AsOf) -> Progress:
    """A round place by place: five queries, whatever its size, and the names of the units."""
    rolls = list(held.rolls.all())
    units = parents([roll.unit for roll in rolls], attrs.evolve(asof, on=held.law_on))
    sizes = dict(held.rolls.annotate(n=Count("lines")).values_list("pk", "n"))
    answers = Answer.objects.filter(line__roll__round=held, standing=True).order_by()
    paths = {
        (roll, path): n for roll, path, n in answers.values_list("line__roll", "path").annotate(n=Count("pk"))
    }
    keying = Batch.objects.filter(roll__round=held, state=Batch.State.KEYING).order_by()
    waiting = dict(keying.values_list("roll").annotate(n=Count("pk")))
    coded = dict(held.rolls.annotate(n=Count("lines__code")).values_list("pk", "n"))
    return Progress(
        tuple(
            Place(
                roll=roll,
                unit=units[roll.unit],
                above=units.get(units[roll.unit].parent),
                size=sizes[roll.pk],
                web=paths.get((roll.pk, Answer.Path.WEB), 0),
                paper=paths.get((roll.pk, Answer.Path.PAPER), 0),
                keying=waiting.get(roll.pk, 0),
                coded=coded[roll.pk],
            )
            for roll in rolls
        )
    )


@attrs.frozen(slots=True)
class LineState:
    """A household on a roll, and whether it answered: never what."""

    line: RollLine
    answer: Answer | None
    corrections: int


def participation(roll: Roll) -> list[LineState]:
    """Every household of a roll with its standing answer's receipt; two queries."""
    held: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(line__roll=roll).order_by("seq"):
        held.setdefault(answer.line_id, []).append(answer)
    return [_state(line, held.get(line.pk, [])) for line in roll.lines.all()]


def _state(line: RollLine, answers: list[Answer]) -> LineState:
    standing = next((one for one in answers if one.standing), None)
    return LineState(line, standing, sum(not one.standing for one in answers))


def last_day(held: Round) -> dt.date:
    """The last day on which answers are taken."""
    return held.closes - dt.timedelta(days=1)
