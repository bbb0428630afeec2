"""The columns a table of units can show and be ordered by."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@attrs.frozen(slots=True)
class Column:
    """A column: its word in the address, its name, the field of a span it is ordered by ("" when by none)."""

    code: str
    name: str | Promise
    field: str = ""
    is_number: bool = False


_COLUMNS = (
    Column("ten", _("Name"), "sort_key"),
    Column("loai", _("Kind"), "kind"),
    Column("ma", _("Code"), "code"),
    Column("noi", _("Under")),
    Column("dang", _("In the Party under")),
    Column("ho", _("Households"), "households", is_number=True),
    Column("dan", _("Population"), "population", is_number=True),
    Column("dt", _("Area, km²"), "area_km2", is_number=True),
    Column("muc", _("Against the standard")),
    Column("tu", _("Open since"), "opened_on"),
    Column("den", _("Closed on"), "closed_on"),
)
COLUMNS: Mapping[str, Column] = {column.code: column for column in _COLUMNS}
SORTABLE = frozenset(column.code for column in _COLUMNS if column.field)
FIRST_SHOWN = ("ten", "loai", "ma", "noi", "ho", "dan", "dt", "muc", "tu")
FIRST_ORDER = ("loai", "ten")
