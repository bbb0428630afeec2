"""Gazetteers of registers, kept in memory: where is a place now, by any name it ever had."""

from __future__ import annotations

import datetime as dt

from tinhgon.lookup import Converter, Gazetteer
from tinhgon_web.apparatus import registers

_gazetteers: registers.Kept[Gazetteer] = registers.Kept(2)
_converters: registers.Kept[Converter] = registers.Kept(8)


def converter(head: registers.Head, *, to: dt.date, on: dt.date | None = None) -> Converter:
    """Converts places to a day, by the names in the journal up to an entry."""

    def make() -> Converter:
        return Converter(gazetteer(head), to=to, on=on)

    return _converters.get((head, to, on), make)


def gazetteer(head: registers.Head) -> Gazetteer:
    """Every name of the journal up to an entry."""
    return _gazetteers.get(head, lambda: Gazetteer(registers.register(head)))
