"""Counting views: once for each reader, page and day, in one bucket a day."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from tinhgon_web.desk.models import Seen, Views
from tinhgon_web.desk.secrecy import digest


@transaction.atomic
def count_view(*, page: int, reader: str, day: dt.date) -> bool:
    """Count a reader's view of a page, if it is their first of the day; of the reader a digest is kept for the day."""
    if not _is_first(digest("view", f"{day} {page} {reader}"), day):
        return False
    bucket = Views.objects.filter(page_id=page, day=day)
    if not bucket.update(count=F("count") + 1):
        Seen.objects.filter(day__lt=day).delete()
        try:
            with transaction.atomic():
                Views.objects.create(page_id=page, day=day, count=1)
        except IntegrityError:  # another process was first
            bucket.update(count=F("count") + 1)
    return True


def _is_first(seen: str, day: dt.date) -> bool:
    try:
        with transaction.atomic():
            Seen.objects.create(digest=seen, day=day)
    except IntegrityError:
        return False
    return True
