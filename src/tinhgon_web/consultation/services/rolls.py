"""Rolls: read from a sheet, looked at, confirmed, posted, approved; and erased when the law's time is over."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable

import attrs
from django.db import transaction

from tinhgon import text
from tinhgon.consultation import Household, Places, Row, read_roll
from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments
from tinhgon_web.consultation.models import Roll, RollLine, RollUpload, Round
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.core import audit
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.core.models import User

Progress = Callable[[int, int], None]
BIG = 10_000
"""From how many households on filling the rolls is a job."""
_AT_ONCE = 2000
SHOWN = 500
"""How many problems a preview keeps; how many there are it says in full."""


class UnableToChangeRoll(Refusal):
    """The roll is approved already, or not ready for this step."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


def places_of(held: Round, units: Iterable[str]) -> Places:
    """The villages of some rolls as a sheet may name them: by id, code, or name with the commune's."""
    rows = parents(units, AsOf(on=held.law_on, today=today()))
    by_code: dict[str, str] = {}
    by_name: dict[str, tuple[tuple[str, str], ...]] = {}
    for unit in units:
        row = rows[unit]
        above = rows[row.parent].name if row.parent in rows else ""
        by_code |= {unit: unit} | ({row.code: unit} if row.code else {})
        key = text.fold(row.name)
        by_name[key] = (*by_name.get(key, ()), (unit, text.fold(above)))
    return Places(by_code, by_name)


def preview_roll(
    *, acting: User, round_id: int, units: list[str], name: str, rows: Iterable[Row]
) -> RollUpload:
    """Read a sheet for the rolls of `units` and keep what it says until it is confirmed; nothing is changed yet.

    Raises:
        UnableToChangeRoll: the round is not being prepared.
        UnableToReadSheet: the file is no roll.
    """
    held = Round.objects.get(pk=round_id)
    _check_preparing(held)
    there = RollLine.objects.filter(roll__round=held).exclude(roll__unit__in=units)
    codes = frozenset(code.casefold() for code in there.values_list("household", flat=True).iterator())
    households, problems = read_roll(rows, places_of(held, units), codes)
    shown = [{"line": one.line, "vi": one.vi, "en": one.en} for one in problems[:SHOWN]]
    with transaction.atomic():
        RollUpload.objects.filter(round=held, by=acting).delete()
        return RollUpload.objects.create(
            round=held,
            by=acting,
            at=moments.now(),
            name=name[:300],
            households=_packed(households),
            counts=dict(Counter(one.unit for one in households)),
            problems={"shown": shown, "count": len(problems)},
        )


def confirm_roll(*, acting: User, upload_id: int, progress: Progress | None = None) -> int:
    """Make the rolls an upload names hold its households, in place of what was there; returns how many.

    `progress` is told how many of how many are written; all of them stay or, when it raises, none.

    Raises:
        UnableToChangeRoll: rows were refused, the round is not being prepared, a roll is approved, or it is gone.
    """
    with transaction.atomic():
        upload = RollUpload.objects.filter(pk=upload_id, by=acting).first()
        if upload is None:
            raise UnableToChangeRoll(
                "Tệp này đã được ghi vào danh sách hoặc đã thay bằng tệp khác",
                "this sheet has filled the rolls already, or another took its place",
            )
        held = Round.objects.select_for_update().get(pk=upload.round_id)
        _check_preparing(held)
        if upload.problems["count"]:
            raise UnableToChangeRoll(
                f"Tệp còn {upload.problems['count']} dòng lỗi: sửa trong Excel rồi tải lại",
                f"{upload.problems['count']} rows have faults: mend them in the sheet and upload it again",
            )
        rolls = {roll.unit: roll for roll in held.rolls.filter(unit__in=upload.counts)}
        for roll in rolls.values():
            _check_not_approved(roll)
        RollLine.objects.filter(roll__in=rolls.values()).delete()
        made = _fill(rolls, _unpacked(bytes(upload.households)), progress)
        audit.write(acting=acting, verb="fill rolls", what=held, after=upload.counts, place=held.place)
        upload.delete()
    return made


def post_roll(*, acting: User, roll: Roll, posted_from: dt.date, posted_at: str) -> Roll:
    """Say since when and where a roll hangs in public.

    Raises:
        UnableToChangeRoll: it is approved, or has nobody on it.
    """
    with transaction.atomic():
        _check_not_approved(roll)
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
        _check_not_approved(roll)
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


def _fill(rolls: dict[str, Roll], households: list[Household], progress: Progress | None) -> int:
    total = len(households)
    for start in range(0, total, _AT_ONCE):
        part = households[start : start + _AT_ONCE]
        RollLine.objects.bulk_create(_line(rolls[one.unit], one) for one in part)
        if progress is not None:
            progress(start + len(part), total)
    return total


def _line(roll: Roll, one: Household) -> RollLine:
    return RollLine(roll=roll, number=one.number, household=one.household, head=one.head, address=one.address)


def _check_preparing(held: Round) -> None:
    if held.state != Round.State.DRAFT:
        raise UnableToChangeRoll(
            "Đợt lấy ý kiến đã mở: danh sách không đổi được nữa", "the round is open: rolls stay as they are"
        )


def _check_not_approved(roll: Roll) -> None:
    if roll.approved_at is not None:
        raise UnableToChangeRoll(
            "Danh sách đã duyệt, không đổi được nữa", "the roll is approved and stays as it is"
        )


def _packed(households: list[Household]) -> bytes:
    rows = [attrs.astuple(one) for one in households]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 6)


def _unpacked(content: bytes) -> list[Household]:
    return [Household(*row) for row in json.loads(zlib.decompress(content))]
