"""A made-up consultation for the demonstration: a round that is over, in which one village failed, and the second."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from django.conf import settings

from tinhgon.consultation import Row
from tinhgon.procedure.words import DRAFT
from tinhgon.registry import kinds
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.consultation.models import Ballot, Roll, Round
from tinhgon_web.consultation.services import filling, ledger, opinions, paper, rolls, rounds
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.models import User
from tinhgon_web.schemes import planning
from tinhgon_web.schemes import services as schemes
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.course import course_of
from tinhgon_web.schemes.selectors.variants import question_of

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Y", "H'", "K'", "Điểu", "Hoàng", "Vũ")
_MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Bhăm", "Lan", "Krông", "Đức", "Thanh", "Blin")
_GIVEN = ("Minh Họa", "Thử", "Mẫu", "Ví Dụ", "Hư Cấu")
_OPINIONS = (
    "Đồng ý nhưng xin giữ tên bon trong tên mới.",
    "Nhà văn hóa mới nên đặt gần trường học.",
    "Giữ tên bon cũ vì là tên của làng từ xưa.",
    "Đường sang nhà văn hóa mùa mưa khó đi, đề nghị sửa trước khi sáp nhập.",
)
_ANSWERS = (
    ("Giữ tên bon", "tên bon", "Tên thôn mới ghép tên các bon; đề án đã bổ sung."),
    ("Nhà văn hóa và đường đi", "văn hóa", "Ủy ban nhân dân xã khảo sát, đưa vào kế hoạch năm sau."),
)
_TITLE = "Sắp xếp thôn, bon xã Đắk Ha (minh họa)"
_QUESTION = "Ông (bà) có đồng ý với phương án sáp nhập các thôn, bon như đề án đã niêm yết không?"
_DAY = dt.timedelta(days=1)


@attrs.frozen(slots=True)
class Office:
    """Who acts in the story: two officers who key, and who approves."""

    first: User
    second: User
    approver: User


def make_scheme(*, place: str, on: dt.date, acting: User) -> Scheme:
    """Plan the villages of a commune and send the scheme out on a day, so that people can be asked about it."""
    row = schemes.start_scheme(acting=acting, kind="village", place=place, on=on, title=_TITLE)
    head, question = registers.head(), question_of(row)
    plan = planning.solve(planning.pose(registers.register(head), head, question), question)
    schemes.keep_variant(acting=acting, scheme=row.pk, question=question, plan=plan)
    step = course_of(row).procedure_on(on).find(DRAFT)
    papers = dict.fromkeys(step.papers if step else (), "01/ĐA-UBND (minh họa)")
    schemes.take_step(acting=acting, scheme=row.pk, step=DRAFT, on=on, papers=papers)
    row.refresh_from_db()
    return row


def make_demo(*, place: str, on: dt.date, office: Office, scheme: Scheme | None = None) -> list[Round]:
    """Make a round that ended and was published before a day, and the second round, open on it; all synthetic.

    They are about a scheme's units, or without one about the first three of a place.
    """
    units = list(scheme.touched.values_list("unit", flat=True)) if scheme else _villages(place, on)[:3]
    with _day_is(on - 12 * _DAY):
        first = _first_round(place, units, on, office, scheme)
        _answer(first, office, share=0.97, agree=(0.9, 0.72, 0.3, 0.8))
    with _day_is(first.closes):
        _finish(first, office)
    with _day_is(on):
        opens, closes = on - 3 * _DAY, on + 8 * _DAY
        second = rounds.ask_again(acting=office.approver, round_id=first.pk, opens=opens, closes=closes)
        second = _ready(second, office)
        _answer(second, office, share=0.55, agree=(0.7, 0.7, 0.7))
        _key_differently(second, office)
    return [first, second]


def made_up_rows(units: list[str], seed: int = 2019, size: int = 0) -> Iterator[Row]:
    """Households with names nobody has, the same for the same seed; `size` for each unit, else a few dozen."""
    dice, line = random.Random(seed), 1
    for unit in units:
        for number in range(1, (size or dice.randint(28, 64)) + 1):
            line += 1
            head = f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}"
            yield Row(line, "", unit, f"MH-{line:06}", head, f"Nhà số {number}")


@contextmanager
def _day_is(day: dt.date) -> Iterator[None]:
    """Let the site's today be another day while a part of the story is told."""
    before, settings.TODAY = settings.TODAY, day
    try:
        yield
    finally:
        settings.TODAY = before


def _villages(place: str, on: dt.date) -> list[str]:
    found = apparatus.reader(AsOf(on=on, today=on)).children([place], kinds.ADMINISTRATIVE)[place]
    return [row.unit for row in found if row.kind in kinds.VILLAGE_KINDS]


def _first_round(place: str, units: list[str], on: dt.date, office: Office, scheme: Scheme | None) -> Round:
    asked = rounds.Asked(
        place=place,
        scheme=scheme,
        title=_TITLE,
        question=_QUESTION,
        opens=on - 20 * _DAY,
        closes=on - 6 * _DAY,
        synthetic=True,
    )
    made = rounds.create_round(acting=office.first, asked=asked, units=units)
    upload = filling.preview_roll(
        acting=office.first,
        round_id=made.pk,
        units=units,
        name="danh-sach-minh-hoa.xlsx",
        rows=made_up_rows(units),
    )
    filling.confirm_roll(acting=office.first, upload_id=upload.pk)
    return _ready(made, office)


def _ready(made: Round, office: Office) -> Round:
    for roll in made.rolls.all():
        day = made.opens - 7 * _DAY
        rolls.post_roll(acting=office.first, roll=roll, posted_from=day, posted_at="Nhà văn hóa cộng đồng")
        rolls.approve_roll(acting=office.approver, roll=roll)
    return rounds.open_round(acting=office.approver, round_id=made.pk)


def _answer(held: Round, office: Office, *, share: float, agree: tuple[float, ...]) -> None:
    dice = random.Random(9)
    for roll, likely in zip(held.rolls.all(), agree, strict=False):
        lines = [line for line in roll.lines.all() if dice.random() < share]
        said = {line: _said(dice, likely) for line in lines}
        for line in lines[: 2 * len(lines) // 3]:
            ledger.answer_on_web(line=line, said=said[line])
        _paper(roll, {line.number: said[line] for line in lines[2 * len(lines) // 3 :]}, office)


def _said(dice: random.Random, likely: float) -> Said:
    words = dice.choice(_OPINIONS) if dice.random() < 0.12 else ""
    return Said("agree" if dice.random() < likely else "disagree", words)


def _paper(roll: Roll, forms: dict[int, Said], office: Office) -> None:
    choices = [one.choice for one in forms.values()]
    declared = {choice: choices.count(choice) for choice in ("agree", "disagree", "other", "invalid")}
    batch = paper.open_batch(acting=office.first, roll=roll, declared=declared, minutes=f"BB-{roll.pk}/MH")
    for officer in (office.first, office.second):
        paper.key_batch(acting=officer, batch=batch, forms=forms)
    paper.post_batch(acting=office.first, batch=batch)


def _key_differently(held: Round, office: Office) -> None:
    """A batch on one form of which the two entries differ, for somebody to settle."""
    roll = held.rolls.all()[0]
    silent = [line.number for line in roll.lines.filter(answers=None)[:3]]
    declared = {"agree": len(silent), "disagree": 0, "other": 0, "invalid": 0}
    batch = paper.open_batch(acting=office.first, roll=roll, declared=declared, minutes=f"BB-{roll.pk}b/MH")
    forms = dict.fromkeys(silent, Said("agree"))
    paper.key_batch(acting=office.first, batch=batch, forms=forms)
    paper.key_batch(acting=office.second, batch=batch, forms={**forms, silent[-1]: Said("disagree")})


def _finish(held: Round, office: Office) -> None:
    rounds.close_round(acting=office.approver, round_id=held.pk)
    written = Ballot.objects.filter(roll__round=held, standing=True).exclude(opinion="")
    for title, word, answer in _ANSWERS:
        handles = written.filter(opinion__contains=word, group=None).values_list("handle", flat=True)
        group = opinions.group_opinions(
            acting=office.first, round_id=held.pk, title=title, handles=list(handles)
        )
        opinions.answer_group(acting=office.first, group=group, answer=answer)
    rounds.publish(acting=office.approver, round_id=held.pk)
