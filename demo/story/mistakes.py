"""Side stories of the record itself: a wrong day, a revoked decision, a mistyped count, one village written twice."""

from __future__ import annotations

import datetime as dt
import random

import attrs

from tinhgon.registry import events

from . import acts
from .book import Basis, Book, days, moment
from .divisions import Pool, decide_on
from .places import Places
from .sources import TT14
from .villages import Cast

_FOUND = dt.date(2019, 10, 21)
"""After the review: on its day nobody knew."""


def tell(book: Book, places: Places, pool: Pool, cast: Cast) -> None:
    """Write the mistakes and what became of them."""
    rng = book.rng("mistakes")
    _wrong_day(book, rng, pool)
    _annulled_merger(book, rng, pool)
    _mistyped_households(book, places, cast)
    _duplicate_village(book, places)


def _wrong_day(book: Book, rng: random.Random, pool: Pool) -> None:
    """Recorded as of 12 March 2018, in truth in force from 1 March: corrected in June 2018."""
    merger = pool.take()
    basis = decide_on(book, rng, merger, dt.date(2018, 3, 1))
    wrong = attrs.evolve(basis, on=dt.date(2018, 3, 12), recorded_at=moment(dt.date(2018, 3, 20)))
    line = acts.write(book, wrong, acts.absorption(book, wrong, merger))
    right = acts.absorption(book, basis, merger)
    _correct(book, basis, dt.date(2018, 6, 5), line, right, "ghi nhầm ngày có hiệu lực")


def _annulled_merger(book: Book, rng: random.Random, pool: Pool) -> None:
    """A merger whose decision was revoked: as if it had never been."""
    merger = pool.take()
    basis = decide_on(book, rng, merger, dt.date(2019, 3, 15))
    line = acts.write(book, basis, acts.absorption(book, basis, merger))
    title = f"Thu hồi quyết định sắp xếp {merger.keep.title}"
    revoked = acts.decision(book, rng, title, dt.date(2019, 5, 20))
    reason = "quyết định bị thu hồi do trái thẩm quyền"
    book.add_later(
        revoked,
        lambda numbers: events.Annulled(**revoked.fields(), targets=(numbers[line],), reason=reason),
    )


def _mistyped_households(book: Book, places: Places, cast: Cast) -> None:
    """A count typed without its first digit."""
    village = next(village for village in places.villages() if village.fate == "mistyped")
    counted = cast.counts[village.body.id]
    measures = {"households": village.households, "population": counted.population}
    right = events.MeasureRecorded(**counted.basis.fields(), unit=village.body.id, measures=measures)
    reason = "nhập thiếu chữ số hàng trăm của số hộ"
    _correct(book, counted.basis, _FOUND, counted.line, right, reason)


def _correct(book: Book, basis: Basis, found: dt.date, line: int, right: events.Event, reason: str) -> None:
    note = attrs.evolve(basis, on=found, signed_on=None, recorded_at=moment(found, 4), by="u-03")
    book.add_later(
        note,
        lambda numbers: events.Corrected(
            **note.fields(), target=numbers[line], replacement=right, reason=reason
        ),
    )


def _duplicate_village(book: Book, places: Places) -> None:
    """One village recorded a second time, from a list with another spelling; the two are joined later."""
    recounted = (village for village in places.villages() if village.fate == "census")
    village = next(village for village in recounted if village.half == 100)
    listed, joined = dt.date(2019, 2, 20), dt.date(2019, 10, 28)
    title, issuer = "Danh sách thôn theo ngành nông nghiệp", "Sở Nông nghiệp và Phát triển nông thôn"
    document = book.papers.decide("BC/SNN", issuer, title, listed, TT14)
    basis = Basis(document, "Danh sách", listed, moment(listed + days(2)), listed, "u-08")
    double = f"{village.body.id}x"
    book.add(
        basis,
        events.UnitOpened,
        unit=double,
        kind=village.body.kind,
        title=village.body.title.upper(),
        parents={"administrative": village.body.parent},
        attributes={"word": village.word},
    )
    book.add(basis, events.MeasureRecorded, unit=double, measures={"households": 71})
    note = attrs.evolve(basis, on=joined, signed_on=None, recorded_at=moment(joined), by="u-03")
    book.add(note, events.Deduplicated, keep=village.body.id, duplicates=(double,))
