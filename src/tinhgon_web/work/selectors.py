"""Reading programmes and targets, and how far a value has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

import attrs
from django.db.models import QuerySet

from tinhgon_web.core.rights import Limits
from tinhgon_web.work.models import Programme, Target


class State(StrEnum):
    """How a target stands on a day; a straight line from the programme's start to the due day is the measure."""

    REACHED = "reached"
    ON_TIME = "on_time"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


@attrs.frozen(slots=True)
class Progress:
    """A target beside the value of its day: the share reached, the share of the time gone, what is left to do."""

    target: Target
    value: Fraction | None
    on: dt.date

    @property
    def goal(self) -> Fraction:
        """The value to reach."""
        return Fraction(self.target.value)

    @property
    def share(self) -> Fraction | None:
        """From 0 at the base to 1 at the goal; below 0 where it moved the wrong way; None where nothing is asked."""
        way = self.goal - Fraction(self.target.base)
        if self.value is None or not way:
            return None
        return (self.value - Fraction(self.target.base)) / way

    @property
    def left(self) -> Fraction | None:
        """What is still missing, None when the value is not known; 0 once it is reached."""
        if self.value is None:
            return None
        return abs(self.goal - self.value) if not self._is_reached() else Fraction(0)

    @property
    def elapsed(self) -> Fraction:
        """The share of the time from the programme's start to the due day that has gone, 0 to 1."""
        start, due = self.target.programme.starts_on, self.target.due_on
        return min(
            max(Fraction((self.on - start).days, max((due - start).days, 1)), Fraction(0)), Fraction(1)
        )

    @property
    def days_left(self) -> int:
        """Days to the due day; negative once it has passed."""
        return (self.target.due_on - self.on).days

    @property
    def state(self) -> State:
        """Reached, missed (the day has passed), or on time or behind of a straight line."""
        if self.value is None:
            return State.UNKNOWN
        if self._is_reached():
            return State.REACHED
        if self.days_left < 0:
            return State.MISSED
        share = self.share
        return State.BEHIND if share is None or share < self.elapsed else State.ON_TIME

    def _is_reached(self) -> bool:
        if self.value is None:
            return False
        at_most = self.target.direction == Target.Direction.AT_MOST
        return self.value <= self.goal if at_most else self.value >= self.goal


def programmes() -> QuerySet[Programme]:
    """Every programme with its targets and document; two queries."""
    return Programme.objects.select_related("document").prefetch_related("targets")


def seen(found: Iterable[Programme], scope: Limits) -> list[tuple[Programme, list[Target]]]:
    """Programmes with the targets of places a reader may see; those of the whole register are for everybody."""
    return [
        (one, [target for target in one.targets.all() if not target.place or scope.holds(target.place)])
        for one in found
    ]


def targets(*, on: dt.date, place: str) -> list[Target]:
    """The targets of a place ("": the whole register) set by programmes that had begun; one query.

    Of one indicator with several due days, the next to come, or the last when all have passed.
    """
    rows = Target.objects.filter(place=place, programme__starts_on__lte=on).select_related(
        "programme__document"
    )
    chosen: dict[tuple[str, str], Target] = {}
    for target in rows.order_by("due_on"):
        held = chosen.get((target.programme_id, target.indicator))
        if held is None or held.due_on < on:
            chosen[target.programme_id, target.indicator] = target
    return sorted(chosen.values(), key=_order)


def _order(target: Target) -> tuple[dt.date, str, int, int]:
    return target.programme.starts_on, target.programme_id, target.position, target.pk
