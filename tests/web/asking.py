"""A small consultation for the tests: two villages of one commune, ten households each."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import story

from tinhgon.consultation import Row
from tinhgon_web.consultation.models import Answer, Ballot, Roll, RollLine, Round
from tinhgon_web.consultation.services import codes, filling, ledger, opinions, paper, rolls, rounds
from tinhgon_web.core.models import Grant, User

DAY = dt.timedelta(days=1)
UNITS = ["x1v3", "x1v4"]
COMMUNE = "x1"


def person(name: str, role: str = "editor", place: str = "") -> User:
    user, made = User.objects.get_or_create(username=name, defaults={"full_name": name})
    if made:
        Grant.objects.create(user=user, role=role, place=place, start=story.BASE)
    return user


def rows(units: list[str] | None = None, count: int = 10) -> list[Row]:
    return [
        Row(line, "", unit, f"{unit}-{n}", f"Chủ hộ {unit} {n}", f"Số {n}")
        for line, (unit, n) in enumerate(((u, n) for u in units or UNITS for n in range(1, count + 1)), 2)
    ]


def sheet(*rows: tuple[object, ...]) -> io.BytesIO:
    """A roll in Excel: commune, village, household, head, address, from row 3 on."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.append(["DANH SÁCH HỘ"])
    page.append(["Xã, phường", "Thôn, tổ dân phố", "Mã hộ", "Chủ hộ", "Địa chỉ"])
    for row in rows:
        page.append(list(row))
    book.save(file)
    file.seek(0)
    file.name = "ds.xlsx"
    return file


def drafted(units: list[str] = UNITS, **more: object) -> Round:
    fields: dict[str, object] = {
        "place": COMMUNE,
        "title": "Sáp nhập thôn 3 và thôn 4",
        "question": "Ông (bà) có đồng ý sáp nhập thôn 3 và thôn 4 không?",
        "opens": story.END - 3 * DAY,
        "closes": story.END + 4 * DAY,
        "synthetic": True,
        **more,
    }
    asked = rounds.Asked(**fields)  # type: ignore[arg-type]  # fields come by name
    return rounds.create_round(acting=person("can-bo"), asked=asked, units=units)


def filled(held: Round, count: int = 10) -> Round:
    units = list(held.rolls.values_list("unit", flat=True))
    upload = filling.preview_roll(
        acting=person("can-bo"), round_id=held.pk, units=units, name="ds.xlsx", rows=rows(units, count)
    )
    assert filling.confirm_roll(acting=person("can-bo"), upload_id=upload.pk) == len(units) * count
    return held


def posted(held: Round) -> Round:
    for roll in held.rolls.all():
        rolls.post_roll(
            acting=person("can-bo"), roll=roll, posted_from=held.opens - 30 * DAY, posted_at="Nhà văn hóa"
        )
        rolls.approve_roll(acting=person("phe-duyet", "approver"), roll=roll)
    return held


def opened(count: int = 10, **more: object) -> Round:
    held = posted(filled(drafted(**more), count))
    return rounds.open_round(acting=person("phe-duyet", "approver"), round_id=held.pk)


def roll_of(held: Round, unit: str = UNITS[0]) -> Roll:
    return Roll.objects.select_related("round").get(round=held, unit=unit)


def line_of(held: Round, number: int, unit: str = UNITS[0]) -> RollLine:
    return RollLine.objects.select_related("roll__round").get(
        roll__round=held, roll__unit=unit, number=number
    )


def slips(held: Round, unit: str = UNITS[0]) -> dict[int, str]:
    issued = codes.issue_codes(acting=person("can-bo"), roll=roll_of(held, unit))
    return {slip.line.number: slip.code for slip in issued}


def example() -> None:
    """Round 1, open, with a batch keyed twice; round 2, closed and published: what the addresses of the tests name."""
    keeper, second = person("can-bo"), person("can-bo-2")
    first = opened(count=2, title="Đợt một")
    ledger.answer_on_web(line=line_of(first, 1), said=ledger.Said("agree"))
    counts = {"agree": 1, "disagree": 0, "other": 0, "invalid": 0}
    batch = paper.open_batch(acting=keeper, roll=roll_of(first), declared=counts)
    for officer in (keeper, second):
        paper.key_batch(acting=officer, batch=batch, forms={2: ledger.Said("agree")})
    over = opened(count=1, title="Đợt hai")
    for unit in UNITS:
        said = ledger.Said("agree", "Xin giữ tên thôn")
        taken = ledger.answer_on_web(line=line_of(over, 1, unit), said=said)
    Answer.objects.filter(pk=taken.pk).update(receipt="TEST-TEST")
    approver = person("phe-duyet", "approver")
    rounds.close_round(acting=approver, round_id=over.pk)
    handles = list(Ballot.objects.filter(roll__round=over).values_list("handle", flat=True))
    group = opinions.group_opinions(acting=keeper, round_id=over.pk, title="Tên thôn", handles=handles)
    opinions.answer_group(acting=keeper, group=group, answer="Tên mới ghép hai tên.")
    rounds.publish(acting=approver, round_id=over.pk)
