"""Names are unique among the units of one parent: which of a scheme's names are not."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon.schemes.grouping import Grouping
from tinhgon.text import clean


@attrs.frozen(slots=True)
class NameFault:
    """A name that two units of one parent would bear after the scheme."""

    name: str
    seat: str
    other: str
    text_vi: str
    text_en: str


def name_faults(register: Register, grouping: Grouping, on: dt.date) -> list[NameFault]:
    """The names that would not be unique among units of the same family under one parent, each once."""
    gone = set(grouping.absorbed)
    renamed = {group.seat: group.name for group in grouping.groups}
    faults = []
    for parent in dict.fromkeys(register.units[group.seat].parent(on) or "" for group in grouping.groups):
        borne: dict[tuple[str, str], str] = {}
        for unit in register.children(parent, on):
            if unit.id in gone:
                continue
            name = renamed.get(unit.id, unit.name(on))
            key = (kinds.FAMILY[unit.kind(on)], clean(name).casefold())
            other = borne.setdefault(key, unit.id)
            if other != unit.id and (unit.id in renamed or other in renamed):
                seat, rival = (unit.id, other) if unit.id in renamed else (other, unit.id)
                faults.append(_fault(renamed[seat], seat, rival))
    return faults


def _fault(name: str, seat: str, other: str) -> NameFault:
    return NameFault(
        name,
        seat,
        other,
        f"Tên '{name}' trùng với một đơn vị khác trong cùng đơn vị cấp trên; hãy chọn tên khác.",
        f"The name '{name}' is another unit's under the same parent; choose another.",
    )
