"""Paper forms: declared, keyed by two officers apart, differences settled, posted into the one ledger."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from tinhgon.consultation import Tally
from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments
from tinhgon_web.consultation.models import Answer, Batch, Keyed, Roll
from tinhgon_web.consultation.selectors import paper
from tinhgon_web.consultation.services.ledger import Said, check_open, record_on_paper
from tinhgon_web.consultation.words import KEYED_CHOICES
from tinhgon_web.core import audit
from tinhgon_web.core.models import User

_MAY_BE_KEYED = {choice for choice, _words in KEYED_CHOICES}


class UnableToKeyBatch(Refusal):
    """A batch of forms breaks a rule of double entry; says which."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


def open_batch(*, acting: User, roll: Roll, declared: Mapping[str, int], minutes: str = "") -> Batch:
    """Take in a bundle of forms with the totals of its signed minutes (agree, disagree, other, invalid).

    Raises:
        UnableToAnswer: the round is not open.
        UnableToTally: with the roll's other batches there are more forms than people on the roll.
    """
    with transaction.atomic():
        roll = Roll.objects.select_for_update().select_related("round").get(pk=roll.pk)
        check_open(roll.round)
        _check_fits(roll, declared, None)
        number = (roll.batches.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Batch.objects.create(roll=roll, number=number, minutes=minutes, **declared)
        audit.write(acting=acting, verb="open", what=made, after=dict(declared), place=roll.unit)
    return made


def redeclare(*, acting: User, batch: Batch, declared: Mapping[str, int], reason: str) -> Batch:
    """Correct the totals taken from the minutes, with the reason.

    Raises:
        UnableToKeyBatch: no reason is given, or the batch is posted.
        UnableToTally: there are more forms than people on the roll.
    """
    if not reason.strip():
        raise UnableToKeyBatch("Ghi lý do sửa số của biên bản", "say why the totals are corrected")
    with transaction.atomic():
        held = _held(batch)
        _check_fits(held.roll, declared, held)
        before = held.declared
        for choice, count in declared.items():
            setattr(held, choice, count)
        held.save(update_fields=list(declared))
        after = {**declared, "reason": reason.strip()}
        audit.write(
            acting=acting, verb="redeclare", what=held, before=before, after=after, place=held.roll.unit
        )
    return held


def key_batch(*, acting: User, batch: Batch, forms: Mapping[int, Said]) -> int:
    """Take one officer's whole entry; a second time replaces their own. Returns which entry it is, 1 or 2.

    Raises:
        UnableToKeyBatch: two others have keyed it, a number is not on the roll, or nothing is keyed.
    """
    with transaction.atomic():
        held = _held(batch)
        check_open(held.roll.round)
        entry = _entry_of(held, acting)
        known = set(held.roll.lines.values_list("number", flat=True))
        if strangers := sorted(forms.keys() - known):
            listed = ", ".join(map(str, strangers[:10]))
            raise UnableToKeyBatch(
                f"Số {listed} không có trong danh sách", f"not on the roll: number {listed}"
            )
        if not forms:
            raise UnableToKeyBatch("Chưa nhập phiếu nào", "no form is keyed")
        held.keyed.filter(entry__in=[entry, paper.SETTLED]).delete()
        Keyed.objects.bulk_create(
            Keyed(batch=held, entry=entry, number=number, choice=said.choice, opinion=said.opinion, by=acting)
            for number, said in sorted(forms.items())
        )
        audit.write(
            acting=acting, verb=f"key {entry}", what=held, after={"forms": len(forms)}, place=held.roll.unit
        )
    return entry


def settle(*, acting: User, batch: Batch, choices: Mapping[int, str]) -> Batch:
    """Decide forms on which the entries differ, or leave them out of the batch.

    Raises:
        UnableToKeyBatch: the entries do not differ there, the household has answered elsewhere and the form is
            not left out, or the batch is not keyed twice.
    """
    with transaction.atomic():
        held = _held(batch)
        _check_keyed_twice(held)
        differing = {one.number: one for one in paper.compare(held).differences}
        for number, choice in choices.items():
            _check_settlement(differing.get(number), number, choice)
        held.keyed.filter(entry=paper.SETTLED, number__in=choices).delete()
        Keyed.objects.bulk_create(
            Keyed(batch=held, entry=paper.SETTLED, number=number, choice=choice, by=acting)
            for number, choice in sorted(choices.items())
        )
        after = {"numbers": sorted(choices)}
        audit.write(acting=acting, verb="settle", what=held, after=after, place=held.roll.unit)
    return held


def post_batch(*, acting: User, batch: Batch) -> int:
    """Write a batch on which both entries and the minutes agree into the ledger; the keyed forms are then erased.

    Raises:
        UnableToKeyBatch: it is not keyed twice, or something still differs.
        UnableToAnswer, UnableToAnswerTwice: the ledger refuses.
    """
    with transaction.atomic():
        held = _held(batch)
        check_open(held.roll.round)
        _check_keyed_twice(held)
        comparison = paper.compare(held)
        if not comparison.agrees:
            raise UnableToKeyBatch(
                f"Còn {len(comparison.open_differences)} phiếu lệch và {len(comparison.totals)} tổng số lệch với "
                "biên bản",
                f"{len(comparison.open_differences)} forms differ, {len(comparison.totals)} totals differ from the "
                "minutes",
            )
        lines = {line.number: line for line in held.roll.lines.filter(number__in=comparison.forms)}
        opinions = _opinions(held)
        said = [(lines[n], Said(choice, opinions.get(n, ""))) for n, choice in comparison.forms.items()]
        posted = record_on_paper(acting=acting, batch=held, answers=said)
        held.keyed.all().delete()
        held.state, held.posted_by, held.posted_at = Batch.State.POSTED, acting, moments.now()
        held.save(update_fields=["state", "posted_by", "posted_at"])
        after = {"forms": len(posted)}
        audit.write(acting=acting, verb="post forms", what=held, after=after, place=held.roll.unit)
    return len(posted)


def drop_batch(*, acting: User, batch: Batch, reason: str) -> Batch:
    """Set a batch aside before it is posted; what was keyed is erased.

    Raises:
        UnableToKeyBatch: no reason is given, or it is posted.
    """
    if not reason.strip():
        raise UnableToKeyBatch("Ghi lý do bỏ tập phiếu", "say why the batch is set aside")
    with transaction.atomic():
        held = _held(batch)
        held.keyed.all().delete()
        held.state = Batch.State.DROPPED
        held.save(update_fields=["state"])
        after = {"reason": reason.strip()}
        audit.write(acting=acting, verb="drop", what=held, after=after, place=held.roll.unit)
    return held


def _held(batch: Batch) -> Batch:
    held = Batch.objects.select_for_update(of=("self",)).select_related("roll__round").get(pk=batch.pk)
    if held.state != Batch.State.KEYING:
        raise UnableToKeyBatch("Tập phiếu đã ghi vào sổ hoặc đã bỏ", "the batch is posted or set aside")
    return held


def _entry_of(held: Batch, acting: User) -> int:
    if held.first_by_id in (None, acting.pk):
        held.first_by = acting
    elif held.second_by_id in (None, acting.pk):
        held.second_by = acting
    else:
        raise UnableToKeyBatch("Hai người khác đã nhập tập phiếu này", "two others have keyed this batch")
    held.save(update_fields=["first_by", "second_by"])
    return paper.FIRST if held.first_by_id == acting.pk else paper.SECOND


def _check_keyed_twice(held: Batch) -> None:
    if held.first_by_id is None or held.second_by_id is None:
        raise UnableToKeyBatch(
            "Tập phiếu phải do hai người khác nhau nhập", "a batch must be keyed by two different officers"
        )


def _check_settlement(difference: paper.Difference | None, number: int, choice: str) -> None:
    if difference is None or choice not in _MAY_BE_KEYED:
        raise UnableToKeyBatch(
            f"Phiếu số {number} không lệch, không cần quyết định", f"the entries agree on form {number}"
        )
    if difference.receipt and choice != "left_out":
        raise UnableToKeyBatch(
            f"Hộ số {number} đã trả lời (biên nhận {difference.receipt}): chỉ có thể bỏ phiếu này ra khỏi tập",
            f"household {number} has answered (receipt {difference.receipt}): the form can only be left out",
        )


def _check_fits(roll: Roll, declared: Mapping[str, int], batch: Batch | None) -> None:
    """The forms posted, those being keyed and these are no more than the people on the roll."""
    size = roll.lines.count()
    Tally(size, **declared)
    waiting = roll.batches.filter(state=Batch.State.KEYING).exclude(pk=batch.pk if batch else 0)
    posted = Answer.objects.filter(line__roll=roll, standing=True, path=Answer.Path.PAPER).count()
    forms = posted + sum(sum(one.declared.values()) for one in waiting) + sum(declared.values())
    Tally(size, invalid=forms)


def _opinions(held: Batch) -> dict[int, str]:
    keyed = paper.entries(held)
    return {
        number: one.opinion
        for entry in (paper.SECOND, paper.FIRST)
        for number, one in keyed[entry].items()
        if one.opinion
    }
