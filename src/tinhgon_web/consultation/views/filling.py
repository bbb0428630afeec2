"""Filling the rolls: a sheet uploaded, looked at row by row, confirmed; big ones by jobs."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon.workbook.guard import MOST_BYTES
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.consultation import forms, sheets
from tinhgon_web.consultation.models import RollUpload, Round
from tinhgon_web.consultation.selectors.filling import job_of, preview
from tinhgon_web.consultation.selectors.results import parents
from tinhgon_web.consultation.services import filling
from tinhgon_web.consultation.views.common import acting, done, round_for, words
from tinhgon_web.core import jobs
from tinhgon_web.core.asof import Request, today
from tinhgon_web.core.job_views import shown as shown_job
from tinhgon_web.core.models import Job
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
            job = _read(request, held, form)
        except Refusal as error:
            refusal = words(error)
        else:
            if job is not None:
                return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
    upload = RollUpload.objects.filter(round=held, by=acting(request)).first()
    job = job_of(upload)
    units = parents([*(upload.counts if upload else ()), *_mine(request, held)], cast(Request, request).asof)
    page = {
        "round": held,
        "form": form,
        "refusal": refusal,
        "upload": upload,
        "job": shown_job(job) if job is not None else None,
        "preview": preview(upload, units) if upload is not None and upload.sheet is None else None,
        "columns": [names[0] for names in sheets.COLUMNS.values()],
    }
    return render(request, "consultation/fill.html", page, status=422 if refusal else 200)


def _mine(request: HttpRequest, held: Round) -> list[str]:
    """The units of a round over whose rolls the person asking may write."""
    scope = scope_of(request, Right.EDIT, on=today())
    return [unit for unit in held.rolls.values_list("unit", flat=True) if scope.holds(unit)]


def _read(request: HttpRequest, held: Round, form: forms.UploadForm) -> Job | None:
    """Read a sheet at once; a big one by the job that is returned."""
    file, units, officer = form.cleaned_data["file"], _mine(request, held), acting(request)
    if file.size > MOST_BYTES:
        raise sheets.UnableToReadSheet("Tệp lớn quá 20 MB", "the file is larger than 20 MB")
    content = file.read()
    if file.size < filling.BIG_SHEET:
        rows = sheets.read_sheet(content)
        filling.preview_roll(acting=officer, round_id=held.pk, units=units, name=file.name, rows=rows)
        return None
    upload = filling.keep_sheet(acting=officer, round_id=held.pk, name=file.name, content=content)
    args = {"upload": upload.pk, "units": units, "round_id": held.pk}
    job = jobs.start("consultation.read", officer, place=held.place, **args)
    RollUpload.objects.filter(pk=upload.pk).update(job=job)
    return job


@require_POST
@requires(Right.EDIT)
def confirm_rolls(request: HttpRequest, round_id: int) -> HttpResponse:
    """Make the rolls hold what the sheet says: at once, or as a job where it says a lot."""
    held = round_for(request, round_id)
    upload = get_object_or_404(RollUpload, round=held, by=acting(request))
    if sum(upload.counts.values()) >= filling.BIG:
        job = jobs.start(
            "consultation.fill", acting(request), place=held.place, upload=upload.pk, round_id=held.pk
        )
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
    return done(
        request,
        lambda: filling.confirm_roll(acting=acting(request), upload_id=upload.pk),
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
