"""A variant: its groups in a list and on the map, edits by hand, why not otherwise."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors import variant as selector
from tinhgon_web.schemes.selectors import why
from tinhgon_web.schemes.views.common import find, go, person, tried

_EDITS = {
    "move": ("unit", "to"),
    "seat": ("unit",),
    "name": ("unit", "name"),
    "form": ("unit", "form"),
    "take": ("units", "groups"),
}


def _variant(scheme: Scheme, number: int) -> Variant:
    found = scheme.variants.select_related("base", "created_by").prefetch_related("edits")
    return get_object_or_404(found, number=number)


@requires(Right.READ)
@require_safe
def show_variant(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """A variant as it stands, re-checked."""
    row = find(request, scheme)
    page = selector.page(row, _variant(row, number))
    return render(request, "schemes/variant.html", {"page": page, "scheme": row, "tab": "scheme"})


@requires(Right.READ)
@require_safe
def download_certificate(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """What `tinhgon plan-check` verifies."""
    row = find(request, scheme)
    response = JsonResponse(_variant(row, number).certificate, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{scheme}-{number}.json"'
    return response


@requires(Right.READ)
@require_safe
def ask_why(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Why not one unit with another: the best plan in which they are joined, held against this one."""
    row = find(request, scheme)
    one, other = request.GET.get("a", ""), request.GET.get("b", "")
    page: dict[str, Any] = {"scheme": row, "number": number}
    try:
        page["answer"] = why.answer(row, _variant(row, number), one, other)
    except Refusal as refusal:
        page["refusal"] = refusal
    return render(request, "schemes/why.html", page)


@requires(Right.EDIT)
@require_POST
def choose(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Choose the variant that goes through the procedure."""
    row = find(request, scheme, Right.EDIT)
    _variant(row, number)
    tried(
        request,
        lambda: services.choose(acting=person(request), scheme=scheme, number=number),
        _("The variant is chosen."),
    )
    return go(request, "schemes:scheme", scheme)


@requires(Right.EDIT)
@require_POST
def copy(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """A copy to edit by hand."""
    row = find(request, scheme, Right.EDIT)
    _variant(row, number)
    made = tried(request, lambda: services.copy_variant(acting=person(request), scheme=scheme, number=number))
    return go(request, "schemes:variant", scheme, made.number if made else number)


@requires(Right.EDIT)
@require_POST
def edit(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Make one edit; the page comes back re-checked."""
    row = find(request, scheme, Right.EDIT)
    _variant(row, number)
    change = _change(request)
    made = tried(
        request, lambda: services.edit(acting=person(request), scheme=scheme, number=number, change=change)
    )
    return go(request, "schemes:variant", scheme, made.number if made else number)


def _change(request: HttpRequest) -> dict[str, Any]:
    fields = _EDITS.get(request.POST.get("do", ""))
    if fields is None:
        raise BadRequest(_("No such edit"))
    change: dict[str, Any] = {"do": request.POST["do"]}
    change |= {field: request.POST.get(field, "") for field in fields}
    if change["do"] == "take":
        try:
            change |= {field: json.loads(change[field]) for field in fields}
        except ValueError:
            raise BadRequest(_("No such edit")) from None
    return change


@requires(Right.EDIT)
@require_POST
def undo(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Undo the last edit."""
    row = find(request, scheme, Right.EDIT)
    _variant(row, number)
    tried(request, lambda: services.undo(acting=person(request), scheme=scheme, number=number))
    return go(request, "schemes:variant", scheme, number)


@requires(Right.EDIT)
@require_POST
def redo(request: HttpRequest, scheme: int, number: int) -> HttpResponse:
    """Do the edit undone last again."""
    row = find(request, scheme, Right.EDIT)
    _variant(row, number)
    tried(request, lambda: services.redo(acting=person(request), scheme=scheme, number=number))
    return go(request, "schemes:variant", scheme, number)
