"""A small consultation for the tests: two villages of one commune, ten households each."""

from __future__ import annotations

import datetime as dt

import story

from tinhgon.consultation import Row
from tinhgon_web.consultation.models import Roll, RollLine, Round
from tinhgon_web.consultation.services import codes, rolls, rounds
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


def drafted(**more: object) -> Round:
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
    return rounds.create_round(acting=person("can-bo"), asked=asked, units=UNITS)


def filled(held: Round, count: int = 10) -> Round:
    upload = rolls.preview_roll(
        acting=person("can-bo"), round_id=held.pk, units=UNITS, name="ds.xlsx", rows=rows(count=count)
    )
    assert rolls.confirm_roll(acting=person("can-bo"), upload_id=upload.pk) == 2 * count
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
