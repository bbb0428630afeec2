"""The chapter of the villages: who is chosen to be small, the count of households, the schemes.

Which villages must merge is not written anywhere: it follows from the households recorded here and the standard in
force. The schemes stay proposals: on the day of the review none is carried out.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import attrs

from tinhgon.registry import events

from . import parameters
from .acts import write
from .book import Basis, Book, days, moment
from .places import Commune, Places, Village
from .sources import CTR26, TT14
from .wording import inside

LEFT_ALONE = "c-24619"
"""Quảng Thành, soon a ward: the story makes no schemes there."""
_RECOUNTED = ("census", "fell", "rose")
_PLANNED = dt.date(2020, 1, 1)
_REASONS = ("terrain", "ethnic", "resettlement", "border_security")


@attrs.define
class Group:
    """Villages one scheme joins; the first goes on."""

    villages: list[Village]

    @property
    def commune(self) -> Commune:
        return self.villages[0].commune


@attrs.frozen
class Counted:
    """A count of households as recorded: its line, what it rests on, and the people counted."""

    line: int
    basis: Basis
    population: int


@attrs.define
class Cast:
    """Which village plays which part."""

    groups: list[Group] = attrs.field(factory=list)
    withdrawn: list[Group] = attrs.field(factory=list)
    later: list[Group] = attrs.field(factory=list)
    alone: list[Village] = attrs.field(factory=list)
    counts: dict[str, Counted] = attrs.field(factory=dict)
    """Village -> how its households were first counted."""


def tell(book: Book, places: Places) -> Cast:
    """Write the chapter; returns who played what."""
    rng = book.rng("villages")
    cast = _choose(rng, places)
    _count_households(rng, places)
    _write_survey(book, rng, places, cast)
    _write_census(book, rng, places)
    _write_schemes(book, rng, cast)
    _write_withdrawn(book, rng, cast)
    _write_exceptions(book, rng, cast)
    _write_later(book, rng, cast)
    return cast


def _choose(rng: random.Random, places: Places) -> Cast:
    cast = Cast()
    communes = [commune for commune in places.communes if commune.body.id != LEFT_ALONE]
    sizes = [3] * parameters.OBLIGED_TRIPLES
    sizes += [2] * (parameters.OBLIGED_PAIRS + parameters.OBLIGED_WITH_NEIGHBOUR)
    with_neighbour = len(sizes) - parameters.OBLIGED_WITH_NEIGHBOUR
    for index, villages in enumerate(_spread(rng, places, communes, sizes, "scheme")):
        small = villages if index < with_neighbour else villages[1:]
        for village in small:
            village.obliged = True
        cast.groups.append(Group(villages))
    extra = [2] * (parameters.WITHDRAWN_SCHEMES + parameters.LATER_SCHEMES)
    for index, villages in enumerate(_spread(rng, places, communes, extra, "alone")):
        villages[1].obliged = True
        cast.alone.append(villages[1])
        kind = cast.withdrawn if index < parameters.WITHDRAWN_SCHEMES else cast.later
        kind.append(Group(villages))
    free = [village for commune in communes for village in commune.villages if not village.fate]
    rng.shuffle(free)
    while len(cast.alone) < parameters.OBLIGED_WITHOUT_SCHEME:
        village = free.pop()
        village.fate, village.obliged = "alone", True
        cast.alone.append(village)
    _choose_side_parts(cast, free)
    return cast


def _choose_side_parts(cast: Cast, free: list[Village]) -> None:
    """Recounts, villages with exactly half, and the one whose count is mistyped."""
    for village in cast.alone[-parameters.CENSUS_FELL_BELOW :]:
        village.fate = "fell"
    steady = parameters.CENSUS_VILLAGES - parameters.CENSUS_FELL_BELOW - parameters.CENSUS_ROSE_ABOVE
    parts = ["rose"] * parameters.CENSUS_ROSE_ABOVE + ["census"] * steady
    parts += ["half"] * parameters.EXACTLY_HALF
    for part in parts:
        free.pop().fate = part
    next(village for village in reversed(free) if village.half == 100).fate = "mistyped"


def _spread(
    rng: random.Random, places: Places, communes: list[Commune], sizes: list[int], fate: str
) -> Iterator[list[Village]]:
    """Groups of neighbouring villages without a part yet, commune after commune."""
    order = list(communes)
    rng.shuffle(order)
    turn = 0
    for size in sizes:
        for _ in order:
            commune = order[turn % len(order)]
            turn += 1
            villages = _neighbouring(rng, places, commune, size)
            if villages:
                break
        else:
            raise RuntimeError(f"no {size} neighbouring villages are left for a scheme; use fewer schemes")
        for village in villages:
            village.fate = fate
        yield villages


def _neighbouring(rng: random.Random, places: Places, commune: Commune, size: int) -> list[Village]:
    """So many villages of a commune, each next to one before it; empty where there are none."""
    free = {village.body.id: village for village in commune.villages if not village.fate}
    if len(free) < size + 2:
        return []
    for start in rng.sample(list(free), len(free)):
        found = [start]
        while len(found) < size:
            beside = [
                other
                for id_ in found
                for other in places.neighbours[id_]
                if other in free and other not in found
            ]
            if not beside:
                break
            found.append(rng.choice(beside))
        if len(found) == size:
            return [free[id_] for id_ in found]
    return []


def _count_households(rng: random.Random, places: Places) -> None:
    for village in places.villages():
        half = village.half
        if village.obliged:
            village.households = rng.randint(half * 45 // 100, half - 1)
        elif village.fate == "half":
            village.households = half
        elif village.fate == "mistyped":
            village.households = rng.randint(150, 189)
        else:
            village.households = max(half, round(rng.triangular(half, max(240, half * 3.9), half * 2)))


def _write_survey(book: Book, rng: random.Random, places: Places, cast: Cast) -> None:
    """Households at the end of 2018, by a report of each district."""
    for district in places.districts:
        signed_on = parameters.SURVEY + days(rng.randint(8, 25))
        name = inside(district.title)
        title = f"Rà soát quy mô số hộ thôn, tổ dân phố, {name}"
        document = book.papers.decide("BC", f"Ủy ban nhân dân {name}", title, signed_on, TT14)
        at = moment(signed_on + days(rng.randint(5, 20)), 3)
        number = 0
        for commune in (one for one in places.communes if one.district == district.id):
            people = 0
            for village in commune.villages:
                number += 1
                basis = Basis(document, f"Phụ lục, số thứ tự {number}", parameters.SURVEY, at, None, "u-04")
                measures = _first_count(rng, village)
                line = book.add(basis, events.MeasureRecorded, unit=village.body.id, measures=measures)
                cast.counts[village.body.id] = Counted(line, basis, measures["population"])
                people += measures["population"]
            basis = Basis(document, "Biểu tổng hợp", parameters.SURVEY, at, None, "u-04")
            book.add(basis, events.MeasureRecorded, unit=commune.body.id, measures={"population": people})


def _first_count(rng: random.Random, village: Village) -> dict[str, int]:
    households = village.households
    if village.fate == "fell":
        households = village.half + rng.randint(0, 9)
    elif village.fate == "rose":
        households = village.half - rng.randint(1, 9)
    population = round(households * rng.uniform(3.6, 4.7))
    if village.fate == "mistyped":
        households -= 100
    return {"households": households, "population": population}


def _write_census(book: Book, rng: random.Random, places: Places) -> None:
    """Some villages were counted again on 1 April 2019."""
    signed_on = dt.date(2019, 7, 12)
    title = "Số hộ của một số thôn, tổ dân phố theo kết quả điều tra 01/4/2019"
    document = book.papers.decide("BC/CTK", "Cục Thống kê tỉnh Đắk Nông", title, signed_on, TT14)
    recounted = [village for village in places.villages() if village.fate in _RECOUNTED]
    for number, village in enumerate(recounted, 1):
        basis = Basis(
            document,
            f"Phụ lục, số thứ tự {number}",
            parameters.CENSUS,
            moment(dt.date(2019, 7, 22)),
            None,
            "u-04",
        )
        households = village.households
        if village.fate == "census":
            households = max(village.half, households + rng.randint(-6, 9))
        village.households = households
        book.add(basis, events.MeasureRecorded, unit=village.body.id, measures={"households": households})


def _write_schemes(book: Book, rng: random.Random, cast: Cast) -> None:
    """One scheme of each commune that has something to join."""
    by_commune: dict[str, list[Group]] = {}
    for group in cast.groups:
        by_commune.setdefault(group.commune.body.id, []).append(group)
    for groups in by_commune.values():
        on = dt.date(2019, 5, 6) + days(rng.randint(0, 140))
        basis = _scheme(book, groups[0].commune, on)
        for number, group in enumerate(groups, 1):
            _propose(book, rng, basis.at(f"Phần III, mục {number}"), group, number)


def _scheme(book: Book, commune: Commune, on: dt.date) -> Basis:
    name = inside(commune.body.title)
    title = f"Sáp nhập thôn, tổ dân phố thuộc {name}"
    document = book.papers.decide("ĐA", f"Ủy ban nhân dân {name}", title, on, CTR26)
    return Basis(document, "Phần III", on, moment(on + days(4), 4), on, "u-05")


def _propose(book: Book, rng: random.Random, basis: Basis, group: Group, number: int) -> str:
    proposal = f"{basis.document}/{number}"
    act = _act(rng, attrs.evolve(basis, on=_PLANNED, signed_on=None), group)
    book.add(basis, events.Proposed, proposal=proposal, scheme=basis.document, reorganisation=act)
    return proposal


def _act(
    rng: random.Random, basis: Basis, group: Group, carries_out: tuple[str, ...] = ()
) -> events.Reorganised:
    keep, *others = sorted(group.villages, key=lambda village: (-village.households, village.body.id))
    title = _joint_name(rng, keep)
    return events.Reorganised(
        **basis.fields(),
        act="absorb",
        inputs=(keep.body.id, *(village.body.id for village in others)),
        outputs=(events.Output(keep.body.id, title=title),),
        carries_out=carries_out,
    )


def _joint_name(rng: random.Random, keep: Village) -> str:
    """Mostly the larger village's name; sometimes a new one that nobody in the commune has."""
    if keep.body.kind == "residential_group" or rng.random() < 0.7:
        return ""
    title = f"{keep.word.capitalize()} {rng.choice(['Hợp Nhất', 'Đoàn Kết', 'Thống Nhất', 'Liên Hợp'])}"
    taken = {village.body.title for village in keep.commune.villages}
    return "" if title in taken else title


def _write_withdrawn(book: Book, rng: random.Random, cast: Cast) -> None:
    """Schemes that voters turned down."""
    for group in cast.withdrawn:
        on = dt.date(2019, 4, 2) + days(rng.randint(0, 30))
        basis = _scheme(book, group.commune, on)
        proposal = _propose(book, rng, basis, group, 1)
        back = on + days(rng.randint(60, 110))
        at = attrs.evolve(basis, on=back, signed_on=None, recorded_at=moment(back + days(3)))
        reason = "không đạt quá 50 % cử tri đại diện hộ gia đình tán thành"
        book.add(at, events.ProposalWithdrawn, proposal=proposal, reason=reason)


def _write_exceptions(book: Book, rng: random.Random, cast: Cast) -> None:
    """Most villages without a scheme have a coded reason; the others are simply still waiting."""
    on = dt.date(2019, 8, 15)
    title = "Các thôn, tổ dân phố có yếu tố đặc thù đề nghị chưa sáp nhập"
    document = book.papers.decide("BC/SNV", "Sở Nội vụ tỉnh Đắk Nông", title, on, TT14)
    with_reason = [village for village in cast.alone if village not in _later_villages(cast)]
    for number, village in enumerate(with_reason[: parameters.WITH_EXCEPTION], 1):
        reasons = _REASONS if village.commune.border else _REASONS[:-1]
        basis = Basis(document, f"Phụ lục, số thứ tự {number}", on, moment(on + days(6)), on, "u-05")
        book.add(basis, events.FactChanged, unit=village.body.id, fact="exception", value=rng.choice(reasons))


def _later_villages(cast: Cast) -> list[Village]:
    return [village for group in cast.later for village in group.villages]


def _write_later(book: Book, rng: random.Random, cast: Cast) -> None:
    """After the review: further schemes, proposed in November and enacted from February 2020."""
    proposals = []
    for group in cast.later:
        basis = _scheme(book, group.commune, dt.date(2019, 11, 15))
        proposals.append(_propose(book, rng, basis, group, 1))
    signed_on = dt.date(2019, 12, 12)
    title = "Sáp nhập, đặt tên một số thôn, tổ dân phố"
    document = book.papers.decide("NQ", "Hội đồng nhân dân tỉnh Đắk Nông", title, signed_on, CTR26)
    for number, (group, proposal) in enumerate(zip(cast.later, proposals, strict=True), 1):
        basis = Basis(
            document, f"Điều 1, khoản {number}", dt.date(2020, 2, 1), moment(dt.date(2019, 12, 20)), signed_on
        )
        act = _act(rng, basis, group, carries_out=(proposal,))
        write(book, basis, act)
