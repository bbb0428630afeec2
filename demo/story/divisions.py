"""The chapter of the provincial level: focal points, divisions, boards and sub-departments, and their leaders.

A unit takes part in one act at most, and nothing later touches what an act opened, moved or placed: so every act
can be thought away without contradicting another.
"""

from __future__ import annotations

import datetime as dt
import random

import attrs

from tinhgon.registry import events

from . import acts, parameters
from .acts import Merger
from .bodies import Apparatus
from .book import Basis, Body, Book, Seat, days, in_window, moment
from .places import PROVINCE, read_data
from .wording import join

_OFFICES = ("Văn phòng", "Thanh tra")


@attrs.define
class Pool:
    """Mergers of divisions still to be used, and divisions that no merger touches."""

    mergers: list[Merger]
    quiet: list[Body]
    several: set[str] = attrs.field(factory=set)
    """People who also lead a division that stays."""

    def take(self) -> Merger:
        """A merger for a side story."""
        return self.mergers.pop()


def tell(book: Book, apparatus: Apparatus) -> Pool:
    """Write the chapter; returns the mergers left for side stories."""
    rng = book.rng("divisions")
    _merge_focal_points(book, rng)
    named = _named_mergers(book)
    pool = _pool(apparatus, rng, {body.id for one in named for body in (one.keep, *one.take)})
    _share_leaders(book, pool)
    dissolved = [merger.take[0] for merger in (pool.take() for _ in range(6))]
    chosen = _choose(pool, parameters.DIVISIONS_CLOSED - len(named) - len(dissolved), named)
    _place_leaders(rng, pool, chosen, dissolved)
    _write_mergers(book, rng, chosen)
    _write_dissolutions(book, rng, dissolved)
    _split_divisions(book, rng, pool)
    _change_leaders(book, rng, pool)
    return pool


def _merge_focal_points(book: Book, rng: random.Random) -> None:
    data = read_data("apparatus")
    for item in data["focal_points"]:
        keep, *take = (book.bodies[f"o-{id_}"] for id_ in (item["keep"], *item["take"]))
        basis = _decision(book, rng, f"Sáp nhập {acts.names(take)} vào {keep.title}", item["date"], keep)
        merger = Merger(keep, take, item.get("title", ""), places=len(take))
        acts.write(book, basis, acts.absorption(book, basis, merger))
    item = data["focal_point_split"]
    source = book.bodies[f"o-{item['from']}"]
    new = Body(f"o-{item['id']}", "department", item["title"], PROVINCE)
    new.seats = [Seat(f"{new.id}.1", "head", "Giám đốc"), Seat(f"{new.id}.2", "deputy", "Phó Giám đốc")]
    basis = _decision(book, rng, f"Thành lập {new.title}", item["date"], source)
    acts.write(book, basis, acts.separation(basis, source, new, 1, {}))


def _decision(book: Book, rng: random.Random, title: str, on: dt.date, body: Body) -> Basis:
    """A decision of the Provincial Party Committee for its bodies, of the People's Committee for the others."""
    if body.kind in ("party_body", "mass_organisation", "front_body"):
        issuer, series = "Ban Thường vụ Tỉnh ủy Đắk Nông", "QĐ/TU"
        return acts.decision(book, rng, title, on, issuer=issuer, series=series)
    return acts.decision(book, rng, title, on)


def decide_on(book: Book, rng: random.Random, merger: Merger, on: dt.date) -> Basis:
    """A decision on one merger of divisions, for a side story."""
    title = f"Sáp nhập {acts.names(merger.take)} vào {merger.keep.title}"
    return _decision(book, rng, title, on, book.bodies[merger.keep.parent])


def _named_mergers(book: Book) -> list[Merger]:
    by_title = {body.title: body for body in book.of_kind("sub_department", "board")}
    return [
        Merger(by_title[item["keep"]], [by_title[title] for title in item["take"]], item["title"])
        for item in read_data("apparatus")["sub_departments"]
    ]


def _pool(apparatus: Apparatus, rng: random.Random, used: set[str]) -> Pool:
    """Neighbouring divisions of one body, in twos and threes, in a mixed order."""
    mergers, quiet = [], []
    for siblings in apparatus.siblings.values():
        plain = [body for body in siblings if body.id not in used and body.kind != "sub_department"]
        quiet += [body for body in plain if body.title.startswith(_OFFICES)]
        rest = [body for body in plain if not body.title.startswith(_OFFICES)]
        while len(rest) > 1:
            size = min(len(rest), rng.choice([2, 2, 3]))
            keep, *take = rest[:size]
            mergers.append(Merger(keep, take, _joint_title([keep, *take])))
            rest = rest[size:]
    rng.shuffle(mergers)
    return Pool(mergers, quiet)


def _joint_title(bodies: list[Body]) -> str:
    """A joint name, where the parts are named after their field and not numbered."""
    titles = [body.title for body in bodies]
    first_words = {title.split(" ")[0] for title in titles}
    if len(first_words) > 1 or titles[0][-1] in "0123456789I" or titles[0].startswith(("Hạt", "Đội")):
        return ""
    return join(titles)


def _share_leaders(book: Book, pool: Pool) -> None:
    """In 2017 two heads also took over a deputy's post next door: one person, two posts."""
    on = dt.date(2017, 6, 1)
    basis = acts.decision(book, book.rng("two posts"), "Bố trí kiêm nhiệm lãnh đạo cấp phòng", on)
    for head, merger in zip(pool.quiet[:2], pool.mergers[:2], strict=True):
        seat = next(seat for seat in merger.take[0].seats if seat.role == "deputy")
        book.add(basis, events.HoldingEnded, holding=seat.holding, reason="nghỉ hưu")
        seat.person, seat.holding = head.seats[0].person, book.holding()
        book.start(basis, seat)
        pool.several.add(seat.person)
    del pool.quiet[:2]


def _choose(pool: Pool, closing: int, named: list[Merger]) -> list[Merger]:
    """Mergers from the front of the pool that close so many divisions, the named ones with them."""
    chosen = []
    while closing:
        index = next(i for i, one in enumerate(pool.mergers) if len(one.take) <= closing)
        chosen.append(pool.mergers.pop(index))
        closing -= len(chosen[-1].take)
    return [*chosen, *named]


def _place_leaders(rng: random.Random, pool: Pool, chosen: list[Merger], dissolved: list[Body]) -> None:
    """Decide how many leaders of closing divisions stay on as deputies, so that the cut comes out as planned."""
    leaving = [_leaving(pool, merger) for merger in chosen]
    lost = sum(leaving) + sum(bool(seat.person) for body in dissolved for seat in body.seats)
    others = parameters.DEPUTY_POSTS_CLOSED + parameters.RETIRED_ABOUT - parameters.LEADERS_APPOINTED
    staying = lost - (parameters.LEADERS_CUT - others)
    order = [merger for merger, count in zip(chosen, leaving, strict=True) if count > 1]
    rng.shuffle(order)
    while staying > 0:
        for merger in order:
            if staying and merger.places < _leaving(pool, merger) - 1:
                merger.places += 1
                staying -= 1


def _leaving(pool: Pool, merger: Merger) -> int:
    return sum(seat.person not in pool.several for seat in merger.closing_seats)


def _write_mergers(book: Book, rng: random.Random, chosen: list[Merger]) -> None:
    """One decision for each body whose divisions are merged; the last merger is signed in time, recorded late."""
    *ordinary, late = sorted(chosen, key=lambda merger: (len(merger.take) == 2, merger.keep.id))
    by_parent: dict[str, list[Merger]] = {}
    for merger in ordinary:
        by_parent.setdefault(merger.keep.parent, []).append(merger)
    for number, (parent, mergers) in enumerate(by_parent.items()):
        on = parameters.WINDOW_TO if number == 0 else in_window(rng)
        body = book.bodies[parent]
        basis = _decision(book, rng, f"Cơ cấu tổ chức của {body.title}", on, body)
        for clause, merger in enumerate(mergers, 1):
            at = basis.at(f"Điều 2, khoản {clause}")
            acts.write(book, at, acts.absorption(book, at, merger, release=rng.choice([0, 0, 1])))
    _write_late(book, rng, late)


def _write_late(book: Book, rng: random.Random, merger: Merger) -> None:
    """In force in September 2019, recorded in November: unknown on the day of the review."""
    body = book.bodies[merger.keep.parent]
    basis = _decision(book, rng, f"Sắp xếp phòng thuộc {body.title}", dt.date(2019, 9, 16), body)
    late = attrs.evolve(basis, recorded_at=moment(dt.date(2019, 11, 12)), by="u-03")
    acts.write(book, late, acts.absorption(book, late, merger))


def _write_dissolutions(book: Book, rng: random.Random, dissolved: list[Body]) -> None:
    for body in dissolved:
        parent = book.bodies[body.parent]
        basis = _decision(book, rng, f"Giải thể {body.title} thuộc {parent.title}", in_window(rng), parent)
        acts.write(book, basis, acts.dissolution(basis, body))


def _split_divisions(book: Book, rng: random.Random, pool: Pool) -> None:
    for _ in range(parameters.DIVISIONS_SPLIT_OFF):
        source = pool.quiet.pop()
        new = Body(f"{source.id}b", "division", "Phòng Pháp chế", source.parent)
        new.seats = [Seat(f"{new.id}.1", "head", "Trưởng phòng")]
        parent = book.bodies[source.parent]
        basis = _decision(book, rng, f"Thành lập {new.title} thuộc {parent.title}", in_window(rng), parent)
        acts.write(book, basis, acts.separation(basis, source, new, 2, {}))


def _change_leaders(book: Book, rng: random.Random, pool: Pool) -> None:
    """Single posts and people, in divisions that no act touches."""
    deputies = [(body, seat) for body in pool.quiet for seat in body.seats if seat.role == "deputy"]
    rng.shuffle(deputies)
    _close_deputy_posts(book, rng, [deputies.pop()[1] for _ in range(parameters.DEPUTY_POSTS_CLOSED)])
    for _ in range(parameters.RETIRED_ABOUT):
        body, seat = deputies.pop()
        basis = acts.decision(book, rng, f"Nghỉ hưu đối với {_post(book, body, seat)}", in_window(rng))
        book.add(basis, events.HoldingEnded, holding=seat.holding, reason="nghỉ hưu", approximate=True)
    for _ in range(parameters.LEADERS_APPOINTED):
        _fill_vacancy(book, rng, *deputies.pop())


def _post(book: Book, body: Body, seat: Seat) -> str:
    """A post of an office that carries no name of its own: "Phó Chánh Văn phòng Sở Nội vụ"."""
    return f"{seat.title} {book.bodies[body.parent].title}"


def _close_deputy_posts(book: Book, rng: random.Random, seats: list[Seat]) -> None:
    for start in range(0, len(seats), 3):
        basis = acts.decision(book, rng, "Giảm số lượng cấp phó của phòng thuộc sở", in_window(rng))
        posts = tuple(seat.post for seat in seats[start : start + 3])
        book.add(basis, events.PostsClosed, posts=posts)


def _fill_vacancy(book: Book, rng: random.Random, body: Body, seat: Seat) -> None:
    """A post vacant since 2017 gets a new holder inside the window."""
    post = _post(book, body, seat)
    left = acts.decision(book, rng, f"Điều động {post}", dt.date(2017, 1, 1) + days(rng.randint(0, 300)))
    book.add(left, events.HoldingEnded, holding=seat.holding, reason="điều động")
    basis = acts.decision(book, rng, f"Bổ nhiệm {post}", in_window(rng))
    seat.person, seat.holding = book.person(), book.holding()
    book.start(basis, seat)
