"""A synthetic country as a register folder, for measuring the site: `python bench/site_country.py FOLDER`.

63 provinces, 700 districts, 10,000 communes, 90,000 villages with measures, departments with posts and holders, and
a reform that merges villages. All of it is made up and marked so. The first province has outlines: 160 communes of
nine villages each.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tinhgon.citations import Citation
from tinhgon.registry import events, journal
from tinhgon.registry.documents import Document
from tinhgon.registry.folder import write_folder

PROVINCES, DISTRICTS, COMMUNES, VILLAGES = 63, 700, 10_000, 90_000
DRAWN = 160
"""Communes of the first province, all of which have outlines, as their villages do."""
BASE, REFORM = dt.date(2015, 12, 31), dt.date(2019, 3, 1)
RECORDED = dt.datetime(2019, 9, 1, tzinfo=dt.UTC)
OPENING, ACTS = Citation("synthetic", "1"), Citation("synthetic", "2")
_NAMES = "An Bình Đắk Đức Hòa Hưng Lộc Long Mỹ Nam Nghĩa Phú Phước Quảng Sơn Tân Thành Thuận Trung Xuân"
_DEPARTMENTS = 20


def province_of(commune: int) -> int:
    """The first 160 communes stand in the first province, the others in all the rest by turns."""
    return 0 if commune < DRAWN else 1 + commune % (PROVINCES - 1)


def district_of(commune: int) -> str:
    """A commune's district; each province has eleven or twelve."""
    province = province_of(commune)
    turn = commune // (PROVINCES - 1) if province else commune
    return f"p{province}-d{turn % districts_of(province)}"


def districts_of(province: int) -> int:
    """How many districts a province has: 700 in all."""
    return DISTRICTS // PROVINCES + (province < DISTRICTS % PROVINCES)


def country(seed: int = 1) -> Iterator[events.Event]:
    """Its events, the reform last."""
    draw = random.Random(seed)
    for number in range(PROVINCES):
        yield from _province(number, draw)
    for number in range(COMMUNES):
        yield from _commune(number, draw)
    for number in range(VILLAGES):
        yield from _village(number, draw)
    yield from _reform(draw)


def _name(draw: random.Random) -> str:
    return " ".join(draw.sample(_NAMES.split(), 2))


def _opened(id_: str, kind: str, title: str, parent: str = "", code: str = "") -> events.UnitOpened:
    return events.UnitOpened(
        effective_on=BASE, citation=OPENING, unit=id_, kind=kind, title=title, code=code,
        parents={"administrative": parent} if parent else {},
        attributes={"synthetic": "yes", "region": "tay_nguyen"} if kind == "province" else {"synthetic": "yes"},
    )  # fmt: skip


def _led(id_: str, roles: tuple[str, ...]) -> Iterator[events.Event]:
    posts = tuple(events.NewPost(f"{id_}-{number}", role, role) for number, role in enumerate(roles))
    yield events.PostsOpened(effective_on=BASE, citation=OPENING, unit=id_, posts=posts)
    for post in posts:
        yield events.HoldingStarted(
            effective_on=BASE,
            citation=OPENING,
            holding=f"h-{post.post}",
            person=f"x-{post.post}",
            post=post.post,
        )


def _province(number: int, draw: random.Random) -> Iterator[events.Event]:
    id_ = f"p{number}"
    yield _opened(id_, "province", f"Tỉnh {_name(draw)}", code=f"{number:02}")
    for department in range(_DEPARTMENTS):
        yield _opened(f"{id_}-s{department}", "department", f"Sở {_name(draw)}", id_)
        yield from _led(f"{id_}-s{department}", ("head", "deputy", "deputy"))
    for district in range(districts_of(number)):
        code = f"{number:02}{district:02}"
        yield _opened(f"{id_}-d{district}", "district", f"Huyện {_name(draw)}", id_, code)


def _measured(id_: str, **measures: float) -> events.MeasureRecorded:
    return events.MeasureRecorded(effective_on=BASE, citation=OPENING, unit=id_, measures=measures)


def _commune(number: int, draw: random.Random) -> Iterator[events.Event]:
    id_ = f"c{number}"
    yield _opened(id_, "commune", f"Xã {_name(draw)}", district_of(number), f"{number:05}")
    yield _measured(id_, population=draw.randint(1500, 12_000), area_km2=draw.randint(8, 120))
    yield from _led(id_, ("head", "deputy"))


def _village(number: int, draw: random.Random) -> Iterator[events.Event]:
    id_ = f"v{number}"
    title = f"Thôn {_name(draw)} {number // COMMUNES + 1}"
    yield _opened(id_, "village", title, f"c{number % COMMUNES}")
    yield _measured(id_, households=draw.randint(40, 400))


def _reform(draw: random.Random) -> Iterator[events.Event]:
    """In half of the communes the first village takes in the second; every tenth has a further pair proposed."""
    for number in range(0, COMMUNES, 2):
        keep, taken = f"v{number}", f"v{number + COMMUNES}"
        yield _absorbed(keep, taken, f"Thôn {_name(draw)}")
    for number in range(0, COMMUNES, 10):
        pair = f"v{number + 2 * COMMUNES}", f"v{number + 3 * COMMUNES}"
        yield events.Proposed(
            effective_on=dt.date(2019, 6, 1), citation=ACTS, proposal=f"m{number}", scheme="s",
            reorganisation=_absorbed(*pair, "Thôn Thống Nhất"),
        )  # fmt: skip


def _absorbed(keep: str, taken: str, title: str) -> events.Reorganised:
    return events.Reorganised(
        effective_on=REFORM, signed_on=REFORM, citation=ACTS, act="absorb", inputs=(taken, keep),
        outputs=(events.Output(keep, title=title),),
    )  # fmt: skip


def outlines(points: int = 40) -> dict[str, Any]:
    """GeoJSON of the first province: communes in a grid, their villages in a grid of three by three in each."""
    features = []
    for commune in range(DRAWN):
        west, south = 107 + commune % 16 * 0.08, 11.5 + commune // 16 * 0.08
        features.append(_feature(f"c{commune}", _cell(west, south, 0.08, points * 4)))
        for part in range(VILLAGES // COMMUNES):
            corner = west + part % 3 * 0.08 / 3, south + part // 3 * 0.08 / 3
            features.append(_feature(f"v{commune + part * COMMUNES}", _cell(*corner, 0.08 / 3, points)))
    return {"type": "FeatureCollection", "features": features}


def _cell(west: float, south: float, size: float, points: int) -> list[list[float]]:
    """A square whose sides swing a little, the same way on both sides of a border."""
    side = points // 4
    steps = [
        *((n / side, 0.0) for n in range(side)),
        *((1.0, n / side) for n in range(side)),
        *((1 - n / side, 1.0) for n in range(side)),
        *((0.0, 1 - n / side) for n in range(side)),
        (0.0, 0.0),
    ]
    return [_swung(west + across * size, south + along * size, size) for across, along in steps]


def _swung(x: float, y: float, size: float) -> list[float]:
    swing = size * 0.03
    return [round(x + swing * math.sin(y * 400), 5), round(y + swing * math.sin(x * 400), 5)]


def _feature(unit: str, ring: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"unit": unit, "synthetic": True},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write(folder: Path) -> int:
    """Write the register folder; returns the number of events."""
    document = Document(
        id="synthetic", number="01/GIẢ LẬP", type="Quyết định", issuer="Dữ liệu giả lập",
        title="Đất nước giả lập, dùng để đo", signed_on=BASE, synthetic=True,
    )  # fmt: skip
    entries = tuple(journal.chain((event, RECORDED, "bench") for event in country()))
    write_folder(folder, journal.Journal(entries), {document.id: document})
    (folder / "geometry.geojson").write_text(json.dumps(outlines()), encoding="utf-8")
    return len(entries)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} events\n")
