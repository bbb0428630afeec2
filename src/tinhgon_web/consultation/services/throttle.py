"""Counting failed attempts in the database, so that all processes see one count. Keys are digests, not addresses."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import secrecy
from tinhgon_web.consultation.models import Attempt

WINDOW = 15 * 60
"""Seconds in which attempts are counted together."""
MOST = {"address": 30, "code": 8}
"""How many failures a window may hold. A commune's office may be one address for many people."""


class UnableToTryAgainSoSoon(Refusal):
    """Too many failed attempts from one address, or with one code."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Đã nhập sai nhiều lần. Thử lại sau {minutes} phút, hoặc nộp phiếu giấy cho trưởng thôn.",
            f"too many wrong attempts: try again in {minutes} minutes, or hand in the form on paper",
        )
        self.minutes = minutes


def check(**tried: str) -> None:
    """Refuse an address or code that failed too often in this window; `tried` is kind -> value.

    Raises:
        UnableToTryAgainSoSoon: with the minutes that are left.
    """
    now = int(timezone.now().timestamp())
    keys = {secrecy.trace_of(kind, value): MOST[kind] for kind, value in tried.items()}
    held = Attempt.objects.filter(key__in=keys, window=now // WINDOW).values_list("key", "count")
    if any(count >= keys[key] for key, count in held):
        raise UnableToTryAgainSoSoon(-(-(WINDOW - now % WINDOW) // 60))


def failed(**tried: str) -> None:
    """Count a failure, in a transaction of its own, so that a refusal does not roll it back."""
    window = int(timezone.now().timestamp()) // WINDOW
    for kind, value in tried.items():
        _count(secrecy.trace_of(kind, value), window)


def forget() -> int:
    """Drop the counts of windows gone by; returns how many."""
    window = int(timezone.now().timestamp()) // WINDOW
    return Attempt.objects.filter(window__lt=window - 1).delete()[0]


def _count(key: str, window: int) -> None:
    mine = Attempt.objects.filter(key=key, window=window)
    if mine.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Attempt.objects.create(key=key, window=window)
    except IntegrityError:  # another process was first
        mine.update(count=F("count") + 1)
