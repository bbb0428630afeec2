"""Addresses of before July 2025 as people write them, each with the new communes it may be in.

Made from the data of the package they are tried against: every old commune in ten forms, in an order drawn by a seed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tinhgon import text
from tinhgon.sources.vietnam2025 import Place, Reform

_SHORT = {
    "Phường": "P.",
    "Xã": "X.",
    "Thị trấn": "TT.",
    "Quận": "Q.",
    "Huyện": "H.",
    "Thị xã": "TX.",
    "Thành phố": "TP.",
    "Tỉnh": "T.",
}
_STREETS = ("12 Lê Lợi", "Số 5 ngõ 3 Điện Biên Phủ", "Tổ 4", "45/2A Trần Hưng Đạo", "Km 7 Quốc lộ 14")
FORMS = (
    "full",
    "folded",
    "short words",
    "no commas",
    "upper case",
    "decomposed",
    "no words of kind above",
    "street",
    "street, folded, short words",
    "padded numbers",
)


class Question(NamedTuple):
    """An address, its form, the new communes that hold a part of the place meant, and the package's default."""

    address: str
    form: str
    right: frozenset[str]
    default: str


def questions(reform: Reform, seed: int) -> Iterator[Question]:
    """All old communes in all forms, shuffled."""
    drawn = random.Random(seed)
    asked = [(place, form) for place in reform.old.values() for form in FORMS]
    drawn.shuffle(asked)
    for place, form in asked:
        names = _names(reform, place)
        address = _written(names, form, drawn)
        right = frozenset(reform.successors[place.id])
        yield Question(address, form, right, reform.defaults[place.id])


def _names(reform: Reform, place: Place) -> list[str]:
    district = reform.districts.get(place.parent)
    if district is None:  # an island district without communes
        return [place.title, reform.provinces[place.parent].title]
    return [place.title, district.title, reform.provinces[district.parent].title]


def _written(names: list[str], form: str, drawn: random.Random) -> str:
    plain = ", ".join(names)
    short = ", ".join(map(_shortened, names))
    street = drawn.choice(_STREETS)
    written = {
        "full": plain,
        "folded": text.fold(plain),
        "short words": short,
        "no commas": " ".join(names),
        "upper case": plain.upper(),
        "decomposed": unicodedata.normalize("NFD", plain),
        "no words of kind above": ", ".join([names[0], *map(_bare, names[1:])]),
        "street": f"{street}, {plain}",
        "street, folded, short words": text.fold(f"{street}, {short}"),
        "padded numbers": ", ".join(map(_padded, names)),
    }
    return written[form]


def _shortened(name: str) -> str:
    for word, short in _SHORT.items():
        if name.startswith(word + " "):
            return short + name.removeprefix(word)
    return name


def _bare(name: str) -> str:
    rest = name
    for word in _SHORT:
        rest = rest.removeprefix(word + " ")
    return name if rest.isdigit() else rest


def _padded(name: str) -> str:
    head, _, last = name.rpartition(" ")
    return f"{head} {last.zfill(2)}" if last.isdigit() else name
