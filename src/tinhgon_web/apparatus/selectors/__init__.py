"""Reading the apparatus as of two days.

`reader(asof)` answers from the projection in SQL while all records count, and from a fold of the journal's first
entries where a page asks "as we knew it on". Both give the same rows.
"""

from __future__ import annotations

from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.selectors.folded import FoldedReader
from tinhgon_web.apparatus.selectors.projected import ProjectedReader
from tinhgon_web.apparatus.selectors.reader import HIERARCHIES, Reader, UnableToFindUnit
from tinhgon_web.core.asof import AsOf

__all__ = ["HIERARCHIES", "Reader", "UnableToFindUnit", "reader", "register"]


def reader(asof: AsOf) -> Reader:
    """The apparatus on `asof.on`, as recorded up to `asof.known_on`, with what is laid over it."""
    if asof.known_at is None and not asof.as_if:
        return ProjectedReader(asof.on)
    return FoldedReader(asof.on, registers.head_of(asof))


def register(asof: AsOf) -> Register:
    """The engine's register as recorded up to `asof.known_on`."""
    return registers.register(registers.head_of(asof))
