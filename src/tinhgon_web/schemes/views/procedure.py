"""The procedure of a scheme: who holds it, since when, what is missing; taking a step, sending back."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon.procedure import words
from tinhgon.schemes import Grouping
from tinhgon_web.core import asof
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.documents.selectors import readable
from tinhgon_web.documents.sending import to_save
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import KeptVersion, Move, Paper
from tinhgon_web.schemes.posting import is_posted
from tinhgon_web.schemes.selectors.course import reminded, returned_on, standing
from tinhgon_web.schemes.selectors.scheme import stale, unit_names
from tinhgon_web.schemes.views.common import day, done, find, known, person


@requires(Right.READ)
@require_safe
def show_procedure(request: HttpRequest, scheme: int) -> HttpResponse:
    """The steps, what was done at each, what waits and what it lacks."""
    row = find(request, scheme)
    today = asof.today()
    page = {
        "scheme": row,
        "tab": "procedure",
        "today": today,
        "standing": standing(row, known(), today, request.rights, person(request).pk),  # type: ignore[attr-defined]  # given by the middleware
        "moves": row.moves.select_related("by").order_by("-number"),
        "versions": row.versions.select_related("by"),
        "returned_on": returned_on(row),
        "changes": stale(row),
        "reminder": reminded(row),
        "posted": is_posted(row.pk),
    }
    return render(request, "schemes/procedure.html", page)


@requires(Right.READ)
@require_POST
def take_step(request: HttpRequest, scheme: int) -> HttpResponse:
    """Take the step that waits; the service minds who may."""
    find(request, scheme)
    codes = {code: _sent(request, code) for code in words.PAPERS}
    papers = {code: request.POST.get(f"giay-{code}", "") for code in words.PAPERS}
    return done(
        request,
        lambda: services.take_step(
            acting=person(request),
            scheme=scheme,
            step=request.POST.get("buoc", ""),
            on=day(request, "ngay-buoc"),
            papers=papers,
            note=request.POST.get("ghi-chu", ""),
            sent={code: sent for code, sent in codes.items() if sent is not None},
            readable=readable(cast(Request, request).scope),
        ),
        _("The step is recorded."),
        "schemes:procedure",
        scheme,
    )


def _sent(request: HttpRequest, code: str) -> services.Sent | None:
    """What is handed in for a paper, None when nothing is."""
    upload, document = request.FILES.get(f"tep-{code}"), request.POST.get(f"van-ban-{code}", "").strip()
    return services.Sent(upload, document) if upload or document else None


@requires(Right.EDIT, Right.APPROVE)
@require_POST
def attach_paper(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Attach a paper to a step that was taken; the service minds who may."""
    move = get_object_or_404(
        Move.objects.select_related("scheme"), scheme=find(request, scheme), number=number
    )
    code = request.POST.get("giay", "")
    return done(
        request,
        lambda: services.attach_paper(
            acting=person(request),
            move=move,
            code=code,
            sent=_sent(request, code) or services.Sent(),
            readable=readable(cast(Request, request).scope),
        ),
        _("The paper is attached."),
        "schemes:procedure",
        scheme,
    )


@requires(Right.READ)
@require_safe
def send_paper(request: HttpRequest, scheme: int, paper: int) -> HttpResponseBase:
    """The file of a paper, for whoever may read the scheme."""
    papers = Paper.objects.select_related("file").exclude(file=None)
    found = get_object_or_404(papers, pk=paper, move__scheme=find(request, scheme))
    return to_save(cast(DocumentFile, found.file))


@requires(Right.EDIT)
@require_POST
def open_paper(request: HttpRequest, scheme: int, paper: int) -> HttpResponse:
    """Make a paper public, or private again."""
    row = get_object_or_404(Paper, pk=paper, move__scheme=find(request, scheme, Right.EDIT))
    is_to_be = request.POST.get("cong-khai") == "1"
    act = services.publish_paper if is_to_be else services.withdraw_paper
    said = _("The paper is public.") if is_to_be else _("The paper is private again.")
    return done(request, lambda: act(acting=person(request), paper=row.pk), said, "schemes:procedure", scheme)


@requires(Right.READ)
@require_POST
def send_back(request: HttpRequest, scheme: int) -> HttpResponse:
    """Send the scheme back with a reason; the service minds who may."""
    find(request, scheme)
    return done(
        request,
        lambda: services.send_back(
            acting=person(request),
            scheme=scheme,
            step=request.POST.get("buoc", ""),
            on=day(request, "ngay-buoc"),
            reason=request.POST.get("ly-do", ""),
        ),
        _("The scheme is sent back; what it was is kept as a version."),
        "schemes:procedure",
        scheme,
    )


@requires(Right.EDIT)
@require_POST
def recheck(request: HttpRequest, scheme: int) -> HttpResponse:
    """Confirm that the scheme still stands on the units as they are now."""
    find(request, scheme, Right.EDIT)
    return done(
        request,
        lambda: services.recheck(acting=person(request), scheme=scheme),
        _("The units are taken as they are now."),
        "schemes:procedure",
        scheme,
    )


@requires(Right.READ)
@require_safe
def show_version(request: HttpRequest, scheme: int, version: int) -> HttpResponse:
    """A version as it stood when it was sent back."""
    row = find(request, scheme)
    kept = get_object_or_404(KeptVersion.objects.select_related("by"), scheme=row, version=version)
    names = unit_names(row)
    groups = [
        (group, [names.get(unit, unit) for unit in group.members])
        for group in Grouping.from_json(kept.groups).groups
    ]
    page = {
        "scheme": row,
        "tab": "procedure",
        "kept": kept,
        "groups": groups,
        "returned_on": returned_on(row).get(version),
    }
    return render(request, "schemes/version.html", page)
