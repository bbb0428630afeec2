"""A synthetic portal over a synthetic country, seeded: entries of the index, for measuring, never for showing."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from itertools import accumulate

from tinhgon_web.portal.search.sources import Found

SUBJECT = "tinh gọn bộ máy"
_OFTEN = (
    "Ủy ban nhân dân tỉnh",
    "Hội đồng nhân dân",
    "sáp nhập thôn, tổ dân phố",
    "đơn vị sự nghiệp",
    "biên chế",
)
_STARTS = re.split(" ", "b c ch d đ g h kh l m n ng nh ph r s t th tr v x")
_ENDS = re.split(
    " ", "a à á ạ an ang ao ăn âm âu e em ê ên i im inh o oi on ong ôi ông ơn u un ung ư ưa ương y"
)
SYLLABLES = [start + end for end in _ENDS for start in _STARTS]
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(SYLLABLES))))
FIRST = dt.date(2015, 1, 1)


def articles(count: int, seed: int = 1) -> Iterator[Found]:
    """Articles of some 600 words, all on one subject, over some ten years."""
    draw = random.Random(seed)
    for number in range(count):
        title = f"{SUBJECT.capitalize() if number % 50 == 0 else 'Tin'} {_words(draw, 7)} số {number}"
        said = [
            _words(draw, 190),
            SUBJECT,
            _words(draw, 190),
            draw.choice(_OFTEN),
            _words(draw, 190),
            "bộ máy mới",
        ]
        day = FIRST + dt.timedelta(days=number * 4000 // count)
        yield Found(str(number), title, ", ".join(said), f"/bai-{number}/", day=day, page=number + 1000)


def places(
    provinces: int = 63, districts: int = 700, communes: int = 10_000, villages: int = 90_000
) -> Iterator[Found]:
    """The places of a country of the size bench/country.py makes, with names of the usual kinds."""
    draw = random.Random(2)
    tops = [f"Tỉnh {_name(draw)}" for _ in range(provinces)]
    middles = [f"Huyện {_name(draw)}, {tops[number % provinces]}" for number in range(districts)]
    lowers = [f"Xã {_name(draw)}, {middles[number % districts]}" for number in range(communes)]
    lowers[7] = f"Xã Nâm Nung, {middles[7]}"
    ends = [f"Thôn {number // communes + 1}, {lowers[number % communes]}" for number in range(villages)]
    for weight, names in enumerate((tops, middles, lowers, ends)):
        for number, name in enumerate(names):
            key = f"{weight}-{number}"
            yield Found(key, name, "", f"/tra-cuu/?q={key}", more=f"{10**weight + number:05}", weight=weight)


def _words(draw: random.Random, count: int) -> str:
    return " ".join(draw.choices(SYLLABLES, cum_weights=_WEIGHTS, k=count))


def _name(draw: random.Random) -> str:
    return " ".join(word.capitalize() for word in draw.sample(SYLLABLES, 2))
