"""The list of schemes, and starting one from a place and a day."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.core import asof
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors import listing, shortage
from tinhgon_web.schemes.selectors.lacking import lacking
from tinhgon_web.schemes.views.common import go, known, person, tried


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("loai") or request.GET.get("loai", "")
    return asked if asked in Scheme.Kind.values else Scheme.Kind.VILLAGE.value


@requires(Right.READ)
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """The schemes of the places one may read, the latest first."""
    state = request.GET.get("trang-thai", "")
    rows = Scheme.objects.select_related("chosen").prefetch_related("chosen__edits")
    if state in Scheme.State.values:
        rows = rows.filter(state=state)
    rows = cast(Request, request).scope.limit(rows, "place")
    page = {
        "lines": listing.lines(rows, known(), asof.today()),
        "today": asof.today(),
        "state": state,
        "states": Scheme.State.values,
    }
    return render(request, "schemes/list.html", page)


@requires(Right.READ)
@require_safe
def show_lacking(request: HttpRequest) -> HttpResponse:
    """The papers without a file of the schemes one may read."""
    rows = cast(Request, request).scope.limit(Scheme.objects.all(), "place")
    return render(request, "schemes/lacking.html", {"lines": lacking(rows)})


@requires(Right.EDIT)
@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    """Where units fall short, and of one place which ones."""
    on, kind, place = cast(Request, request).asof.on, _kind(request), request.GET.get("noi", "")
    scope, register = scope_of(request, Right.EDIT), known()
    page: dict[str, object] = {"kind": kind, "kinds": Scheme.Kind.values}
    if place in register.units:
        scope.check(place)
        unit = register.units[place]
        page |= {
            "place": place,
            "place_name": unit.name(on),
            "bands": shortage.bands(register, kind, place, on),
            "title": _title(kind, _within(unit.name(on))),
        }
    else:
        found = shortage.places(register, kind, on)
        page["places"] = [one for one in found if scope.holds(one.unit)]
        page["above"] = [one for one in shortage.above(register, found, on) if scope.holds(one.unit)]
    return render(request, "schemes/start.html", page)


def _within(name: str) -> str:
    """The name of a place within a sentence: "xã Quảng Sơn"."""
    return f"{name[:1].lower()}{name[1:]}"


def _title(kind: str, name: str) -> str:
    if kind == Scheme.Kind.COMMUNE:
        return _("Scheme to reorganise the communes of %(place)s") % {"place": name}
    return _("Scheme to reorganise the villages of %(place)s") % {"place": name}


@requires(Right.EDIT)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a scheme."""
    place, kind, on = request.POST.get("noi", ""), _kind(request), cast(Request, request).asof.on
    scope_of(request, Right.EDIT).check(place)
    title = request.POST.get("ten", "")
    made = tried(
        request,
        lambda: services.start_scheme(acting=person(request), kind=kind, place=place, on=on, title=title),
    )
    if made is None:
        return go(request, "schemes:start", noi=place, loai=kind)
    return go(request, "schemes:scheme", made.pk)
