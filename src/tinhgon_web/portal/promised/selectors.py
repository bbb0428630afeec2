"""The targets of published programmes with the very figures of the leader's screen."""

from __future__ import annotations

import attrs

from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.reports.board import selectors as board
from tinhgon_web.reports.board.selectors import Aim
from tinhgon_web.work.models import Programme


@attrs.frozen(slots=True)
class Promised:
    """A programme with how far its targets are reached today."""

    programme: Programme
    aims: list[Aim]


def promised() -> list[Promised]:
    """Every published programme that has begun; only targets of the whole register, and only as of today."""
    published = Programme.objects.filter(published=True, starts_on__lte=today()).select_related("document")
    found = {one.pk: Promised(one, []) for one in published}
    if not found:
        return []
    screen = board.page(asof=AsOf(on=today(), today=today()), place="")
    models = (row.aim for row in screen.models if row.aim is not None)
    for aim in [*screen.aims, *models]:
        key = aim.progress.target.programme_id
        if key in found:
            found[key].aims.append(aim)
    return list(found.values())
