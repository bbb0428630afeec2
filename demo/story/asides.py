"""Side stories: what a register must bear besides the review. Mistakes and their correction, an annulled decision, a
duplicate record, renames, conversions, moves, changes of people, and the numbers other people reported."""

from __future__ import annotations

import datetime as dt
import random

import attrs

from tinhgon.registry import events

from . import acts, parameters
from .book import Basis, Book, days, moment
from .divisions import Pool
from .places import Places, Village
from .sources import CTR26, NQ835, TT14
from .villages import Cast

_KNOWN_LATE = dt.date(2019, 10, 28)


def tell(book: Book, places: Places, pool: Pool, cast: Cast) -> None:
    """Write the side stories."""
    rng = book.rng("asides")
    _mergers_outside_window(book, rng, pool)
    _wrong_day(book, rng, pool)
    _annulled_merger(book, rng, pool)
    _mistyped_households(book, places, cast)
    _duplicate_village(book, places)
    free = [village for village in places.villages() if village.fate == "census"]
    _rename_villages(book, rng, free[:6])
    _new_village_heads(book, rng, free[6:24])
    _move_service(book, rng)
    _propaganda_heads(book, rng, places)
    _raise_town(book, places)


def _mergers_outside_window(book: Book, rng: random.Random, pool: Pool) -> None:
    """On the very day of the programme, before it, after the review, and signed early for the new year."""
    for on in (parameters.WINDOW_FROM, dt.date(2018, 1, 20), dt.date(2017, 9, 1), dt.date(2019, 11, 20)):
        merger = pool.take()
        basis = _decision(book, rng, merger, on)
        acts.write(book, basis, acts.absorption(book, basis, merger))
    merger = pool.take()
    document = book.decide(
        "Quyết định",
        "Ủy ban nhân dân tỉnh Đắk Nông",
        f"Sắp xếp {merger.keep.title}",
        dt.date(2019, 9, 18),
        CTR26,
    )
    early = Basis(
        document, "Điều 1", dt.date(2020, 1, 1), moment(dt.date(2019, 9, 24), 3), dt.date(2019, 9, 18), "u-01"
    )
    acts.write(book, early, acts.absorption(book, early, merger))


def _decision(book: Book, rng: random.Random, merger: acts.Merger, on: dt.date) -> Basis:
    parent = book.bodies[merger.keep.parent]
    return acts.decision(book, rng, f"Sắp xếp phòng thuộc {parent.title}", on)


def _wrong_day(book: Book, rng: random.Random, pool: Pool) -> None:
    """Recorded as of 12 March 2018, in truth in force from 1 March: corrected in June 2018."""
    merger = pool.take()
    basis = attrs.evolve(
        _decision(book, rng, merger, dt.date(2018, 3, 1)), recorded_at=moment(dt.date(2018, 3, 20))
    )
    wrong = attrs.evolve(basis, on=dt.date(2018, 3, 12))
    line = acts.write(book, wrong, acts.absorption(book, wrong, merger))
    right = acts.absorption(book, basis, merger)
    note = attrs.evolve(
        basis, on=dt.date(2018, 6, 5), signed_on=None, recorded_at=moment(dt.date(2018, 6, 5), 4)
    )
    _correct(book, note, line, right, "ghi nhầm ngày có hiệu lực")


def _correct(book: Book, basis: Basis, line: int, right: events.Event, reason: str) -> None:
    book.add_later(
        basis,
        lambda numbers: events.Corrected(
            **basis.fields(), target=numbers[line], replacement=right, reason=reason
        ),
    )


def _annulled_merger(book: Book, rng: random.Random, pool: Pool) -> None:
    """A merger whose decision was revoked: as if it had never been."""
    merger = pool.take()
    basis = _decision(book, rng, merger, dt.date(2019, 3, 15))
    line = acts.write(book, basis, acts.absorption(book, basis, merger))
    revoked = acts.decision(
        book, rng, f"Thu hồi quyết định sắp xếp {merger.keep.title}", dt.date(2019, 5, 20)
    )
    book.add_later(
        revoked,
        lambda numbers: events.Annulled(
            **revoked.fields(), targets=(numbers[line],), reason="quyết định bị thu hồi do trái thẩm quyền"
        ),
    )


def _mistyped_households(book: Book, places: Places, cast: Cast) -> None:
    """A count typed without its first digit; the mistake was found after the review."""
    village = next(village for village in places.villages() if village.fate == "mistyped")
    line = cast.lines[village.body.id]
    document = _survey_of(book, village, places)
    survey = Basis(document, "Phụ lục", parameters.SURVEY, moment(_KNOWN_LATE))
    right = events.MeasureRecorded(
        **survey.fields(),
        unit=village.body.id,
        measures={"households": village.households, "population": village.households * 4},
    )
    note = attrs.evolve(
        survey, on=dt.date(2019, 10, 21), recorded_at=moment(dt.date(2019, 10, 21)), by="u-03"
    )
    _correct(book, note, line, right, "nhập thiếu chữ số hàng trăm của số hộ")


def _survey_of(book: Book, village: Village, places: Places) -> str:
    district = next(one for one in places.districts if one.id == village.commune.district)
    return next(
        id_ for id_, one in book.documents.items() if one.title.endswith(f"tổ dân phố, {district.title}")
    )


def _duplicate_village(book: Book, places: Places) -> None:
    """One village recorded a second time from a list with another spelling; joined after the review."""
    village = next(
        village for village in places.villages() if village.fate == "census" and village.half == 100
    )
    listed = dt.date(2019, 2, 20)
    title = "Danh sách thôn, tổ dân phố theo ngành nông nghiệp"
    document = book.decide("Báo cáo", "Sở Nông nghiệp và Phát triển nông thôn", title, listed, TT14)
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
    note = attrs.evolve(basis, on=_KNOWN_LATE, signed_on=None, recorded_at=moment(_KNOWN_LATE), by="u-03")
    book.add(note, events.Deduplicated, keep=village.body.id, duplicates=(double,))


def _rename_villages(book: Book, rng: random.Random, villages: list[Village]) -> None:
    """New names, and one village of a commune that took another word for itself."""
    for number, village in enumerate(villages):
        on = dt.date(2018, 4, 10) + days(rng.randint(0, 240))
        basis = acts.decision(book, rng, f"Đổi tên {village.body.title}", on, by="u-05")
        title = f"{village.body.title} {['A', 'Mới', 'Thượng', 'Hạ', 'Đông', 'Tây'][number]}"
        taken = {one.body.title for one in village.commune.villages}
        if title in taken:
            continue
        acts.write(
            book,
            basis,
            events.Reorganised(
                **basis.fields(),
                act="rename",
                inputs=(village.body.id,),
                outputs=(events.Output(village.body.id, title=title),),
            ),
        )


def _new_village_heads(book: Book, rng: random.Random, villages: list[Village]) -> None:
    """Elections of 2018 and 2019: in half of these villages the cell's secretary becomes head as well."""
    for number, village in enumerate(villages):
        on = dt.date(2018, 10, 1) + days(rng.randint(0, 300))
        basis = acts.decision(book, rng, f"Công nhận trưởng thôn {village.body.title}", on, by="u-05")
        seat = village.body.seats[0]
        book.add(basis, events.HoldingEnded, holding=seat.holding, reason="hết nhiệm kỳ")
        secretary = book.bodies[f"b-{village.body.id[2:]}"].seats[0].person
        seat.person = book.person() if number % 2 or secretary == seat.person else secretary
        seat.holding = book.holding()
        book.start(basis, seat)


def _move_service(book: Book, rng: random.Random) -> None:
    """A public service unit gets another parent: moved, neither opened nor closed."""
    library = next(body for body in book.of_kind("public_service_unit") if body.title == "Nhà khách tỉnh")
    basis = acts.decision(book, rng, f"Chuyển {library.title} về Văn phòng Tỉnh ủy", dt.date(2018, 9, 5))
    book.add(basis, events.UnitMoved, unit=library.id, parent="o-vptu")


def _propaganda_heads(book: Book, rng: random.Random, places: Places) -> None:
    """In two districts the head of propaganda becomes director of the political centre as well."""
    for district in places.districts[1:3]:
        code = district.id[2:]
        centre = book.bodies[f"s-{code}-tt"].seats[0]
        basis = acts.decision(book, rng, f"Bố trí kiêm nhiệm tại {district.title}", dt.date(2019, 5, 2))
        book.add(basis, events.HoldingEnded, holding=centre.holding, reason="chuyển công tác")
        centre.person, centre.holding = book.bodies[f"o-{code}-p03"].seats[0].person, book.holding()
        book.start(basis, centre)


def _raise_town(book: Book, places: Places) -> None:
    """1 January 2020: Quảng Thành becomes a ward and Gia Nghĩa a city; recorded after the review."""
    on, signed_on = dt.date(2020, 1, 1), dt.date(2019, 12, 17)
    commune = next(one for one in places.communes if one.body.title == "Xã Quảng Thành")
    raised = (
        (commune.body.id, "ward", "Phường Quảng Thành", "Điều 1"),
        (commune.district, "city", "Thành phố Gia Nghĩa", "Điều 2"),
    )
    for unit, kind, title, clause in raised:
        basis = Basis(NQ835, clause, on, moment(dt.date(2019, 12, 24)), signed_on)
        acts.write(
            book,
            basis,
            events.Reorganised(
                **basis.fields(),
                act="convert",
                inputs=(unit,),
                outputs=(events.Output(unit, kind=kind, title=title),),
            ),
        )


def claim(book: Book) -> None:
    """The numbers of the review report, and numbers other reports gave for the same things."""
    window = {"start": parameters.WINDOW_FROM, "end": parameters.WINDOW_TO}
    for kind, issuer, title, numbers in _CLAIMS:
        document = book.decide(kind, issuer, title, parameters.WINDOW_TO - days(4), CTR26)
        at = moment(parameters.WINDOW_TO, 8)
        for clause, (indicator, value, about) in enumerate(numbers, 1):
            basis = Basis(document, f"Phần I, ý {clause}", parameters.WINDOW_TO, at, None, "u-09")
            book.add(basis, events.ClaimMade, indicator=indicator, value=value, approximate=about, **window)


_CLAIMS = (
    (
        "Báo cáo của Tỉnh ủy",
        "Ban Thường vụ Tỉnh ủy Đắk Nông",
        "Sơ kết 2 năm thực hiện Chương trình hành động số 26-CTr/TU và số 30-CTr/TU",
        (
            ("provincial_focal_points", -3, False),
            ("divisions", -81, False),
            ("division_leaders", -118, True),
            ("villages_obliged", 171, False),
            ("villages_forecast", -76, False),
            ("commune_part_time", -301, False),
            ("village_part_time", -1875, False),
            ("public_service_units", -60, False),
            ("public_service_heads", -60, False),
            ("districts_service_units_done", 8, False),
        ),
    ),
    (
        "Báo cáo",
        "Sở Nội vụ tỉnh Đắk Nông",
        "Kết quả sắp xếp tổ chức bộ máy đến tháng 9 năm 2019",
        (("divisions", -79, False), ("villages_obliged", 173, False)),
    ),
    (
        "Báo cáo",
        "Sở Tài chính tỉnh Đắk Nông",
        "Kinh phí người hoạt động không chuyên trách",
        (("village_part_time", -1857, False),),
    ),
)
