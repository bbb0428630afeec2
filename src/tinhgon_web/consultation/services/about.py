"""What a round about a scheme must be: of a scheme under way, about every unit it touches, once for each version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tinhgon.refusal import Refusal
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.asked import left_out
from tinhgon_web.schemes.models import Scheme


class UnableToAskAboutScheme(Refusal):
    """The round would not be about the scheme as it stands; says what to do instead."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


def check_about(scheme: Scheme, *, kind: str, units: Iterable[str], on: dt.date) -> None:
    """Check a first round about a scheme; what is about none needs no check.

    Raises:
        UnableToAskAboutScheme: the scheme is not under way, is of another kind, was asked about, or units are missing.
    """
    if scheme.state != Scheme.State.UNDER_WAY:
        raise UnableToAskAboutScheme(
            "Chỉ lấy ý kiến về đề án đã lập xong: ghi nhận bước lập đề án trước, rồi mở đợt lấy ý kiến",
            "people are asked about a scheme that has been drafted: record its draft first",
        )
    if kind != scheme.kind:
        raise UnableToAskAboutScheme(
            "Đợt lấy ý kiến phải cùng loại đơn vị với đề án",
            "a round is about units of the same kind as its scheme",
        )
    if (held := Round.objects.filter(scheme=scheme, version=scheme.version).first()) is not None:
        raise UnableToAskAboutScheme(
            f"Đã có đợt lấy ý kiến về bản này của đề án (lần {held.number}): "
            "tiếp tục đợt đó, chưa đạt thì mở lần sau từ đó",
            f"round {held.number} is about this version of the scheme: go on with it, and ask again from there",
        )
    _check_units(scheme, units, on)


def _check_units(scheme: Scheme, units: Iterable[str], on: dt.date) -> None:
    missing = left_out(scheme, units, on)
    if missing:
        named = ", ".join(missing.values())
        raise UnableToAskAboutScheme(
            f"Phải lấy ý kiến ở mọi đơn vị trong đề án, còn thiếu: {named}",
            f"people are asked in every unit of the scheme; missing: {named}",
        )
