"""Side stories of the world: acts outside the window, renames, moves, autonomy, changes of people, a town raised."""

from __future__ import annotations

import datetime as dt
import random

from tinhgon.registry import events

from . import acts, parameters
from .book import Basis, Body, Book, days, moment
from .divisions import Pool, decide_on
from .places import PARTY_COMMITTEE, Places, Village
from .sources import CTR26, CTR30, NQ18, NQ19, NQ835
from .villages import LEFT_ALONE
from .wording import inside

_AUTONOMY = {
    "Bệnh viện Đa khoa tỉnh": "2",
    "Trung tâm Đăng kiểm xe cơ giới": "1",
    "Trung tâm Dịch vụ việc làm": "3",
    "Phòng Công chứng số 1": "1",
}
_COUNCIL = "Hội đồng nhân dân tỉnh Đắk Nông"


def tell(book: Book, places: Places, pool: Pool) -> None:
    """Write the side stories."""
    rng = book.rng("asides")
    _set_up_steering(book)
    _mergers_outside_window(book, rng, pool)
    recounted = [village for village in places.villages() if village.fate == "census"]
    _rename_villages(book, rng, recounted[:6])
    _new_village_heads(book, rng, recounted[6:24])
    _move_guest_house(book, rng)
    _grant_autonomy(book, rng)
    _unite_propaganda_posts(book, rng, places)
    _raise_town(book, places)


def _set_up_steering(book: Book) -> None:
    """Each programme sets up its steering committee, below the Provincial Party Committee."""
    for number, (programme, on, resolution) in enumerate(
        ((CTR26, dt.date(2018, 3, 8), NQ18), (CTR30, dt.date(2018, 5, 22), NQ19)), 1
    ):
        basis = Basis(programme, "Phần III, mục 1", on, moment(on + days(6)), on)
        title = f"Ban Chỉ đạo thực hiện Nghị quyết số {resolution}"
        body = Body(f"o-bcd{number}", "party_body", title, PARTY_COMMITTEE)
        parents = {"administrative": PARTY_COMMITTEE, "party": PARTY_COMMITTEE}
        book.open_body(basis, body, parents=parents)


def _mergers_outside_window(book: Book, rng: random.Random, pool: Pool) -> None:
    """On the very day of the programme, before it, after the review, and signed early for the new year."""
    for on in (parameters.WINDOW_FROM, dt.date(2018, 1, 20), dt.date(2017, 9, 1), dt.date(2019, 11, 20)):
        merger = pool.take()
        basis = decide_on(book, rng, merger, on)
        acts.write(book, basis, acts.absorption(book, basis, merger))
    merger, signed_on = pool.take(), dt.date(2019, 9, 18)
    title = f"Sáp nhập {acts.names(merger.take)} vào {merger.keep.title}"
    document = book.papers.decide("QĐ", "Ủy ban nhân dân tỉnh Đắk Nông", title, signed_on, CTR26)
    early = Basis(document, "Điều 1", dt.date(2020, 1, 1), moment(dt.date(2019, 9, 24), 3), signed_on)
    acts.write(book, early, acts.absorption(book, early, merger))


def _rename_villages(book: Book, rng: random.Random, villages: list[Village]) -> None:
    for village, suffix in zip(villages, ("A", "Mới", "Thượng", "Hạ", "Đông", "Tây"), strict=True):
        on = dt.date(2018, 4, 10) + days(rng.randint(0, 240))
        title = f"{village.body.title} {suffix}"
        basis = acts.decision(book, rng, f"Đổi tên {inside(village.body.title)}", on, by="u-05")
        output = events.Output(village.body.id, title=title)
        inputs = (village.body.id,)
        acts.write(
            book, basis, events.Reorganised(**basis.fields(), act="rename", inputs=inputs, outputs=(output,))
        )


def _new_village_heads(book: Book, rng: random.Random, villages: list[Village]) -> None:
    """Elections of 2018 and 2019: in half of these villages the cell's secretary becomes head as well."""
    for number, village in enumerate(villages):
        seat = village.body.seats[0]
        on = dt.date(2018, 10, 1) + days(rng.randint(0, 300))
        word = "tổ trưởng" if village.body.kind == "residential_group" else "trưởng"
        title = f"Công nhận {word} {inside(village.body.title)}"
        issuer = f"Ủy ban nhân dân {inside(village.commune.body.title)}"
        basis = acts.decision(book, rng, title, on, issuer=issuer, by="u-05")
        book.add(basis, events.HoldingEnded, holding=seat.holding, reason="hết nhiệm kỳ")
        secretary = book.bodies[f"b-{village.body.id[2:]}"].seats[0].person
        seat.person = book.person() if number % 2 or secretary == seat.person else secretary
        seat.holding = book.holding()
        book.start(basis, seat)


def _move_guest_house(book: Book, rng: random.Random) -> None:
    """A public service unit gets another parent: moved, neither opened nor closed."""
    house = next(body for body in book.of_kind("public_service_unit") if body.title == "Nhà khách tỉnh")
    basis = acts.decision(book, rng, f"Chuyển {house.title} về Văn phòng Tỉnh ủy", dt.date(2018, 9, 5))
    book.add(basis, events.UnitMoved, unit=house.id, parent="o-vptu")


def _grant_autonomy(book: Book, rng: random.Random) -> None:
    """Public service units that now pay more of their own way."""
    for body in list(book.of_kind("public_service_unit")):
        group = _AUTONOMY.get(body.title)
        if group:
            title = f"Giao quyền tự chủ tài chính cho {body.title}"
            basis = acts.decision(book, rng, title, dt.date(2019, 1, 1), carries_out=CTR30)
            book.add(basis, events.FactChanged, unit=body.id, fact="autonomy", value=group)


def _unite_propaganda_posts(book: Book, rng: random.Random, places: Places) -> None:
    """In two districts the head of propaganda becomes director of the political centre as well."""
    for district in places.districts[1:3]:
        code = district.id[2:]
        seat = book.bodies[f"s-{code}-tt"].seats[0]
        title = f"Bố trí Trưởng Ban Tuyên giáo kiêm Giám đốc Trung tâm Bồi dưỡng chính trị {inside(district.title)}"
        basis = acts.decision(book, rng, title, dt.date(2019, 5, 2))
        book.add(basis, events.HoldingEnded, holding=seat.holding, reason="chuyển công tác")
        seat.person, seat.holding = book.bodies[f"o-{code}-p03"].seats[0].person, book.holding()
        book.start(basis, seat)


def _raise_town(book: Book, places: Places) -> None:
    """1 January 2020: Quảng Thành becomes a ward and Gia Nghĩa a city; recorded after the review."""
    on, signed_on = dt.date(2020, 1, 1), dt.date(2019, 12, 17)
    commune = next(one for one in places.communes if one.body.id == LEFT_ALONE)
    basis = Basis(NQ835, "Điều 1", on, moment(dt.date(2019, 12, 24)), signed_on)
    _convert(book, basis, commune.body.id, "ward", "Phường Quảng Thành")
    _convert(book, basis.at("Điều 2"), commune.district, "city", "Thành phố Gia Nghĩa")
    title, decided_on = "Chuyển thôn thành tổ dân phố, phường Quảng Thành", dt.date(2019, 12, 19)
    document = book.papers.decide("NQ", _COUNCIL, title, decided_on, NQ835)
    council = Basis(document, "Điều 1", on, moment(dt.date(2019, 12, 27)), decided_on)
    for number, village in enumerate(commune.villages, 1):
        at = council.at(f"Điều 1, khoản {number}")
        _convert(book, at, village.body.id, "residential_group", f"Tổ dân phố {number}")


def _convert(book: Book, basis: Basis, unit: str, kind: str, title: str) -> None:
    output = events.Output(unit, kind=kind, title=title)
    acts.write(
        book, basis, events.Reorganised(**basis.fields(), act="convert", inputs=(unit,), outputs=(output,))
    )
