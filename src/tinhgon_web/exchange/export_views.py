"""The whole register out, as an archive; and in, while the register is empty."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.apparatus import registers
from tinhgon_web.core import jobs
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import Job, User
from tinhgon_web.core.rights import Right, Rights, requires
from tinhgon_web.documents.services.filing import path_of
from tinhgon_web.exchange import services

KIND = "exports.register"


@requires(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest) -> HttpResponse:
    """What the archive holds; sent, it starts the job that makes it."""
    rights = cast(Request, request).rights
    if rights.places() is not None:
        raise PermissionDenied(
            _("The register is one chain and leaves as a whole: only who reads all of it may take it out.")
        )
    people = _administers(rights)
    if request.method == "POST":
        job = jobs.start(KIND, cast(User, request.user), people=people)
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
    page = {
        "people": people,
        "entries": registers.head()[0],
        "may_load": people,
        "most": settings.MOST_UPLOAD_BYTES >> 20,
    }
    return render(request, "exchange/export.html", page)


@requires(Right.READ)
@require_safe
def send_archive(request: HttpRequest, number: int) -> FileResponse:
    """The archive one's own job has made, as long as it is kept and the rights hold."""
    rights = cast(Request, request).rights
    mine = Job.objects.filter(acting=cast(Any, request.user), kind=KIND, state=Job.State.DONE)
    job = get_object_or_404(mine, pk=number)
    if rights.places() is not None or (job.args.get("people") and not _administers(rights)):
        raise PermissionDenied(_("Your rights have changed since; make a new archive."))
    path = path_of(job.result["stored"])
    if not path.is_file():
        raise Http404(_("The archive is no longer kept: they are dropped after a day. Make a new one."))
    name = f"so-bo-may-{job.created_at:%Y-%m-%d}.zip"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response.headers["Content-Type"] = "application/zip"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@requires(Right.ADMINISTER)
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Take an archive into the empty register."""
    if not _administers(cast(Request, request).rights):
        raise PermissionDenied(_("Only an administrator of the whole register may load one."))
    upload = request.FILES.get("tep")
    try:
        if isinstance(upload, UploadedFile):
            stored = services.keep_archive(acting=cast(User, request.user), upload=upload)
            job = jobs.start("imports.register", cast(User, request.user), stored=stored)
            return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
        messages.error(request, _("No file was chosen."))
    except Refusal as refusal:
        messages.error(request, refusal.message(get_language() or "vi"))
    return HttpResponseRedirect(reverse("exports:register"))


def _administers(rights: Rights) -> bool:
    return rights.may(Right.ADMINISTER) and rights.places(Right.ADMINISTER) is None
