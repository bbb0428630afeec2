"""Figures over a window, computed once for each state of the journal, whoever asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tinhgon.figures import Figure, figures
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import registers

LAW = Rulebook.load()
_kept: registers.Kept[list[Figure]] = registers.Kept(128)


def computed(
    head: registers.Head, start: dt.date, end: dt.date, codes: Iterable[str], place: str | None = None
) -> list[Figure]:
    """The figures of some indicators over (start, end] by the records up to an entry; of all, or of one place.

    Raises:
        UnableToFindIndicator, UnableToMeasureWindow, UnableToFindPlace.
    """
    wanted = tuple(codes)
    return _kept.get(
        (head, start, end, wanted, place),
        lambda: figures(registers.register(head), LAW, start, end, wanted, place),
    )
