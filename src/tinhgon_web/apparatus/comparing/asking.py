"""Which two days are compared, where, and what is shown of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon import dates
from tinhgon_web.apparatus.maps.asking import LEVELS
from tinhgon_web.core.asof import AsOf

FORMED, JOINED, DIVIDED, DISSOLVED, RENAMED, MOVED, RECODED = (
    "lap",
    "nhap",
    "chia",
    "giai-the",
    "ten",
    "chuyen",
    "ma",
)
CHANGES: Mapping[str, str | Promise] = {
    FORMED: _("formed"),
    JOINED: _("merged"),
    DIVIDED: _("split or partly transferred"),
    DISSOLVED: _("dissolved"),
    RENAMED: _("renamed or of another kind"),
    MOVED: _("moved under another unit"),
    RECODED: _("given another code"),
}
ACTS: Mapping[str, str] = {
    "merge": JOINED,
    "absorb": JOINED,
    "rearrange": JOINED,
    "split": DIVIDED,
    "transfer": DIVIDED,
    "dissolve": DISSOLVED,
    "rename": RENAMED,
    "convert": RENAMED,
}
"""Act of the engine -> the change it is listed under."""
_A_YEAR = dt.timedelta(days=365)


@attrs.frozen(slots=True)
class Ask:
    """The end of `start` against the end of `end`; under a place ("" = everywhere); changes of some sorts alone."""

    start: dt.date
    end: dt.date
    place: str = ""
    changes: tuple[str, ...] = ()
    level: str = ""


def read(params: QueryDict, asof: AsOf) -> Ask:
    """What an address asks for. A first day that is none, or later than the second, becomes a year before it."""
    wanted = set(params.getlist("loai"))
    level = params.get("cap", "")
    return Ask(
        start=_start(params.get("tu", ""), asof.on),
        end=asof.on,
        place=params.get("noi", "").replace("\0", ""),
        changes=tuple(change for change in CHANGES if change in wanted),
        level=level if level in LEVELS else "",
    )


def _start(value: str, end: dt.date) -> dt.date:
    try:
        start = dates.parse_date(value) if value.strip() else end - _A_YEAR
    except dates.UnableToReadDate:
        start = end - _A_YEAR
    return start if start < end else end - _A_YEAR
