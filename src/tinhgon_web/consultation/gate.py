"""What the consultation says before a scheme may pass its step: people were asked, and enough agreed, in every unit."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from tinhgon.procedure import words
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.consultation.models import Roll, Round
from tinhgon_web.consultation.selectors.asked import left_out
from tinhgon_web.consultation.selectors.results import standing_results
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.schemes.gates import Lead, Verdict
from tinhgon_web.schemes.law import procedure_on
from tinhgon_web.schemes.models import Scheme


def check(scheme: int, on: dt.date) -> Verdict:
    """The verdict on a scheme whose consultation would be recorded on a day; papers alone never pass it."""
    row = Scheme.objects.get(pk=scheme)
    last = Round.objects.filter(scheme=row, version=row.version).order_by("-number").first()
    if last is None:
        return _not_asked(row, on)
    if last.closed_at is None:
        return _no(
            last,
            f"Lần lấy ý kiến thứ {last.number} chưa kết thúc: chờ kết thúc rồi ghi nhận",
            f"round {last.number} of the consultation is not closed: wait until it is",
        )
    ended = timezone.localtime(last.closed_at).date()
    if on < ended:
        return _no(
            last,
            f"Đợt lấy ý kiến kết thúc ngày {ended:%d/%m/%Y}: không ghi nhận bước này trước ngày đó",
            f"the consultation ended on {ended}: the step cannot be dated before it",
        )
    return _counted(row, last)


def _counted(scheme: Scheme, last: Round) -> Verdict:
    rolled = Roll.objects.filter(round__scheme=scheme, round__version=scheme.version)
    missing = left_out(scheme, rolled.values_list("unit", flat=True), last.law_on)
    if missing:
        named = ", ".join(missing.values())
        return _no(last, f"Chưa lấy ý kiến ở: {named}", f"nobody was asked in {named}")
    standing = standing_results(scheme)
    failed = [unit for unit, result in standing.items() if not result.passed]
    if failed:
        found = apparatus.reader(AsOf(on=last.law_on, today=today())).units(failed)
        named = ", ".join(found[unit].name for unit in failed)
        return _no(last, f"Chưa đạt tỷ lệ tán thành: {named}", f"the share was not reached in {named}")
    units = len(standing)
    return Verdict(
        True,
        f"Đạt tỷ lệ tán thành ở cả {units} đơn vị",
        f"the share was reached in all {units} units",
        _page(last),
    )


def _not_asked(scheme: Scheme, on: dt.date) -> Verdict:
    step = procedure_on(scheme.kind)(on).find(words.CONSULTATION)
    rule = f" ({step.cite('procedure_order')[0]})" if step else ""
    return Verdict(
        False,
        f"Chưa lấy ý kiến về bản thứ {scheme.version} của đề án: biên bản không thay được kết quả lấy ý kiến{rule}. "
        "Mở đợt lấy ý kiến cho mọi đơn vị trong đề án; phiếu giấy cũng nhập vào đợt đó",
        f"nobody was asked about version {scheme.version} of the scheme: papers do not stand in for answers{rule}. "
        "Set up a round for every unit of the scheme; answers on paper are keyed into it",
    )


def _no(last: Round, vi: str, en: str) -> Verdict:
    return Verdict(False, vi, en, _page(last))


def _page(held: Round) -> str:
    return reverse("consultation:round", args=[held.pk])


def new_round_for(scheme: int) -> Lead:
    """Where a round about a scheme is set up."""
    url = f"{reverse('consultation:new')}?de-an={scheme}"
    return Lead("Tổ chức lấy ý kiến trên hệ thống", "Set up the consultation here", url)


def is_posted(scheme: int) -> bool:
    """Whether people were ever asked about a scheme: its rolls hung and a round was opened."""
    return Round.objects.filter(scheme=scheme).exclude(state=Round.State.DRAFT).exists()
