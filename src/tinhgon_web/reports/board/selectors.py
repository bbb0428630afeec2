"""Everything the leader's screen shows of a place on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import attrs

from tinhgon.figures import CATALOGUE, percent
from tinhgon.figures.indicators import Indicator
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import overlays, registers
from tinhgon_web.core.asof import AsOf
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.selectors import by_id
from tinhgon_web.reports import selectors
from tinhgon_web.reports.board import frozen, map
from tinhgon_web.reports.board.measure import (
    Area,
    Board,
    Decision,
    ModelStanding,
    Number,
    Overtaken,
    Waiting,
    measure,
)
from tinhgon_web.work import selectors as work
from tinhgon_web.work.models import Target
from tinhgon_web.work.selectors import Progress, State

_LAW = Rulebook.load()
OLDEST = 5
"""Waiting schemes shown; the list has them all."""
MODEL = "model_"


class Screen(Board):
    """What is measured, and the map drawn of it."""

    drawing: map.Drawing | None


@attrs.frozen(slots=True)
class Aim:
    """A target beside the figure of the day."""

    progress: Progress
    indicator: Indicator
    number: Number

    @property
    def start(self) -> dt.date:
        """The first day of the figure's window."""
        return self.progress.target.programme.starts_on


@attrs.frozen(slots=True)
class Part:
    """A part of the place with its villages; `step` is the class of its share on the map."""

    area: Area

    @property
    def settled(self) -> int:
        """Obliged villages merged or with a proposal."""
        return self.area["done"] + self.area["planned"]

    @property
    def share(self) -> Fraction | None:
        """Settled of those obliged; None where none is."""
        return Fraction(self.settled, self.area["obliged"]) if self.area["obliged"] else None

    @property
    def step(self) -> str:
        """ "none" (nothing is obliged), "low" (under half), "some", or "all"."""
        share = self.share
        if share is None:
            return "none"
        return "all" if share == 1 else "some" if 2 * share >= 1 else "low"


@attrs.frozen(slots=True)
class ModelRow:
    """A concurrent-post model with its rate, its target if there is one, and the districts without it."""

    number: Number
    indicator: Indicator
    standing: ModelStanding
    aim: Aim | None

    @property
    def at_old(self) -> float | None:
        """The rate the same places would give at the N of the window's start."""
        return percent(self.number["n"] or 0, self.number["old_n"] or 0)


@attrs.frozen(slots=True)
class WaitingRow:
    """A scheme that waits: who proposed it, and for how many days."""

    waiting: Waiting
    since: dt.date
    days: int
    document: Document | None


@attrs.frozen(slots=True)
class OvertakenRow:
    """A proposal an act of another decision overtook, with both documents."""

    overtaken: Overtaken
    on: dt.date
    document: Document | None
    decision: Document | None


@attrs.frozen(slots=True)
class Decided:
    """A decision and what it brought into force."""

    decision: Decision
    on: dt.date
    document: Document | None


@attrs.frozen(slots=True)
class Page:
    """The leader's screen."""

    place: str
    start: dt.date
    board: Screen
    aims: list[Aim]
    others: list[tuple[Indicator, Number]]
    total: Part
    areas: list[Part]
    communes: dict[str, Part]
    models: list[ModelRow]
    waiting: list[WaitingRow]
    overtaken: list[OvertakenRow]
    decided: list[Decided]
    law: list[tuple[Document | None, str, str]]

    @property
    def states(self) -> Counter[str]:
        """How many targets stand how."""
        return Counter(aim.progress.state.value for aim in self.aims)

    @property
    def labels(self) -> list[tuple[str, tuple[int, int]]]:
        """The names of the parts on the map, each where no mark is."""
        drawing = self.board["drawing"]
        if drawing is None:
            return []
        marked = {unit for unit, part in self.communes.items() if part.area["left"]}
        placed = [(part.area["name"], map.label(drawing, part.area["unit"], marked)) for part in self.areas]
        return [(name, at) for name, at in placed if at is not None]

    @property
    def districts_done(self) -> int:
        """Districts whose proposals on service units are all settled."""
        return sum(one["done"] for one in self.board["services"])

    @property
    def oldest(self) -> list[WaitingRow]:
        """The schemes that wait longest."""
        return self.waiting[:OLDEST]

    @property
    def waiting_units(self) -> int:
        """Units that waiting proposals take in."""
        return sum(row.waiting["units"] for row in self.waiting)


def page(*, asof: AsOf, place: str) -> Page:
    """Read the screen; what was measured before is not measured again.

    Raises:
        UnableToFindPlace: as far as known there is no such unit.
    """
    targets = work.targets(on=asof.on, place=place)
    start = min((target.programme.starts_on for target in targets), default=None) or _start(asof)
    board = measured(asof=asof, place=place, targets=targets, start=start)
    documents = _documents(board)
    aims = [_aim(target, board, asof.on) for target in targets]
    figures = board["figures"][start.isoformat()]
    communes = {area["unit"]: Part(area) for area in board["communes"]}
    return Page(
        place=place,
        start=start,
        board=board,
        aims=[aim for aim in aims if not aim.indicator.code.startswith(MODEL)],
        others=_others(figures, aims),
        total=Part(board["total"]),
        areas=[Part(area) for area in board["areas"]],
        communes=communes,
        models=_models(board, figures, aims),
        waiting=[_waiting(one, asof.on, documents) for one in board["waiting"]],
        overtaken=[_overtaken(one, documents) for one in board["overtaken"]],
        decided=[
            Decided(one, dt.date.fromisoformat(one["on"]), documents.get(one["document"]))
            for one in board["decisions"]
        ],
        law=[(documents.get(id_), id_, clause) for id_, clause in board["citations"]],
    )


def measured(
    *, asof: AsOf, place: str, targets: Iterable[Target] | None = None, start: dt.date | None = None
) -> Screen:
    """The measurements of a place, kept or made now."""
    found = work.targets(on=asof.on, place=place) if targets is None else list(targets)
    starts = sorted({target.programme.starts_on for target in found} | {start or _start(asof)})
    head = registers.head_of(asof)
    name = frozen.key(head, starts, asof.on, place, map.stored())
    lasting = not overlays.is_over(head)
    return frozen.get(name, lambda: _measure(head, starts, asof.on, place), lasting=lasting)


def _measure(head: registers.Head, starts: list[dt.date], on: dt.date, place: str) -> Screen:
    register = registers.register(head)
    board = measure(register, _LAW, starts, on, place)
    drawing = map.draw(register, head, on, board["communes"], board["areas"])
    return Screen(**board, drawing=drawing)


def _start(asof: AsOf) -> dt.date:
    """Where no programme says it: the earliest programme's first day, or where the review begins."""
    begun = [one.starts_on for one in work.programmes() if one.starts_on <= asof.on]
    return min(begun, default=None) or selectors.window(asof, None).start


def _documents(board: Board) -> dict[str, Document]:
    named = [one["document"] for one in (*board["waiting"], *board["overtaken"], *board["decisions"])]
    overtaking = (one["decision"] for one in board["overtaken"])
    return by_id([*named, *overtaking, *(document for document, _clause in board["citations"])])


def _aim(target: Target, board: Board, on: dt.date) -> Aim:
    number = board["figures"][target.programme.starts_on.isoformat()][target.indicator]
    value = None if number["value"] is None else Fraction(str(number["value"]))
    return Aim(Progress(target, value, on), CATALOGUE[target.indicator], number)


def _others(figures: dict[str, Number], aims: list[Aim]) -> list[tuple[Indicator, Number]]:
    """Figures no target is set for, where anything happened."""
    aimed = {aim.indicator.code for aim in aims}
    return [
        (CATALOGUE[code], number)
        for code, number in figures.items()
        if code not in aimed and not code.startswith(MODEL) and (number["value"] or number["events"])
    ]


def _models(board: Board, figures: dict[str, Number], aims: list[Aim]) -> list[ModelRow]:
    by_code = {aim.indicator.code: aim for aim in aims}
    rows = []
    for standing in board["models"]:
        code = MODEL + standing["code"]
        if figures[code]["N"]:
            rows.append(ModelRow(figures[code], CATALOGUE[code], standing, by_code.get(code)))
    return rows


def _waiting(one: Waiting, on: dt.date, documents: dict[str, Document]) -> WaitingRow:
    since = dt.date.fromisoformat(one["since"])
    return WaitingRow(one, since, (on - since).days, documents.get(one["document"]))


def _overtaken(one: Overtaken, documents: dict[str, Document]) -> OvertakenRow:
    on = dt.date.fromisoformat(one["on"])
    return OvertakenRow(one, on, documents.get(one["document"]), documents.get(one["decision"]))


__all__ = ["Aim", "ModelRow", "Page", "Part", "State", "WaitingRow", "measured", "page"]
