"""The territory: province, districts, communes and villages, with their land, posts and Party cells."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from tinhgon.registry import events

from . import land, parameters
from .book import Basis, Body, Book, Seat
from .sources import Baseline

PROVINCE = "dn"
PARTY_COMMITTEE = "o-tu"
_HERE = Path(__file__).parent


@attrs.define(eq=False)
class Village:
    """A village or residential group of the story."""

    body: Body
    commune: Commune
    word: str
    squares: list[land.Square]
    households: int = 0
    obliged: bool = False
    """Whether the story gives it fewer than half of the standard."""
    fate: str = ""
    """What the story has in store for it: "scheme", "alone", "census" …; empty when nothing."""

    @property
    def half(self) -> int:
        """Half of the household standard of Circular 14/2018 for it."""
        if self.body.kind == "residential_group":
            return 125
        return 50 if self.commune.border else 100


@attrs.define(eq=False)
class Commune:
    """A commune, ward or township of the story."""

    body: Body
    district: str
    border: bool
    squares: list[land.Square]
    rank: str = "II"
    villages: list[Village] = attrs.field(factory=list)


@attrs.define
class Places:
    """All places of the story, and which villages are neighbours."""

    districts: list[Body]
    communes: list[Commune]
    neighbours: dict[str, list[str]] = attrs.field(factory=dict)

    def villages(self) -> Iterator[Village]:
        """All villages, commune by commune."""
        return (village for commune in self.communes for village in commune.villages)


def read_data(name: str) -> Any:
    """A data file of the story."""
    return yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def settle(book: Book, baseline: Baseline) -> Places:
    """Take province, districts and communes into the register."""
    basis = baseline.block("Phần I, đơn vị hành chính")
    book.add(
        basis,
        events.UnitOpened,
        unit=PROVINCE,
        kind="province",
        title="Tỉnh Đắk Nông",
        code="67",
        attributes={"region": "tay_nguyen", "mountain": "yes", "synthetic": "yes"},
    )
    districts, communes = _open_districts(book, basis)
    _rank(book, communes)
    for commune in communes:
        _open_commune(book, basis, commune)
    return Places(districts, communes)


def populate(book: Book, baseline: Baseline, places: Places) -> None:
    """Take the villages into the register; the Party committees of their communes must be there."""
    counts = _village_counts(book, places.communes)
    for commune, count in zip(places.communes, counts, strict=True):
        _open_villages(book, baseline, commune, count)
    places.neighbours = land.neighbours({village.body.id: village.squares for village in places.villages()})


def _open_districts(book: Book, basis: Basis) -> tuple[list[Body], list[Commune]]:
    data = read_data("places")["districts"]
    centres = [commune["at"] for district in data for commune in district["communes"]]
    squares = land.squares_around(centres)
    shares = iter(land.share_out([land.square_of(*at) for at in centres], squares))
    districts, communes = [], []
    for item in data:
        district = Body(f"d-{item['code']}", item["kind"], item["title"], PROVINCE)
        districts.append(book.open_body(basis, district, code=item["code"]))
        for one in item["communes"]:
            body = Body(f"c-{one['code']}", one["kind"], one["title"], district.id)
            communes.append(Commune(body, district.id, one.get("border", False), next(shares)))
    return districts, communes


def _rank(book: Book, communes: list[Commune]) -> None:
    rng = book.rng("classes")
    for commune in communes:
        commune.rank = "I" if commune.border else rng.choice(["I", "I", "II", "II", "II", "III"])


def _open_commune(book: Book, basis: Basis, commune: Commune) -> None:
    facts = {"class": commune.rank}
    if commune.border:
        facts["border"] = "yes"
    code = commune.body.id.removeprefix("c-")
    book.open_body(basis, commune.body, code=code, attributes=facts)
    area = land.area_km2(land.outline(commune.squares))
    book.add(basis, events.MeasureRecorded, unit=commune.body.id, measures={"area_km2": area})


def _village_counts(book: Book, communes: list[Commune]) -> list[int]:
    """How many villages each commune has: more where there is more land, 789 in all."""
    rng = book.rng("village counts")
    weights = [min(len(commune.squares), 250) ** 0.4 * rng.uniform(0.7, 1.3) for commune in communes]
    scale = parameters.VILLAGES / sum(weights)
    low, high = parameters.FEWEST_VILLAGES, parameters.MOST_VILLAGES
    counts = [max(low, min(high, round(weight * scale))) for weight in weights]
    while (missing := parameters.VILLAGES - sum(counts)) != 0:
        index = rng.randrange(len(counts))
        step = 1 if missing > 0 else -1
        if low <= counts[index] + step <= high:
            counts[index] += step
    return counts


def _open_villages(book: Book, baseline: Baseline, commune: Commune, count: int) -> None:
    rng = book.rng(f"villages/{commune.body.id}")
    basis = baseline.block(f"Phần II, {commune.body.title}")
    seeds = land.spread_seeds(commune.squares, count, rng)
    regions = land.share_out(seeds, set(commune.squares))
    urban = commune.body.kind in ("ward", "township")
    names = _urban_names() if urban else _rural_names(rng, commune.district)
    taken: set[str] = set()
    for number, squares in enumerate(regions, 1):
        word, title = next(name for name in names if name[1] not in taken)
        taken.add(title)
        kind = "residential_group" if urban else "village"
        body = Body(f"v-{commune.body.id[2:]}-{number:02d}", kind, title, commune.body.id)
        village = Village(body, commune, word, squares)
        commune.villages.append(village)
        _open_village(book, basis, rng, village)


def _open_village(book: Book, basis: Basis, rng: random.Random, village: Village) -> None:
    body = village.body
    urban = body.kind == "residential_group"
    head = "Tổ trưởng tổ dân phố" if urban else f"Trưởng {village.word}"
    body.seats = [Seat(f"{body.id}.1", "head", head, person=book.person())]
    titles = _part_time_titles(urban, village.word)[: rng.choice([5, 5, 6])]
    for number, title in enumerate(titles, 2):
        body.seats.append(Seat(f"{body.id}.{number}", "part_time", title))
    book.open_body(basis, body, attributes={"word": village.word})
    cell = Body(f"b-{body.id[2:]}", "party_cell", f"Chi bộ {body.title}", body.id)
    both = rng.random() < parameters.SECRETARY_IS_HEAD_SHARE
    person = body.seats[0].person if both else book.person()
    cell.seats = [Seat(f"{cell.id}.1", "secretary", "Bí thư chi bộ", person=person)]
    committee = f"o-du-{village.commune.body.id[2:]}"
    book.open_body(basis, cell, parents={"administrative": body.id, "party": committee})


def _part_time_titles(urban: bool, word: str) -> list[str]:
    return [
        "Trưởng ban Công tác Mặt trận",
        "Tổ phó tổ dân phố" if urban else f"Phó trưởng {word}",
        "Bảo vệ dân phố" if urban else "Công an viên",
        "Chi hội trưởng Nông dân",
        "Chi hội trưởng Phụ nữ",
        "Bí thư chi đoàn",
    ]


def _urban_names() -> Iterator[tuple[str, str]]:
    return (("tổ dân phố", f"Tổ dân phố {number}") for number in itertools.count(1))


def _rural_names(rng: random.Random, district: str) -> Iterator[tuple[str, str]]:
    """Endless names: numbered or named thôn, bon everywhere, buôn and bản where there are such villages."""
    parts = read_data("names")
    words = ["thôn"] * 6 + ["bon"] * 2
    words += {"d-662": ["buôn", "buôn", "bản"], "d-664": ["buôn", "buôn"]}.get(district, [])
    numbered = rng.random() < 0.5
    for number in itertools.count(1):
        word = rng.choice(words)
        if word == "thôn" and numbered:
            yield word, f"Thôn {number}"
        elif word == "thôn":
            yield word, f"Thôn {rng.choice(parts['first'])} {rng.choice(parts['second'])}"
        elif word == "bon":
            first = rng.choice(parts["bon_first"])
            yield (
                word,
                f"Bon {first}{'' if first.endswith(chr(39)) else ' '}{rng.choice(parts['bon_second'])}",
            )
        else:
            key = "buon_second" if word == "buôn" else "ban_second"
            yield word, f"{word.capitalize()} {rng.choice(parts[key])}"
