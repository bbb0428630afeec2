"""Recording what a form says, with the names of people it tells of for the first time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from tinhgon.registry import events
from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.models import Person
from tinhgon_web.apparatus.registers import Head
from tinhgon_web.core.models import User


def record_form(
    *,
    acting: User,
    drafts: Sequence[events.Event],
    people: Mapping[str, str],
    recorded_at: dt.datetime,
    seen: Head,
    once: str,
) -> services.Recorded:
    """Record events and list new people, all or nothing. Names go to the list of people, never to the journal.

    Raises:
        UnableToFold, UnableToReadEvent, UnableToRecordUnseen: as `apparatus.services.record`.
    """
    with transaction.atomic():
        for id_, name in people.items():
            Person.objects.get_or_create(id=id_, defaults={"name": name})
        return services.record(
            acting=acting, events=drafts, recorded_at=recorded_at, note="", seen=seen, once=once
        )
