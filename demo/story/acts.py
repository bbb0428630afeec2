"""How a reorganisation of the story is written: one event, with the posts, people and staff it moves inside it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence

import attrs

from tinhgon.registry import events

from .book import Basis, Body, Book, Seat, days, recorded
from .sources import CTR26
from .wording import posts_of


@attrs.define
class Merger:
    """Bodies to be taken in by one that goes on. `places` holders of closing posts become deputies of it."""

    keep: Body
    take: list[Body]
    title: str = ""
    places: int = 0

    @property
    def closing_seats(self) -> list[Seat]:
        """Occupied posts that close, heads first."""
        seats = [seat for body in self.take for seat in body.seats if seat.person]
        return sorted(seats, key=lambda seat: seat.role != "head")


def decision(
    book: Book,
    rng: random.Random,
    title: str,
    on: dt.date,
    *,
    issuer: str = "Ủy ban nhân dân tỉnh Đắk Nông",
    series: str = "QĐ",
    carries_out: str = CTR26,
    by: str = "u-01",
) -> Basis:
    """A decision signed some days before it takes effect, recorded in the ordinary course."""
    signed_on = on - days(rng.randint(5, 20))
    document = book.papers.decide(series, issuer, title, signed_on, carries_out)
    return Basis(document, "Điều 1", on, recorded(rng, on, signed_on), signed_on, by)


def absorption(
    book: Book, basis: Basis, merger: Merger, release: int = 0, carries_out: Sequence[str] = ()
) -> events.Reorganised:
    """The event by which one body takes in others: posts close, some of their holders become deputies."""
    keep = merger.keep
    new_posts, placements = [], []
    for number, seat in enumerate(merger.closing_seats[: merger.places], 1):
        post = f"{keep.id}.m{number}"
        new_posts.append(events.NewPost(post, "deputy", posts_of(merger.title or keep.title)[1], keep.id))
        placements.append(events.Placement(seat.holding, post, book.holding()))
    return events.Reorganised(
        **basis.fields(),
        act="absorb",
        inputs=(keep.id, *(body.id for body in merger.take)),
        outputs=(events.Output(keep.id, title=merger.title),),
        new_posts=tuple(new_posts),
        holders=tuple(placements),
        headcounts=_released(keep.id, [keep, *merger.take], release),
        carries_out=tuple(carries_out),
    )


def dissolution(basis: Basis, body: Body) -> events.Reorganised:
    """The event by which a body is dissolved and its staff released."""
    counts = tuple(events.HeadcountPlacement("", category, count) for category, count in body.staff.items())
    return events.Reorganised(**basis.fields(), act="dissolve", inputs=(body.id,), headcounts=counts)


def separation(
    basis: Basis, body: Body, new: Body, staff: int, facts: Mapping[str, str]
) -> events.Reorganised:
    """The event by which a new body is split off another, with posts of its own and some of its staff."""
    (category, count), *_ = body.staff.items()
    return events.Reorganised(
        **basis.fields(),
        act="split",
        inputs=(body.id,),
        outputs=(
            events.Output(body.id),
            events.Output(
                new.id, new.kind, new.title, parents={"administrative": new.parent}, attributes=facts
            ),
        ),
        flows=(events.Flow(body.id, body.id, 0.8), events.Flow(body.id, new.id, 0.2)),
        new_posts=tuple(events.NewPost(seat.post, seat.role, seat.title, new.id) for seat in new.seats),
        headcounts=(
            events.HeadcountPlacement(body.id, category, count - staff),
            events.HeadcountPlacement(new.id, category, staff),
        ),
    )


def write(book: Book, basis: Basis, event: events.Event) -> int:
    """Write an event made beforehand."""
    return book.add_later(basis, lambda _: event)


def _released(keep: str, bodies: list[Body], release: int) -> tuple[events.HeadcountPlacement, ...]:
    if not release:
        return ()
    category = next(iter(bodies[0].staff))
    total = sum(body.staff.get(category, 0) for body in bodies)
    return (
        events.HeadcountPlacement(keep, category, total - release),
        events.HeadcountPlacement("", category, release),
    )


def names(bodies: Sequence[Body]) -> str:
    """Bodies by name, for a decision's title."""
    return ", ".join(body.title for body in bodies)
