"""The papers of schemes whose files are missing, over all the schemes somebody may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import attrs

from tinhgon.procedure import Step
from tinhgon_web.schemes.law import procedure_on
from tinhgon_web.schemes.models import Move, Scheme
from tinhgon_web.schemes.selectors.course import course_of
from tinhgon_web.schemes.selectors.papers import Left, left_by, with_papers

_OVER = (Scheme.State.WITHDRAWN, Scheme.State.ANNULLED)


@attrs.frozen(slots=True)
class Lacking:
    """A paper whose file is missing, with the step that left it."""

    scheme: Scheme
    move: Move
    step: Step
    left: Left


def lacking(schemes: Iterable[Scheme]) -> list[Lacking]:
    """The papers without a file of the steps that stand, of schemes that are not given up."""
    rows = [row for row in schemes if row.state not in _OVER]
    moves: dict[int, list[Move]] = defaultdict(list)
    for move in with_papers(Move.objects.filter(scheme__in=rows).order_by("number")):
        moves[move.scheme_id].append(move)
    return [one for row in rows for one in _lacking(row, moves[row.pk])]


def _lacking(scheme: Scheme, moves: list[Move]) -> list[Lacking]:
    last = {move.step: move for move in moves if move.sort == Move.Sort.TAKEN}
    found = []
    for taken in course_of(scheme, moves).taken:
        step = procedure_on(scheme.kind)(taken.on).find(taken.step)
        if step is not None:
            left = left_by(last[taken.step], step)
            found += [Lacking(scheme, last[taken.step], step, one) for one in left if one.lacks_file]
    return found
