"""How often somebody may ask, counted in the database so that all processes see one count.

Keys are keyed digests: no address of anybody is kept. Counts of windows gone by are dropped as new ones come.
"""

from __future__ import annotations

import hashlib
import hmac

import attrs
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from tinhgon_web.core.models import Asked


@attrs.frozen(slots=True)
class Limit:
    """At most `most` askings in each window of `seconds`."""

    name: str
    most: int
    seconds: int


class UnableToAskSoOften(Exception):
    """The limit is reached; `seconds` are left of the window."""

    def __init__(self, limit: Limit, seconds: int) -> None:
        super().__init__(f"{limit.name}: more than {limit.most} in {limit.seconds} s; {seconds} s to wait")
        self.limit, self.seconds = limit, seconds


def count(limit: Limit, who: str) -> int:
    """Count one asking of somebody; returns how many are left.

    Raises:
        UnableToAskSoOften: there are none left.
    """
    asked = add(limit, who)
    if asked > limit.most:
        raise UnableToAskSoOften(limit, _left(limit))
    return limit.most - asked


def add(limit: Limit, who: str) -> int:
    """Count one asking of somebody and refuse nothing; returns how many there were in this window."""
    return _add(_key(limit, who), _now() // limit.seconds)


def check(limit: Limit, who: str) -> None:
    """Refuse somebody whose askings are used up, and count nothing: where only failures count.

    Raises:
        UnableToAskSoOften: as many as may be were counted in this window.
    """
    held = Asked.objects.filter(key=_key(limit, who), window=_now() // limit.seconds)
    if (held.values_list("count", flat=True).first() or 0) >= limit.most:
        raise UnableToAskSoOften(limit, _left(limit))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the server in front may be believed (the last hop it names)."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _now() -> int:
    return int(timezone.now().timestamp())


def _left(limit: Limit) -> int:
    """Seconds left of the window."""
    return limit.seconds - _now() % limit.seconds


def _key(limit: Limit, who: str) -> str:
    return f"{limit.name}:{_digest(who)}"


def _digest(who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:40]


def _add(key: str, window: int) -> int:
    mine = Asked.objects.filter(key=key, window=window)
    if not mine.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Asked.objects.filter(key=key, window__lt=window).delete()
                Asked.objects.create(key=key, window=window, count=1)
        except IntegrityError:  # another process was first
            mine.update(count=F("count") + 1)
    return mine.values_list("count", flat=True).first() or 1
