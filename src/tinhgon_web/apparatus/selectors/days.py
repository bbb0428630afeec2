"""The days on which something happened or was recorded."""

from __future__ import annotations

import datetime as dt

import attrs
from django.db.models import Max, Subquery

from tinhgon.registry.events import Reorganised
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.core.asof import AsOf


@attrs.frozen(slots=True)
class Steps:
    """The nearest day of an act before and after the day shown."""

    before: dt.date | None
    after: dt.date | None


def steps(asof: AsOf) -> Steps:
    """Where the step buttons lead, by the acts recorded up to the day of knowledge."""
    acts = JournalEntry.objects.filter(kind=Reorganised.name)
    if asof.known_at is not None:
        acts = acts.filter(recorded_at__lte=asof.known_at)
    # Each is the end of an index; an aggregate of both at once would read every act.
    days = acts.order_by("-effective_on").values("effective_on")
    before = Subquery(days.filter(effective_on__lt=asof.on)[:1])
    after = Subquery(days.filter(effective_on__gt=asof.on).order_by("effective_on")[:1])
    found = (
        JournalEntry.objects.order_by().annotate(before=before, after=after).values_list("before", "after")
    )
    return Steps(*(found.first() or (None, None)))


def recorded_after(moment: dt.datetime | None) -> int:
    """How many entries were recorded after a moment, and so are not counted."""
    return 0 if moment is None else JournalEntry.objects.filter(recorded_at__gt=moment).count()


def last_recorded() -> dt.date | None:
    """The day (UTC) of the last entry; a link that names it shows the same thing for ever."""
    last = JournalEntry.objects.aggregate(last=Max("recorded_at"))["last"]
    return None if last is None else last.astimezone(dt.UTC).date()
