"""Rolls: one unit's roll, posting, approving, slips, corrections."""

from __future__ import annotations

import attrs
import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import forms
from tinhgon_web.consultation.models import Roll, RollLine, Round
from tinhgon_web.consultation.selectors.progress import last_day, participation
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.consultation.services import codes, ledger, rolls
from tinhgon_web.consultation.services.codes import Slip
from tinhgon_web.consultation.views.common import (
    acting,
    done,
    may,
    may_see_names,
    roll_for,
)
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.core.rights import requires
from tinhgon_web.core.roles import Right


@never_cache
@require_safe
@requires(Right.READ)
def show_roll(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """One unit's roll: who is on it (names for those who keep, approve or inspect it), who has answered, never what."""
    roll = roll_for(request, round_id, unit)
    lines = participation(roll)
    units = parents([unit], AsOf(on=roll.round.law_on, today=today()))
    page = {
        "roll": roll,
        "round": roll.round,
        "unit": units[unit],
        "above": units.get(units[unit].parent),
        "lines": lines,
        "answered": sum(one.answer is not None for one in lines),
        "batches": roll.batches.select_related("first_by", "second_by"),
        "names": may_see_names(request, unit),
        "uncoded": RollLine.objects.filter(roll=roll, code=None).count(),
        "post_form": forms.PostForm(),
        "batch_form": forms.BatchForm(),
        "correction_form": forms.CorrectionForm(),
        "may_edit": may(request, Right.EDIT, unit),
        "may_approve": may(request, Right.APPROVE, unit),
        "is_open": roll.round.state == Round.State.OPEN,
    }
    return render(request, "consultation/roll.html", page)


@require_POST
@requires(Right.EDIT)
def post_roll(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """Say since when and where the roll hangs."""
    roll, form = roll_for(request, round_id, unit, Right.EDIT), forms.PostForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise rolls.UnableToChangeRoll(
                "Ghi ngày niêm yết dạng 20/11/2019 và nơi niêm yết",
                "write the day, as 20/11/2019, and the place",
            )
        rolls.post_roll(acting=acting(request), roll=roll, **form.cleaned_data)

    return done(request, act, _("The roll is posted."), "consultation:roll", round_id, unit)


@require_POST
@requires(Right.APPROVE)
def approve_roll(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """Approve the roll."""
    roll = roll_for(request, round_id, unit, Right.APPROVE)
    return done(
        request,
        lambda: rolls.approve_roll(acting=acting(request), roll=roll),
        _("The roll is approved."),
        "consultation:roll",
        round_id,
        unit,
    )


@attrs.frozen(slots=True)
class PrintedSlip:
    """A slip with its QR code as a drawing."""

    slip: Slip
    qr: SafeString


@never_cache
@require_POST
@requires(Right.EDIT)
def print_slips(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """Issue codes and show them once, as slips to print; nothing can show them again."""
    roll = roll_for(request, round_id, unit, Right.EDIT)
    number = request.POST.get("so", "")
    try:
        slips = codes.issue_codes(
            acting=acting(request), roll=roll, number=int(number) if number.isdecimal() else None
        )
    except Refusal as refusal:
        return _refused_slips(request, roll, refusal)
    address = request.build_absolute_uri(reverse("ask:code"))
    units = parents([unit], AsOf(on=roll.round.law_on, today=today()))
    page = {
        "roll": roll,
        "round": roll.round,
        "unit": units[unit],
        "above": units.get(units[unit].parent),
        "slips": [PrintedSlip(slip, _qr(f"{address}#{slip.code}")) for slip in slips],
        "address": address.partition("://")[2],
        "last_day": last_day(roll.round),
    }
    return render(request, "consultation/slips.html", page)


def _qr(text: str) -> SafeString:
    """A QR code as SVG. The code stands behind the #, so that no server's log ever holds it."""
    drawing = segno.make(text, error="m", micro=False)
    return mark_safe(drawing.svg_inline(scale=2, border=2, svgclass="qr-code", lineclass=None, omitsize=True))


def _refused_slips(request: HttpRequest, roll: Roll, refusal: Refusal) -> HttpResponse:
    def act() -> None:
        raise refusal

    return done(request, act, "", "consultation:roll", roll.round_id, roll.unit)


@require_POST
@requires(Right.APPROVE)
def correct(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """Replace or withdraw a household's answer, with the reason."""
    roll, form = roll_for(request, round_id, unit, Right.APPROVE), forms.CorrectionForm(request.POST)

    def act() -> None:
        line = form.is_valid() and roll.lines.filter(number=form.cleaned_data["number"]).first()
        if not line:
            raise ledger.UnableToCorrect(
                "Ghi số thứ tự có trong danh sách, ý kiến đúng và lý do",
                "write a number that is on the roll, the right answer and the reason",
            )
        ledger.correct(acting=acting(request), line=line, said=form.said, reason=form.cleaned_data["reason"])

    return done(
        request, act, _("The answer is corrected; the trace stays."), "consultation:roll", round_id, unit
    )
