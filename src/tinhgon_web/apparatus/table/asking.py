"""What a table of units is asked for: all of it stands in the address, so that a link shows the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from django.http import QueryDict

from tinhgon import text
from tinhgon.registry import kinds
from tinhgon_web.apparatus.table.columns import COLUMNS, FIRST_ORDER, FIRST_SHOWN, SORTABLE

OPEN, CLOSED, BOTH = "mo", "dong", "ca-hai"
STATUSES = (OPEN, CLOSED, BOTH)
BANDS: Mapping[str, str] = {"dat": "meets", "duoi": "may", "nua": "must", "khong": ""}
"""Word of the address -> band of the engine; the last: no standard, or never counted."""
MEASURES: Mapping[str, str] = {"ho": "households", "dan": "population", "dt": "area_km2"}
FROM, TO = "-tu", "-den"
A_PAGE, A_DENSE_PAGE, MOST_KEYS, MOST_CHOSEN = 50, 100, 3, 500
_LAST_PAGE = 100


@attrs.frozen(slots=True)
class Ask:
    """Filters, order and looks of a table. `ranges` maps a measure to (least, most), either of them None."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    place: str = ""
    status: str = OPEN
    bands: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[float | None, float | None]] = attrs.Factory(dict)
    sort: tuple[str, ...] = FIRST_ORDER
    columns: tuple[str, ...] = FIRST_SHOWN
    is_dense: bool = False
    page: int = 1
    chosen: tuple[str, ...] = ()

    @property
    def a_page(self) -> int:
        """How many rows a page shows."""
        return A_DENSE_PAGE if self.is_dense else A_PAGE

    @property
    def folded(self) -> list[str]:
        """The words looked for, without diacritics."""
        return text.fold(self.words).split()


def read(params: QueryDict) -> Ask:
    """What an address asks for; words it does not know are passed over."""
    status = params.get("tt", "")
    return Ask(
        words=_plain(params.get("q", "")).strip()[:200],
        kinds=_known(params.getlist("loai"), kinds.KINDS),
        place=_plain(params.get("noi", "")),
        status=status if status in STATUSES else OPEN,
        bands=_known(params.getlist("muc"), BANDS),
        ranges=_ranges(params),
        sort=_sort(params.get("sx", "")),
        columns=_known(params.getlist("cot"), COLUMNS) or FIRST_SHOWN,
        is_dense=params.get("mat") == "gon",
        page=_page(params.get("trang", "")),
        chosen=tuple(dict.fromkeys(map(_plain, params.getlist("chon"))))[:MOST_CHOSEN],
    )


def resort(sort: tuple[str, ...], column: str) -> str:
    """The order after a click on a column: it comes first (turned round when it was), the others after it."""
    turned = f"-{column}" if sort[:1] == (column,) else column
    rest = [key for key in sort if key.lstrip("-") != column]
    return ",".join([turned, *rest][:MOST_KEYS])


def _plain(value: str) -> str:
    """Without the one character that PostgreSQL's texts cannot hold."""
    return value.replace("\0", "")


def _known(values: Iterable[str], among: Mapping[str, Any]) -> tuple[str, ...]:
    wanted = set(values)
    return tuple(value for value in among if value in wanted)


def _sort(value: str) -> tuple[str, ...]:
    keys = [key for key in value.split(",") if key.lstrip("-") in SORTABLE]
    once = {key.lstrip("-"): key for key in reversed(keys)}
    return tuple(key for key in keys if once[key.lstrip("-")] == key)[:MOST_KEYS] or FIRST_ORDER


def _ranges(params: QueryDict) -> dict[str, tuple[float | None, float | None]]:
    found = {}
    for word, measure in MEASURES.items():
        least, most = _size(params.get(word + FROM, "")), _size(params.get(word + TO, ""))
        if least is not None or most is not None:
            found[measure] = (least, most)
    return found


def _size(value: str) -> float | None:
    """A number as typed: 1.000 and 12,5 in the Vietnamese way; None when it is none."""
    plain = value.strip().replace(".", "").replace(",", ".").replace(" ", "")
    try:
        size = float(plain)
    except ValueError:
        return None
    return size if math.isfinite(size) else None


def _page(value: str) -> int:
    return min(max(int(value), 1), _LAST_PAGE * 2) if value.isdecimal() and len(value) < 6 else 1
