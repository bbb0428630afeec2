"""The list of schemes: where each is, who holds it and for how long."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import attrs

from tinhgon.procedure import Waiting
from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register
from tinhgon_web.schemes.models import Move, Scheme, Variant
from tinhgon_web.schemes.selectors.course import course_of
from tinhgon_web.schemes.selectors.variants import grouping


@attrs.frozen(slots=True)
class Line:
    """A scheme in the list."""

    row: Scheme
    place: str
    waiting: Waiting | None
    abolished: int | None


def lines(schemes: Iterable[Scheme], register: Register, on: dt.date) -> list[Line]:
    """Schemes with where they are on a day; their moves are read at once."""
    rows = list(schemes)
    moves: dict[int, list[Move]] = defaultdict(list)
    for move in Move.objects.filter(scheme__in=rows).order_by("number"):
        moves[move.scheme_id].append(move)
    return [_line(row, moves[row.pk], register, on) for row in rows]


def _line(row: Scheme, moves: list[Move], register: Register, on: dt.date) -> Line:
    if row.chosen is not None:
        row.chosen.scheme = row
    over = row.state in (Scheme.State.WITHDRAWN, Scheme.State.ANNULLED)
    unit = register.units.get(row.place)
    return Line(
        row=row,
        place=unit.name(row.on) if unit else row.place,
        waiting=None if over else course_of(row, moves).waiting(on),
        abolished=_abolished(row.chosen),
    )


def _abolished(chosen: Variant | None) -> int | None:
    """How many units fewer the chosen variant leaves as it stands; None where its edits fit the units no more."""
    try:
        return None if chosen is None else len(grouping(chosen).absorbed)
    except Refusal:
        return None
