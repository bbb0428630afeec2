"""Codes: issued once, printed on slips, kept as digests, asked for at the door of the public page."""

from __future__ import annotations

import attrs
from django.db import transaction

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments, secrecy
from tinhgon_web.consultation.models import Code, Roll, RollLine
from tinhgon_web.consultation.services import throttle
from tinhgon_web.consultation.services.rounds import UnableToChangeRound
from tinhgon_web.core import audit
from tinhgon_web.core.models import User


class UnableToKnowCode(Refusal):
    """No household has this code."""

    def __init__(self) -> None:
        super().__init__(
            "Mã không đúng. Mã có 12 chữ và số, in trên phiếu của hộ; không có số 0, số 1 và các chữ I, L, O, U",
            "no household has this code: it has 12 letters and digits, none of them 0, 1, I, L, O or U",
        )


@attrs.frozen(slots=True)
class Slip:
    """A household's slip: its line and the code, which is nowhere else."""

    line: RollLine
    code: str


def issue_codes(*, acting: User, roll: Roll, number: int | None = None) -> list[Slip]:
    """Issue codes for a roll's households that have none, or anew for the one of a number, whose old code then dies.

    Raises:
        UnableToChangeRound: the roll is not approved, or the round is closed.
    """
    with transaction.atomic():
        if roll.approved_at is None or roll.round.state == "closed":
            raise UnableToChangeRound(
                "Chỉ cấp mã khi danh sách đã duyệt và đợt chưa kết thúc",
                "codes are issued once the roll is approved and until the round is closed",
            )
        lines = roll.lines.all() if number is None else roll.lines.filter(number=number)
        if number is None:
            lines = lines.filter(code=None)
        else:
            Code.objects.filter(line__in=lines).delete()
        slips = [Slip(line, secrecy.new_code()) for line in lines]
        now = moments.now()
        Code.objects.bulk_create(
            (Code(line=slip.line, digest=secrecy.code_digest(slip.code), issued_at=now) for slip in slips),
            batch_size=1000,
        )
        after = {"issued": len(slips), "number": number}
        audit.write(acting=acting, verb="issue codes", what=roll, after=after, place=roll.unit)
    return slips


def line_of(*, code: str, address: str) -> RollLine:
    """The household a typed code belongs to; a failure counts against the address.

    Raises:
        UnableToTryAgainSoSoon: this address failed too often.
        UnableToKnowCode: no household has it.
    """
    throttle.check(address=address)
    found = (
        RollLine.objects.select_related("roll__round").filter(code__digest=secrecy.code_digest(code)).first()
        if secrecy.typed(code)
        else None
    )
    if found is None:
        throttle.failed(address=address)
        raise UnableToKnowCode
    return found
