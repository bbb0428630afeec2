"""Where the story is written down: documents, people and events, put in order of recording at the end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from tinhgon.citations import Citation
from tinhgon.registry import events, journal

from . import parameters
from .papers import Papers


@attrs.frozen
class Basis:
    """What an event rests on: a clause of a document, the day in force, and when it was recorded."""

    document: str
    clause: str
    on: dt.date
    recorded_at: dt.datetime
    signed_on: dt.date | None = None
    by: str = "u-01"

    def fields(self) -> dict[str, Any]:
        """The fields every event takes from its basis."""
        return {
            "effective_on": self.on,
            "citation": Citation(self.document, self.clause),
            "signed_on": self.signed_on,
        }

    def at(self, clause: str) -> Basis:
        """The same act under another clause."""
        return attrs.evolve(self, clause=clause)


@attrs.define
class Seat:
    """A post as the story knows it, with who sits in it."""

    post: str
    role: str
    title: str
    holding: str = ""
    person: str = ""


@attrs.define
class Body:
    """A unit as the story knows it."""

    id: str
    kind: str
    title: str
    parent: str
    seats: list[Seat] = attrs.field(factory=list)
    staff: dict[str, int] = attrs.field(factory=dict)


@attrs.frozen
class _Line:
    """An event waiting for its number; `make` is called with the numbers of the lines it names."""

    basis: Basis
    make: Callable[[Mapping[int, int]], events.Event]


class Book:
    """Collects the story and turns it into a journal."""

    def __init__(self) -> None:
        self.papers = Papers()
        self.bodies: dict[str, Body] = {}
        self.people = 0
        self._holdings = 0
        self._lines: list[_Line] = []

    def rng(self, name: str) -> random.Random:
        """A stream of chance of its own for each part of the story."""
        return random.Random(f"{parameters.SEED}/{name}")

    def add(self, basis: Basis, cls: type[events.Event], **fields: Any) -> int:
        """Write an event; returns its line, by which corrections can name it."""
        event = cls(**{**basis.fields(), **fields})
        return self.add_later(basis, lambda _: event)

    def add_later(self, basis: Basis, make: Callable[[Mapping[int, int]], events.Event]) -> int:
        """Write an event that needs the entry numbers of other lines."""
        self._lines.append(_Line(basis, make))
        return len(self._lines) - 1

    def journal(self) -> journal.Journal:
        """The journal, in order of recording; what was recorded at one moment stays as written."""
        order = sorted(range(len(self._lines)), key=lambda line: self._lines[line].basis.recorded_at)
        numbers = {line: seq for seq, line in enumerate(order, 1)}
        chosen = [self._lines[line] for line in order]
        new = ((line.make(numbers), line.basis.recorded_at, line.basis.by) for line in chosen)
        return journal.Journal(tuple(journal.chain(new)))

    def person(self) -> str:
        """A new person, by opaque id."""
        self.people += 1
        return f"p-{self.people:06d}"

    def holding(self) -> str:
        """A new holding id."""
        self._holdings += 1
        return f"h-{self._holdings:06d}"

    def open_body(self, basis: Basis, body: Body, **facts: Any) -> Body:
        """Take a unit into the register, with its posts, holders and headcounts."""
        parents = facts.pop("parents", {"administrative": body.parent})
        self.bodies[body.id] = body
        self.add(
            basis,
            events.UnitOpened,
            unit=body.id,
            kind=body.kind,
            title=body.title,
            parents=parents,
            **facts,
        )
        self._open_seats(basis, body)
        vacant = self.rng(f"vacant/{body.id}").choice([0, 0, 1])
        for category, assigned in body.staff.items():
            self.add(
                basis,
                events.HeadcountRecorded,
                unit=body.id,
                category=category,
                assigned=assigned,
                present=assigned - vacant,
            )
        return body

    def _open_seats(self, basis: Basis, body: Body) -> None:
        if not body.seats:
            return
        posts = tuple(events.NewPost(seat.post, seat.role, seat.title) for seat in body.seats)
        self.add(basis, events.PostsOpened, unit=body.id, posts=posts)
        for seat in body.seats:
            if seat.person:
                seat.holding = self.holding()
                self.start(basis, seat)

    def start(self, basis: Basis, seat: Seat) -> int:
        """Write that the person of a seat takes it up."""
        return self.add(
            basis, events.HoldingStarted, holding=seat.holding, person=seat.person, post=seat.post
        )

    def of_kind(self, *kinds: str) -> Iterator[Body]:
        """Bodies opened so far of some kinds, in order."""
        return (body for body in self.bodies.values() if body.kind in kinds)


def moment(day: dt.date, hour: int = 2, minute: int = 0) -> dt.datetime:
    """A moment of a day, UTC."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


def days(count: int) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=count)


def recorded(rng: random.Random, on: dt.date, signed_on: dt.date) -> dt.datetime:
    """When an act is recorded in the ordinary course: some days after, and before the review conference."""
    day = max(on if on <= parameters.WINDOW_TO else signed_on, signed_on) + days(rng.randint(2, 18))
    if on <= parameters.WINDOW_TO < day:
        day = parameters.WINDOW_TO
    return moment(day, 1, rng.randint(0, 59)) if day < parameters.WINDOW_TO else moment(day, 1)


def in_window(rng: random.Random, first: dt.date | None = None, last: dt.date | None = None) -> dt.date:
    """A day inside the window."""
    start = first or parameters.WINDOW_FROM + days(20)
    end = last or parameters.WINDOW_TO - days(25)
    return start + days(rng.randint(0, (end - start).days))
