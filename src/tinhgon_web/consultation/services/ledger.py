"""The one ledger: every answer, web or paper, is written here and nowhere else."""

from __future__ import annotations

import datetime as dt

import attrs
from django.db import IntegrityError, transaction
from django.utils import timezone

from tinhgon.dates import format_date_vi
from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments, secrecy
from tinhgon_web.consultation.models import Answer, Ballot, Batch, RollLine, Round
from tinhgon_web.consultation.words import CHOICES
from tinhgon_web.core import audit
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User

LONGEST_OPINION = 2000
_MAY_BE_SAID = {choice for choice, _words in CHOICES}


class UnableToAnswer(Refusal):
    """The round takes no answers now."""

    def __init__(self, opens: dt.date, closes: dt.date, on: dt.date) -> None:
        last = closes - dt.timedelta(days=1)
        early = on < opens
        super().__init__(
            f"Chưa đến thời gian lấy ý kiến: nhận từ {format_date_vi(opens)}"
            if early
            else f"Đợt lấy ý kiến đã kết thúc, hạn đến hết {format_date_vi(last)}. Ý kiến gửi sau không được tính",
            f"answers are taken from {opens}"
            if early
            else f"the consultation has ended, answers were taken until {last}; a later one does not count",
        )
        self.opens, self.closes, self.on = opens, closes, on


class UnableToAnswerTwice(Refusal):
    """The household has a standing answer already."""

    def __init__(self, number: int, receipt: str = "", path: str = "", at: dt.datetime | None = None) -> None:
        when = timezone.localtime(at) if at else None
        how_vi, how_en = {
            "web": (" trên web", " on the web"),
            "paper": (" bằng phiếu giấy", " on paper"),
        }.get(path, ("", ""))
        super().__init__(
            f"Hộ số {number} đã trả lời{how_vi}{f' lúc {when:%H:%M ngày %d/%m/%Y}' if when else ''}"
            f"{f', biên nhận {receipt}' if receipt else ''}. Mỗi hộ trả lời một lần; cần sửa thì đến Ủy ban nhân "
            "dân cấp xã",
            f"household {number} answered{how_en}{f' on {when:%Y-%m-%d %H:%M}' if when else ''}"
            f"{f', receipt {receipt}' if receipt else ''}; a household answers once, and only the commune corrects it",
        )
        self.number, self.receipt, self.path, self.at = number, receipt, path, at


class UnableToCorrect(Refusal):
    """There is nothing to correct, or no reason is given."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


@attrs.frozen(slots=True)
class Said:
    """What a household said: a choice, and an opinion in its own words ("" for none)."""

    choice: str
    opinion: str = ""

    def __attrs_post_init__(self) -> None:
        if self.choice not in _MAY_BE_SAID or len(self.opinion) > LONGEST_OPINION:
            raise UnableToCorrect(
                f"Chọn một ý kiến trong phiếu; ý kiến khác không quá {LONGEST_OPINION} ký tự",
                f"choose one of the answers of the form; an opinion has at most {LONGEST_OPINION} characters",
            )


def check_open(held: Round) -> None:
    """Refuse a round that takes no answers today.

    Raises:
        UnableToAnswer: it is not open.
    """
    if held.state != Round.State.OPEN or not held.opens <= today() < held.closes:
        raise UnableToAnswer(held.opens, held.closes, today())


def answer_on_web(*, line: RollLine, said: Said) -> Answer:
    """Take a household's answer from the web. Its audit line is the answer itself: nobody of the office acted.

    Raises:
        UnableToAnswer: the round is not open.
        UnableToAnswerTwice: the household has answered, whatever the path.
    """
    check_open(line.roll.round)  # should it close in this moment, the database refuses what follows
    return _record(line, said, path=Answer.Path.WEB, by=None, batch=None)


def correct(*, acting: User, line: RollLine, said: Said | None, reason: str) -> Answer | None:
    """Replace a household's standing answer, or withdraw it (`said` None); the old one stays as a trace.

    Raises:
        UnableToAnswer: the round is not open.
        UnableToCorrect: the household has not answered, or no reason is given.
    """
    if not reason.strip():
        raise UnableToCorrect("Ghi lý do sửa", "say why the answer is corrected")
    with transaction.atomic():
        check_open(_round_of(line))
        standing = Answer.objects.select_for_update().filter(line=line, standing=True).first()
        if standing is None:
            raise UnableToCorrect("Hộ này chưa trả lời", "this household has not answered")
        _withdraw(standing, acting, reason.strip())
        made = _record(line, said, path=Answer.Path.PAPER, by=acting, batch=None) if said else None
        after = {"seq": standing.seq, "by": made.receipt if made else None}
        audit.write(acting=acting, verb="correct", what=standing, after=after, place=line.roll.unit)
    return made


def record_on_paper(*, acting: User, batch: Batch, answers: list[tuple[RollLine, Said]]) -> list[Answer]:
    """Write a batch's answers; called inside the transaction that posts the batch.

    Raises:
        UnableToAnswerTwice: one of the households has answered.
    """
    return [
        _record(line, said, path=Answer.Path.PAPER, by=acting, batch=batch)
        for line, said in sorted(answers, key=lambda one: one[0].number)
    ]


def _round_of(line: RollLine) -> Round:
    """The round as it is now, not as it was when the line was read."""
    return Round.objects.get(rolls=line.roll_id)


def _record(line: RollLine, said: Said, *, path: str, by: User | None, batch: Batch | None) -> Answer:
    earlier = list(Answer.objects.filter(line=line).order_by("seq"))
    standing = next((one for one in earlier if one.standing), None)
    if standing is not None:
        raise UnableToAnswerTwice(line.number, standing.receipt, standing.path, standing.at)
    answer = Answer(
        line=line,
        seq=len(earlier) + 1,
        path=path,
        batch=batch,
        receipt=secrecy.new_receipt(),
        nonce=secrecy.new_nonce(),
        at=moments.now(),
        by=by,
    )
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
            _cast(line, said, answer)
    except IntegrityError as error:
        raise _refused(line, error) from error
    return answer


def _cast(line: RollLine, said: Said, answer: Answer) -> None:
    handle = secrecy.handle_of(answer.nonce)
    Ballot(handle=handle, roll_id=line.roll_id, choice=said.choice, opinion=said.opinion).save(
        force_insert=True
    )


def _refused(line: RollLine, error: IntegrityError) -> Refusal | IntegrityError:
    """The refusal the database's own means: another process answered first, or the round has just been closed."""
    round_ = _round_of(line)
    if round_.state != Round.State.OPEN:
        return UnableToAnswer(round_.opens, round_.closes, max(today(), round_.closes))
    standing = Answer.objects.filter(line=line, standing=True).first()
    if standing is None:
        return error
    return UnableToAnswerTwice(line.number, standing.receipt, standing.path, standing.at)


def _withdraw(standing: Answer, acting: User, reason: str) -> None:
    Ballot.objects.filter(handle=secrecy.handle_of(standing.nonce)).update(standing=False)
    standing.standing = False
    standing.superseded_at, standing.superseded_by, standing.reason = moments.now(), acting, reason
    standing.save(update_fields=["standing", "superseded_at", "superseded_by", "reason"])
