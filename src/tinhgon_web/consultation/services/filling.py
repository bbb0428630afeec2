"""Filling rolls from a sheet: taken in, held against the rolls, looked at, confirmed. Nothing changes before."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import attrs
from django.db import transaction
from django.db.models import Count, Max

from tinhgon import text
from tinhgon.consultation import (
    Change,
    Household,
    Places,
    Problem,
    Row,
    already_elsewhere,
    changes,
    read_roll,
)
from tinhgon_web.consultation import moments, sheets
from tinhgon_web.consultation.models import Roll, RollLine, RollUpload, Round
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.consultation.services.rolls import UnableToChangeRoll, check_not_approved
from tinhgon_web.core import audit
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.core.models import User

Progress = Callable[[int, int], None]
BIG = 10_000
"""From how many households on filling the rolls is a job."""
BIG_SHEET = 250_000
"""From how many bytes on reading a sheet is a job: about as many as 10,000 households take, read in under a second."""
SHOWN = 500
"""How many problems, and how many changes of each kind, a preview keeps; how many there are it says in full."""
_AT_ONCE = 2000


def preview_roll(
    *, acting: User, round_id: int, units: list[str], name: str, rows: Iterable[Row]
) -> RollUpload:
    """Read a sheet for the rolls of `units` and keep what it says until it is confirmed; nothing is changed yet.

    Raises:
        UnableToChangeRoll: the round is not being prepared.
        UnableToReadSheet: the file is no roll.
    """
    held = _preparing(round_id)
    found = _looked_at(held, units, rows)
    with transaction.atomic():
        return _keep(held, acting, name, **found)


def keep_sheet(*, acting: User, round_id: int, name: str, content: bytes) -> RollUpload:
    """Keep a sheet, safe to open, for a job to read.

    Raises:
        UnableToChangeRoll: the round is not being prepared.
        UnableToReadSheet: the file is no workbook.
    """
    held = _preparing(round_id)
    sheets.check(content)
    with transaction.atomic():
        return _keep(held, acting, name, sheet=content)


def read_kept_sheet(*, upload_id: int, units: list[str], progress: Progress | None = None) -> RollUpload:
    """Read a sheet that was kept, for the rolls of `units`; `progress` is told the row and how many rows there are.

    Raises:
        UnableToChangeRoll: it was read already, another took its place, or the round is not being prepared.
        UnableToReadSheet: the file is no roll.
    """
    upload = RollUpload.objects.filter(pk=upload_id).first()
    if upload is None or upload.sheet is None:
        raise _gone()
    held = _preparing(upload.round_id)
    found = _looked_at(held, units, sheets.read_sheet(bytes(upload.sheet), progress))
    with transaction.atomic():
        if not RollUpload.objects.filter(pk=upload_id).update(sheet=None, **found):
            raise _gone()
    upload.refresh_from_db()
    return upload


def confirm_roll(*, acting: User, upload_id: int, progress: Progress | None = None) -> int:
    """Make the rolls an upload names hold its households, in place of what was there; returns how many.

    `progress` is told how many of how many are written; all of them stay or, when it raises, none.

    Raises:
        UnableToChangeRoll: rows were refused, the round is not being prepared, a roll is approved or was filled anew
            since the sheet was looked at, or the sheet is gone.
    """
    with transaction.atomic():
        upload = RollUpload.objects.filter(pk=upload_id, by=acting, sheet=None).first()
        if upload is None:
            raise _gone()
        held = Round.objects.select_for_update().get(pk=upload.round_id)
        _check_preparing(held)
        households = _unpacked(bytes(upload.households))
        rolls = {roll.unit: roll for roll in held.rolls.filter(unit__in=upload.counts)}
        _check_it_may_fill(upload, rolls, households)
        RollLine.objects.filter(roll__in=rolls.values()).delete()
        made = _fill(rolls, households, progress)
        audit.write(acting=acting, verb="fill rolls", what=held, after=upload.counts, place=held.place)
        upload.delete()
    return made


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


def _looked_at(held: Round, units: list[str], rows: Iterable[Row]) -> dict[str, Any]:
    """What is kept of a sheet: its households, its faults, and what it would change on the rolls."""
    households, problems = read_roll(rows, places_of(held, units), _codes(held))
    counts = dict(Counter(one.unit for one in households))
    return {
        "households": _packed(households),
        "counts": counts,
        "problems": {"shown": [_said(one) for one in problems[:SHOWN]], "count": len(problems)},
        "changes": _summed(changes(households, _on_rolls(held, counts)), len(households)),
        "seen": _state(held, counts),
    }


def _said(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "vi": problem.vi, "en": problem.en}


def _summed(found: list[Change], households: int) -> dict[str, Any]:
    kinds: dict[str, list[Change]] = {"changed": [], "gone": [], "new": []}
    for change in found:
        kinds[change.kind].append(change)
    return {
        **{kind: len(listed) for kind, listed in kinds.items()},
        "same": households - len(kinds["new"]) - len(kinds["changed"]),
        "shown": {kind: [_pair(change) for change in listed[:SHOWN]] for kind, listed in kinds.items()},
    }


def _pair(change: Change) -> list[tuple[Any, ...] | None]:
    return [attrs.astuple(one) if one is not None else None for one in (change.was, change.now)]


def _on_rolls(held: Round, units: Iterable[str]) -> list[Household]:
    lines = RollLine.objects.filter(roll__round=held, roll__unit__in=units).order_by("roll", "number")
    fields = lines.values_list("roll__unit", "number", "household", "head", "address")
    return [Household(0, *one) for one in fields.iterator()]


def _codes(held: Round) -> dict[str, str]:
    """The codes on the round's rolls, with the unit of the roll each is on."""
    lines = RollLine.objects.filter(roll__round=held).order_by()
    return {code.casefold(): unit for code, unit in lines.values_list("household", "roll__unit").iterator()}


def _state(held: Round, units: Iterable[str]) -> dict[str, list[int]]:
    """What tells whether rolls were filled anew: how many lines each has, and the latest."""
    rolls = held.rolls.filter(unit__in=units).annotate(size=Count("lines"), latest=Max("lines"))
    return {unit: [size, latest or 0] for unit, size, latest in rolls.values_list("unit", "size", "latest")}


def _keep(held: Round, acting: User, name: str, **found: Any) -> RollUpload:
    """A person has one sheet of a round at a time."""
    RollUpload.objects.filter(round=held, by=acting).delete()
    return RollUpload.objects.create(round=held, by=acting, at=moments.now(), name=name[:300], **found)


def _check_it_may_fill(upload: RollUpload, rolls: dict[str, Roll], households: list[Household]) -> None:
    if upload.problems["count"]:
        raise UnableToChangeRoll(
            f"Tệp còn {upload.problems['count']} dòng lỗi: sửa trong Excel rồi tải lại",
            f"{upload.problems['count']} rows have faults: mend them in the sheet and upload it again",
        )
    for roll in rolls.values():
        check_not_approved(roll)
    held = upload.round
    if _state(held, rolls) != upload.seen or already_elsewhere(households, _codes(held)):
        raise UnableToChangeRoll(
            "Danh sách đã được người khác ghi lại sau khi xem trước: tải lại tệp để xem những gì thay đổi",
            "somebody filled the rolls after the sheet was looked at: upload it again to see what it changes now",
        )


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


def _gone() -> UnableToChangeRoll:
    return UnableToChangeRoll(
        "Tệp này đã được xử lý hoặc đã thay bằng tệp khác",
        "this sheet has been dealt with already, or another took its place",
    )


def _preparing(round_id: int) -> Round:
    held = Round.objects.get(pk=round_id)
    _check_preparing(held)
    return held


def _check_preparing(held: Round) -> None:
    if held.state != Round.State.DRAFT:
        raise UnableToChangeRoll(
            "Đợt lấy ý kiến đã mở: danh sách không đổi được nữa", "the round is open: rolls stay as they are"
        )


def _packed(households: list[Household]) -> bytes:
    rows = [attrs.astuple(one) for one in households]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 6)


def _unpacked(content: bytes) -> list[Household]:
    return [Household(*row) for row in json.loads(zlib.decompress(content))]
