"""A scheme's own page: who falls short, exceptions, planning runs and the variants they gave."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon.planner.forms import read_form
from tinhgon_web.core import asof, jobs
from tinhgon_web.core.models import Job
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import Scheme, SpecificFactor
from tinhgon_web.schemes.selectors import scheme as selector
from tinhgon_web.schemes.views.common import done, find, go, person, tried


@requires(Right.READ)
@require_safe
def show_scheme(request: HttpRequest, scheme: int) -> HttpResponse:
    """The scheme: its state, its variants in figures, its units in bands."""
    row = find(request, scheme)
    page = selector.page(row, asof.today(), request.rights, person(request).pk)  # type: ignore[attr-defined]  # given by the middleware
    wishes = (("buoc", _("Must be joined")), ("cam", _("Must not be joined")))
    shown = {"page": page, "scheme": row, "tab": "scheme", "wishes": wishes, "reasons": selector.reasons()}
    return render(request, "schemes/scheme.html", shown)


@requires(Right.EDIT)
@require_POST
def plan(request: HttpRequest, scheme: int) -> HttpResponse:
    """Start a planning run; its page shows how far it is."""
    row = find(request, scheme, Right.EDIT)
    if row.state != Scheme.State.DRAFTING:
        tried(request, lambda: _refuse(row))
        return go(request, "schemes:scheme", scheme)
    form = tried(request, lambda: read_form(_form(request)))
    if form is None:
        return go(request, "schemes:scheme", scheme)
    job = jobs.start(
        "schemes.plan",
        person(request),
        place=row.place,
        scheme=scheme,
        form=form,
        seed=_number(request, "hat-giong", 0),
        effort=_number(request, "cong-suc", None),
        forced=_pairs(request, "buoc"),
        forbidden=_pairs(request, "cam"),
        title=request.POST.get("ten", ""),
    )
    return _to_job(request, job)


def _refuse(row: Scheme) -> None:
    raise services.UnableToChange(row)


def _to_job(request: HttpRequest, job: Job) -> HttpResponse:
    return go(request, "jobs:job", job.pk)


def _form(request: HttpRequest) -> str:
    asked = request.POST.get("muc-tieu", "law")
    return f"target={request.POST.get('con', '')}" if asked == "target" else asked


def _number(request: HttpRequest, name: str, default: int | None) -> int | None:
    typed = request.POST.get(name, "").strip()
    if not typed:
        return default
    if not typed.isdecimal() or len(typed) > 6:
        raise BadRequest(_("'%(typed)s' is not a whole number") % {"typed": typed})
    return int(typed)


def _pairs(request: HttpRequest, name: str) -> list[list[str]]:
    """Pairs of units: the first of each pair from NAME-1, the second from NAME-2."""
    firsts, seconds = request.POST.getlist(f"{name}-1"), request.POST.getlist(f"{name}-2")
    return [[a, b] for a, b in zip(firsts, seconds, strict=False) if a and b]


@requires(Right.EDIT)
@require_POST
def withdraw(request: HttpRequest, scheme: int) -> HttpResponse:
    """Give the scheme up."""
    find(request, scheme, Right.EDIT)
    reason = request.POST.get("ly-do", "")
    return done(
        request,
        lambda: services.withdraw(acting=person(request), scheme=scheme, reason=reason),
        _("The scheme is withdrawn; its units are free for another."),
        "schemes:scheme",
        scheme,
    )


@requires(Right.EDIT)
@require_POST
def add_factor(request: HttpRequest, scheme: int) -> HttpResponse:
    """Except a unit, with its evidence."""
    row = find(request, scheme, Right.EDIT)
    file = request.FILES.get("tep")
    reason, unit = request.POST.get("ly-do", ""), request.POST.get("don-vi", "")
    if reason not in SpecificFactor.Reason.values or unit not in selector.unit_names(row):
        raise BadRequest(_("Choose a unit and a reason"))
    return done(
        request,
        lambda: services.add_factor(
            acting=person(request),
            scheme=scheme,
            unit=unit,
            reason=reason,
            note=request.POST.get("ghi-chu", ""),
            evidence=file.read(services.LARGEST_EVIDENCE + 1) if file else b"",
            name=file.name or "" if file else "",
        ),
        _("The exception is recorded; the next plan leaves the unit as it is."),
        "schemes:scheme",
        scheme,
    )


@requires(Right.EDIT)
@require_POST
def remove_factor(request: HttpRequest, scheme: int) -> HttpResponse:
    """Take an exception back."""
    find(request, scheme, Right.EDIT)
    unit = request.POST.get("don-vi", "")
    tried(request, lambda: services.remove_factor(acting=person(request), scheme=scheme, unit=unit))
    return go(request, "schemes:scheme", scheme)


@requires(Right.READ)
@require_safe
def show_evidence(request: HttpRequest, scheme: int, factor: int) -> HttpResponse:
    """The evidence of an exception, as a file to save."""
    row = find(request, scheme)
    found = get_object_or_404(SpecificFactor, pk=factor, scheme=row)
    response = HttpResponse(bytes(found.evidence), content_type=found.evidence_type)
    response.headers["Content-Disposition"] = 'attachment; filename="evidence"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
