"""The list of schemes: where each is, who holds it and for how long."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import attrs

from tinhgon.procedure import Waiting
from tinhgon.registry.state import Register
from tinhgon_web.schemes.models import Move, Scheme
from tinhgon_web.schemes.selectors.course import course_of


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
    over = row.state in (Scheme.State.WITHDRAWN, Scheme.State.ANNULLED)
    summary = row.chosen.summary if row.chosen is not None else {}
    unit = register.units.get(row.place)
    return Line(
        row=row,
        place=unit.name(row.on) if unit else row.place,
        waiting=None if over else course_of(row, moves).waiting(on),
        abolished=summary.get("abolished"),
    )
