"""Rolls: a sheet looked at and confirmed, one unit's roll, posting, approving, slips, corrections."""

from __future__ import annotations

from typing import cast

import attrs
import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon.workbook.guard import MOST_BYTES
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.consultation import forms, sheets
from tinhgon_web.consultation.models import Roll, RollLine, RollUpload, Round
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
    round_for,
    words,
)
from tinhgon_web.core import jobs
from tinhgon_web.core.asof import AsOf, Request, today
from tinhgon_web.core.rights import requires
from tinhgon_web.core.roles import Right

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT)
def fill_rolls(request: HttpRequest, round_id: int) -> HttpResponse:
    """Upload a sheet and look at what it says, row by row, before anything is changed."""
    held, refusal = round_for(request, round_id), ""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _read(request, held, form)
        except Refusal as error:
            refusal = words(error)
    upload = RollUpload.objects.filter(round=held, by=acting(request)).first()
    units = parents([*(upload.counts if upload else ()), *_mine(request, held)], cast(Request, request).asof)
    page = {
        "round": held,
        "form": form,
        "refusal": refusal,
        "upload": upload,
        "total": sum(upload.counts.values()) if upload else 0,
        "counts": [(units[unit], count) for unit, count in upload.counts.items()] if upload else [],
        "columns": [names[0] for names in sheets.COLUMNS.values()],
    }
    return render(request, "consultation/fill.html", page, status=422 if refusal else 200)


def _mine(request: HttpRequest, held: Round) -> list[str]:
    """The units of a round over whose rolls the person asking may write."""
    scope = scope_of(request, Right.EDIT, on=today())
    return [unit for unit in held.rolls.values_list("unit", flat=True) if scope.holds(unit)]


def _read(request: HttpRequest, held: Round, form: forms.UploadForm) -> None:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise sheets.UnableToReadSheet("Tệp lớn quá 20 MB", "the file is larger than 20 MB")
    rows = sheets.read_sheet(file.read())
    rolls.preview_roll(
        acting=acting(request), round_id=held.pk, units=_mine(request, held), name=file.name, rows=rows
    )


@require_POST
@requires(Right.EDIT)
def confirm_rolls(request: HttpRequest, round_id: int) -> HttpResponse:
    """Make the rolls hold what the sheet says: at once, or as a job where it says a lot."""
    held = round_for(request, round_id)
    upload = get_object_or_404(RollUpload, round=held, by=acting(request))
    if sum(upload.counts.values()) >= rolls.BIG:
        job = jobs.start(
            "consultation.fill", acting(request), place=held.place, upload=upload.pk, round_id=held.pk
        )
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
    return done(
        request,
        lambda: rolls.confirm_roll(acting=acting(request), upload_id=upload.pk),
        _("The rolls are filled."),
        "consultation:round",
        held.pk,
    )


@require_safe
@requires(Right.EDIT)
def empty_sheet(request: HttpRequest, round_id: int) -> HttpResponse:
    """The form of a roll to fill in, with the villages asked."""
    held = round_for(request, round_id)
    mine = _mine(request, held)
    units = parents(mine, cast(Request, request).asof)
    villages = [
        (units[units[unit].parent].name if units[unit].parent else "", units[unit].name) for unit in mine
    ]
    response = HttpResponse(sheets.empty_sheet(villages), content_type=_XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="danh-sach-ho.xlsx"'
    return response


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
