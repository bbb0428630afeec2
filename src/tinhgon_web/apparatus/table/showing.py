"""The table as the page shows it: cells in words, chips of what is filtered, headings that reorder."""

from __future__ import annotations

from typing import NamedTuple

import attrs
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tinhgon.figures import UnitFinding
from tinhgon.registry import kinds
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.table.asking import CLOSED, FROM, MEASURES, OPEN, TO, Ask, resort
from tinhgon_web.apparatus.table.columns import COLUMNS, Column
from tinhgon_web.apparatus.words import kind_name
from tinhgon_web.core.templatetags.tinhgon import number


class Chip(NamedTuple):
    """A filter that is set: what it says, and the address without it."""

    name: str
    without: str


@attrs.frozen(slots=True)
class Heading:
    """A column's head: the address that reorders by it ("" when nothing does), its place in the order, its way."""

    column: Column
    address: str
    rank: int
    is_backwards: bool

    @property
    def aria(self) -> str:
        """For readers of the screen: how the table is ordered by it."""
        if self.rank != 1:
            return ""
        return "descending" if self.is_backwards else "ascending"


@attrs.frozen(slots=True)
class Line:
    """A row with the units it names and what it was held against."""

    row: UnitRow
    parent: UnitRow | None
    party_parent: UnitRow | None
    found: UnitFinding | None
    is_closed: bool


def headings(params: QueryDict, ask: Ask) -> list[Heading]:
    """The heads of the shown columns."""
    places = {key.lstrip("-"): (rank, key.startswith("-")) for rank, key in enumerate(ask.sort, 1)}
    return [
        Heading(
            COLUMNS[code],
            _with(params, "sx", resort(ask.sort, code)) if COLUMNS[code].field else "",
            *places.get(code, (0, False)),
        )
        for code in ask.columns
    ]


def chips(params: QueryDict, ask: Ask, place: UnitRow | None) -> list[Chip]:
    """One for each filter that is set."""
    found = []
    if ask.words:
        found.append(Chip(_("“%(words)s”") % {"words": ask.words}, _with(params, "q")))
    if place is not None:
        found.append(Chip(_("under %(place)s") % {"place": place.name}, _with(params, "noi")))
    if ask.status != OPEN:
        word = _("closed only") if ask.status == CLOSED else _("open and closed")
        found.append(Chip(word, _with(params, "tt")))
    found += [Chip(kind_name(kind), _with(params, "loai", drop=kind)) for kind in ask.kinds]
    found += [Chip(str(band_words()[band]), _with(params, "muc", drop=band)) for band in ask.bands]
    return found + _range_chips(params, ask)


def _range_chips(params: QueryDict, ask: Ask) -> list[Chip]:
    found = []
    for word, measure in MEASURES.items():
        if measure in ask.ranges:
            least, most = ask.ranges[measure]
            name = f"{COLUMNS[word].name}: {number(least)} – {number(most)}"
            query = params.copy()
            query.pop(word + FROM, None)
            found.append(Chip(name, _with(query, word + TO)))
    return found


def band_words() -> dict[str, str | Promise]:
    """The bands as the table names them."""
    return {
        "dat": _("meets the standard"),
        "duoi": _("from half of the standard"),
        "nua": _("under half of the standard"),
        "khong": _("not held against a standard"),
    }


def kind_groups() -> list[tuple[str, list[kinds.Kind]]]:
    """The kinds of units by the part of the system they belong to, for a choice among them."""
    blocks = {
        "territory": _("Places"),
        "party": _("Party"),
        "front": _("Front and mass organisations"),
        "state": _("State"),
        "service": _("Public services"),
    }
    return [
        (name, [kind for kind in kinds.KINDS.values() if kind.block == block])
        for block, name in blocks.items()
    ]


def _with(params: QueryDict, name: str, value: str = "", drop: str | None = None) -> str:
    """The address with a parameter set, left out, or with one of its values dropped; the first page again."""
    query = params.copy()
    query.pop("trang", None)
    if drop is not None:
        query.setlist(name, [one for one in params.getlist(name) if one != drop])
    else:
        query.setlist(name, [value] if value else [])
    return f"?{query.urlencode()}"
