"""Rolls: posted, approved; and erased when the law's time is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments
from tinhgon_web.consultation.models import Roll, RollLine, Round
from tinhgon_web.core import audit
from tinhgon_web.core.models import User


class UnableToChangeRoll(Refusal):
    """The roll is approved already, or not ready for this step."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


def post_roll(*, acting: User, roll: Roll, posted_from: dt.date, posted_at: str) -> Roll:
    """Say since when and where a roll hangs in public.

    Raises:
        UnableToChangeRoll: it is approved, or has nobody on it.
    """
    with transaction.atomic():
        check_not_approved(roll)
        if not roll.lines.exists():
            raise UnableToChangeRoll("Danh sách chưa có hộ nào", "nobody is on the roll")
        roll.posted_from, roll.posted_at = posted_from, posted_at
        roll.save(update_fields=["posted_from", "posted_at"])
        after = {"from": str(posted_from), "at": posted_at}
        audit.write(acting=acting, verb="post", what=roll, after=after, place=roll.unit)
    return roll


def approve_roll(*, acting: User, roll: Roll) -> Roll:
    """Approve a posted roll; from then on nobody changes it.

    Raises:
        UnableToChangeRoll: it is approved, or was never posted.
    """
    with transaction.atomic():
        check_not_approved(roll)
        if roll.posted_from is None or not roll.lines.exists():
            raise UnableToChangeRoll(
                "Danh sách phải có hộ và đã niêm yết thì mới duyệt",
                "a roll is approved once it has households and hangs in public",
            )
        roll.approved_at, roll.approved_by = moments.now(), acting
        roll.save(update_fields=["approved_at", "approved_by"])
        after = {"households": roll.lines.count()}
        audit.write(acting=acting, verb="approve", what=roll, after=after, place=roll.unit)
    return roll


def erase_names(*, acting: User, round_id: int) -> int:
    """Erase the names and addresses of a closed round; numbers, answers and results stay. Returns how many.

    Raises:
        UnableToChangeRoll: the round is not closed.
    """
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=round_id)
        if held.state != Round.State.CLOSED:
            raise UnableToChangeRoll(
                "Chỉ xóa tên sau khi đợt đã kết thúc", "names are erased after the round"
            )
        lines = RollLine.objects.filter(roll__round=held, erased_at=None)
        count = lines.update(head="", address="", erased_at=moments.now())
        audit.write(acting=acting, verb="erase names", what=held, after={"lines": count}, place=held.place)
    return count


def check_not_approved(roll: Roll) -> None:
    """Refuse to touch a roll that is approved.

    Raises:
        UnableToChangeRoll: it is.
    """
    if roll.approved_at is not None:
        raise UnableToChangeRoll(
            "Danh sách đã duyệt, không đổi được nữa", "the roll is approved and stays as it is"
        )
