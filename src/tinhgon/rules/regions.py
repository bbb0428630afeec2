"""The region of a province, under which village standards are looked up."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from tinhgon.rules.parameters import Parameter
from tinhgon.rules.rulebook import Rulebook
from tinhgon.text import fold

_PREFIX = re.compile(r"^(tinh|thanh pho|tp\.?)\s+")


def region_of(province: str, on: dt.date, *, rulebook: Rulebook) -> Parameter | None:
    """Give the region of a province by its name that day, or `None` where it has none or more than one.

    Names are compared without "tỉnh" or "thành phố", tone marks and case. After 1 July 2025 a province joined
    from several regions has no answer: ask with the old province of the village and the day before.
    """
    wanted = _plain(province)
    for cell in rulebook.cells("province_region"):
        names = (str(name) for condition in cell.conditions for name in condition.choices)
        if cell.parameter.period.covers(on) and wanted in map(_plain, names):
            return cell.on(on)
    return None


@lru_cache(maxsize=1024)
def _plain(province: str) -> str:
    return _PREFIX.sub("", fold(province))
