"""Stopping whoever tries codes that are wrong or used: only failures count, under digests of their own."""

from __future__ import annotations

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import secrecy
from tinhgon_web.core import limits

WINDOW = 15 * 60
"""Seconds in which attempts are counted together."""
MOST = {"address": 30, "code": 8}
"""How many failures a window may hold. A commune's office may be one address for many people."""
_LIMITS = {kind: limits.Limit(f"answering by {kind}", most, WINDOW) for kind, most in MOST.items()}


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
    for kind, value in tried.items():
        try:
            limits.check(_LIMITS[kind], secrecy.trace_of(kind, value))
        except limits.UnableToAskSoOften as error:
            raise UnableToTryAgainSoSoon(-(-error.seconds // 60)) from None


def failed(**tried: str) -> None:
    """Count a failure, in a transaction of its own, so that a refusal does not roll it back."""
    for kind, value in tried.items():
        limits.add(_LIMITS[kind], secrecy.trace_of(kind, value))
