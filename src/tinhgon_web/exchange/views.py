"""Bringing an Excel workbook in: send it, look at every row, mend, record as one group, undo."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon.registry.refusals import UnableToFold
from tinhgon.workbook.preview import REFUSED
from tinhgon.workbook.template import write_template
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.core.asof import Request, today
from tinhgon_web.core.job_views import shown as shown_job
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, Rights, requires
from tinhgon_web.exchange import selectors, services
from tinhgon_web.exchange.models import Import
from tinhgon_web.exchange.refused import write_refused

_A_PAGE, _TO_MEND = 100, 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFERED = 5000


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """The imports so far, and a form that takes a workbook in."""
    asked = cast(Request, request)
    status = 200
    if request.method == "POST":
        upload = request.FILES.get("tep")
        try:
            if isinstance(upload, UploadedFile):
                made = services.receive(acting=_user(request), upload=upload, place=_own_place(asked.rights))
                return _to_import(request, made)
            messages.error(request, _("No file was chosen."))
        except Refusal as refusal:
            messages.error(request, f"{upload.name if upload else ''}: {_said(refusal)}")
        status = 400
    found = selectors.imports(user=_user(request), rights=asked.rights)
    page = {
        "rows": Paginator(found, 30).get_page(request.GET.get("trang")),
        "most": settings.MOST_UPLOAD_BYTES >> 20,
    }
    return render(request, "exchange/imports.html", page, status=status)


@requires(Right.EDIT)
@require_safe
def show_import(request: HttpRequest, number: int) -> HttpResponse:
    """A workbook row by row: what is new, changed, held already or refused; refused rows can be mended here."""
    imported = _find(request, number)
    totals = selectors.totals(imported)
    wanted = request.GET.get("xem", "")
    state = wanted if wanted in selectors.STATES else next((one for one in totals if totals[one]), REFUSED)
    may_mend = state == REFUSED and imported.state == Import.State.CHECKED
    found = imported.rows.filter(state=state)
    rows = Paginator(found, _TO_MEND if may_mend else _A_PAGE).get_page(request.GET.get("trang"))
    job = selectors.job_of(imported)
    page = {
        "imported": imported,
        "job": shown_job(job) if job is not None else None,
        "totals": totals,
        "state": state,
        "rows": rows,
        "shown": [selectors.shown(row) for row in rows],
        "may_mend": may_mend,
        "to_record": totals["new"] + totals["changed"],
        "earlier": selectors.earlier(imported),
    }
    return render(request, "exchange/import.html", page)


@requires(Right.EDIT)
@require_POST
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """Take the cells typed for refused rows, and look at the workbook again."""
    imported = _find(request, number)
    cells: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        row, _dot, field = name.removeprefix("o-").partition("-")
        if name.startswith("o-") and row.isdigit() and len(row) < 18:
            cells.setdefault(int(row), {})[field] = str(value)
    try:
        mended = services.mend_rows(acting=_user(request), imported=imported, cells=cells)
    except Refusal as refusal:
        messages.error(request, _said(refusal))
    else:
        if not mended:
            messages.warning(request, _("Nothing was changed in these rows."))
    return _to_import(request, imported)


@requires(Right.EDIT)
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Record what the preview shows."""
    imported = _find(request, number)
    try:
        services.ask_to_record(
            acting=_user(request),
            imported=imported,
            seen=request.POST.get("seen", ""),
            leave_out=request.POST.get("bo-qua") == "1",
        )
    except Refusal as refusal:
        messages.error(request, _said(refusal))
    return _to_import(request, imported)


@requires(Right.EDIT)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Annul all that an import recorded, with a reason."""
    imported = _find(request, number)
    reason = " ".join(request.POST.get("ly-do", "").split())[:1000]
    if not reason:
        messages.error(request, _("Write why this import is undone: the journal keeps the reason."))
        return _to_import(request, imported)
    try:
        services.undo_import(acting=_user(request), imported=imported, reason=reason)
    except UnableToFold as refusal:
        said = _("Later entries rest on this import; annul them first: %(why)s") % {"why": _said(refusal)}
        messages.error(request, said)
    except Refusal as refusal:
        messages.error(request, _said(refusal))
    else:
        messages.success(request, _("Undone: one entry annuls all that this import recorded."))
    return _to_import(request, imported)


@requires(Right.EDIT)
@require_safe
def send_refused(request: HttpRequest, number: int) -> HttpResponse:
    """The refused rows with their reasons, to be mended in Excel and sent again."""
    imported = _find(request, number)
    rows = (selectors.shown(row) for row in imported.rows.filter(state=REFUSED))
    made = io.BytesIO()
    write_refused(rows, made, get_language() or "vi")
    return _workbook(made.getvalue(), f"bi-tu-choi-{imported.pk}.xlsx")


@requires(Right.EDIT)
@require_safe
def send_template(request: HttpRequest) -> HttpResponse:
    """The template, offering the units of the reader's places."""
    limits = scope_of(request, Right.EDIT, today())
    units = selectors.known_units(limits=limits, on=today())[:_OFFERED]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mau.xlsx"
        write_template(path, units)
        return _workbook(path.read_bytes(), "mau-nhap-lieu.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _find(request: HttpRequest, number: int) -> Import:
    found = selectors.imports(user=_user(request), rights=cast(Request, request).rights)
    return get_object_or_404(found, pk=number)


def _own_place(rights: Rights) -> str:
    places = rights.places(Right.EDIT)
    return min(places) if places else ""


def _said(refusal: Any) -> str:
    return str(refusal.message(get_language() or "vi"))


def _to_import(request: HttpRequest, imported: Import) -> HttpResponse:
    query = urlencode(cast(Request, request).asof.params)
    address = reverse("imports:import", args=[imported.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
