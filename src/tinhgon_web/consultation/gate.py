"""What the consultation says before a scheme may pass its step: enough people agreed, in every unit asked."""

from __future__ import annotations

from django.urls import reverse

from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.results import standing_results
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.schemes.gates import Lead, Verdict


def check(scheme: int) -> Verdict | None:
    """The verdict on a scheme; None where it was never asked about here (then its papers alone speak for it)."""
    last = Round.objects.filter(scheme=scheme).order_by("-number").first()
    if last is None:
        return None
    url = reverse("consultation:round", args=[last.pk])
    if last.state != Round.State.CLOSED:
        return Verdict(
            False,
            f"Lần lấy ý kiến thứ {last.number} chưa kết thúc",
            f"round {last.number} of the consultation is not closed",
            url,
        )
    standing = standing_results(scheme)
    failed = [unit for unit, result in standing.items() if not result.passed]
    if failed:
        named = apparatus.reader(AsOf(on=last.law_on, today=today())).units(failed)
        names = ", ".join(named[unit].name for unit in failed)
        return Verdict(
            False, f"Chưa đạt tỷ lệ tán thành: {names}", f"the share was not reached in {names}", url
        )
    units = len(standing)
    return Verdict(
        True, f"Đạt tỷ lệ tán thành ở cả {units} đơn vị", f"the share was reached in all {units} units", url
    )


def new_round_for(scheme: int) -> Lead:
    """Where a round about a scheme is set up."""
    url = f"{reverse('consultation:new')}?de-an={scheme}"
    return Lead("Tổ chức lấy ý kiến trên hệ thống", "Set up the consultation here", url)
