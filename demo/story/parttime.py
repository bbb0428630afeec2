"""The chapter of the part-time posts of communes and villages: fewer posts, decided commune by commune."""

from __future__ import annotations

import datetime as dt
import random

from tinhgon.registry import events

from . import parameters
from .acts import decision
from .book import Basis, Book, Seat, days, moment
from .places import Commune, Places, Village
from .sources import CTR26, ND34, Baseline
from .villages import LEFT_ALONE
from .wording import inside

_TITLES = (
    "Phó Trưởng Công an", "Phó Chỉ huy trưởng Quân sự", "Trưởng ban Tổ chức Đảng", "Trưởng ban Tuyên giáo",
    "Phó Chủ tịch Mặt trận", "Phó Chủ tịch Hội Nông dân", "Phó Chủ tịch Hội Phụ nữ", "Phó Chủ tịch Hội Cựu chiến binh",
    "Phó Bí thư Đoàn Thanh niên", "Văn phòng Đảng ủy", "Thủ quỹ - văn thư - lưu trữ", "Phụ trách đài truyền thanh",
    "Chủ tịch Hội Người cao tuổi", "Chủ tịch Hội Chữ thập đỏ", "Cán bộ giảm nghèo", "Cán bộ gia đình - trẻ em",
    "Cán bộ khuyến nông", "Cán bộ thú y", "Cán bộ nhà văn hóa", "Cán bộ tiếp nhận hồ sơ", "Phó ban Kiểm tra Đảng",
    "Cán bộ dân số",
)  # fmt: skip
_EARLY = dt.date(2018, 1, 15)
_LATE = dt.date(2020, 1, 1)
_EARLY_COMMUNES = 3


def open_commune_posts(book: Book, baseline: Baseline, places: Places) -> None:
    """The part-time posts of every commune at the baseline, each with a holder."""
    rng = book.rng("commune part-time")
    cuts = _cuts(rng, len(places.communes))
    for number, (commune, cut) in enumerate(zip(places.communes, cuts, strict=True)):
        most, most_later = parameters.COMMUNE_CAPS[commune.rank]
        early = number < _EARLY_COMMUNES
        opened_later = number < parameters.COMMUNE_POSTS_OPENED
        count = min(most - early, most_later - rng.randint(opened_later, 2) + cut) + early
        basis = baseline.block(f"Phần IV, {commune.body.title}")
        for index, title in enumerate(_TITLES[:count], 1):
            seat = Seat(f"{commune.body.id}.{index}", "part_time", title, book.holding(), book.person())
            commune.body.seats.append(seat)
        posts = tuple(events.NewPost(seat.post, seat.role, seat.title) for seat in commune.body.seats)
        book.add(basis, events.PostsOpened, unit=commune.body.id, posts=posts)
        for seat in commune.body.seats:
            book.start(basis, seat)


def tell(book: Book, places: Places) -> None:
    """Write the chapter."""
    rng = book.rng("part-time")
    early = places.communes[:_EARLY_COMMUNES]
    for commune in early:
        _close(book, rng, commune, [_last(commune)], _EARLY)
    cuts = _cuts(book.rng("commune part-time"), len(places.communes))
    for commune, cut in zip(places.communes, cuts, strict=True):
        _close(book, rng, commune, [_last(commune) for _ in range(cut)], _after_decree(rng))
    for commune in places.communes[: parameters.COMMUNE_POSTS_OPENED]:
        _open(book, rng, commune.body.id, "Nhân viên bưu điện - văn hóa", commune.body.title)
    _tell_villages(book, rng, places)


def _cuts(rng: random.Random, communes: int) -> list[int]:
    """How many part-time posts each commune closes."""
    cuts = [rng.choice([3, 4, 4, 5, 5]) for _ in range(communes)]
    while (missing := parameters.COMMUNE_POSTS_CLOSED - sum(cuts)) != 0:
        index = rng.randrange(communes)
        step = 1 if missing > 0 else -1
        if 2 <= cuts[index] + step <= 6:
            cuts[index] += step
    return cuts


def _after_decree(rng: random.Random) -> dt.date:
    """A day after Decree 34/2019 took effect on 25 June 2019."""
    return dt.date(2019, 7, 1) + days(rng.randint(0, 75))


def _last(commune: Commune) -> str:
    return commune.body.seats.pop().post


def _tell_villages(book: Book, rng: random.Random, places: Places) -> None:
    closings = _village_closings(rng, places)
    for commune in places.communes[-2:]:
        _close(book, rng, commune, [_last_of(village) for village in commune.villages], _EARLY)
    for commune in places.communes:
        posts = [_last_of(village) for village in commune.villages for _ in range(closings[village.body.id])]
        on = _after_decree(rng) if rng.random() < 0.6 else dt.date(2018, 6, 1) + days(rng.randint(0, 300))
        _close(book, rng, commune, posts, on)
    villages = list(places.villages())
    for village in rng.sample(villages, parameters.VILLAGE_POSTS_OPENED):
        _open(book, rng, village.body.id, "Nhân viên y tế thôn, bản", village.commune.body.title)
    _announce(book, next(one for one in places.communes if one.body.id == LEFT_ALONE))


def _village_closings(rng: random.Random, places: Places) -> dict[str, int]:
    """How many posts each village closes: two, and three where the villages are first in line."""
    villages = [village.body.id for village in places.villages()]
    rest = parameters.VILLAGE_POSTS_CLOSED - 2 * len(villages)
    thirds = set(rng.sample(villages, rest))
    return {id_: 2 + (id_ in thirds) for id_ in villages}


def _last_of(village: Village) -> str:
    return village.body.seats.pop().post


def _close(book: Book, rng: random.Random, commune: Commune, posts: list[str], on: dt.date) -> None:
    basis = _decision(book, rng, commune.body.title, on, "Bố trí lại người hoạt động không chuyên trách")
    book.add(basis, events.PostsClosed, posts=tuple(posts))


def _open(book: Book, rng: random.Random, unit: str, title: str, commune: str) -> None:
    on = dt.date(2018, 9, 1) + days(rng.randint(0, 200))
    basis = _decision(book, rng, commune, on, f"Bổ sung chức danh {title}")
    book.add(basis, events.PostsOpened, unit=unit, posts=(events.NewPost(f"{unit}.n", "part_time", title),))


def _announce(book: Book, commune: Commune) -> None:
    """Signed before the review for the new year: known early, in force later."""
    posts = tuple(_last_of(village) for village in commune.villages)
    signed_on = dt.date(2019, 9, 30)
    title = f"Bố trí người hoạt động không chuyên trách từ năm 2020, {inside(commune.body.title)}"
    document = book.papers.decide("QĐ", "Ủy ban nhân dân thị xã Gia Nghĩa", title, signed_on, ND34)
    basis = Basis(document, "Điều 1", _LATE, moment(dt.date(2019, 10, 4)), signed_on, "u-06")
    book.add(basis, events.PostsClosed, posts=posts)


def _decision(book: Book, rng: random.Random, commune: str, on: dt.date, title: str) -> Basis:
    source = ND34 if on >= dt.date(2019, 6, 25) else CTR26
    issuer = f"Ủy ban nhân dân {inside(commune)}"
    return decision(
        book, rng, f"{title}, {inside(commune)}", on, issuer=issuer, carries_out=source, by="u-06"
    )
