"""The pages of the doors."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon import text
from tinhgon.registry import events
from tinhgon_web.apparatus import selectors
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.apparatus.selectors import history
from tinhgon_web.core.asof import KNOWN, ON, Request, today
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.documents.models import Document
from tinhgon_web.doors import names
from tinhgon_web.doors.changing import CHANGES, FACTUAL, STAFFING
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.flow import UnableToFindWay, Way, go, way_to
from tinhgon_web.doors.rectifying import Annul, Correct, Duplicate
from tinhgon_web.doors.reorganising import ACTS

_SUGGESTED = 12
_LISTED = 60


def _asked(request: HttpRequest) -> Request:
    return cast(Request, request)


def _way(
    request: HttpRequest, door: type[Door], named: names.Named, unit: str = "", seq: int | None = None
) -> Way:
    try:
        way = way_to(request, door, str(named[0]), str(named[1]), unit, seq)
    except UnableToFindWay as missing:
        raise Http404(str(missing)) from missing
    scope = scope_of(request, Right.EDIT, today())
    if way.unit is not None:
        scope.check(way.unit.id)
    elif not scope.everything:
        raise Http404
    return way


def _through(
    request: HttpRequest, door: type[Door], named: names.Named, unit: str = "", seq: int | None = None
) -> HttpResponse:
    """The door, on all records: what is written goes to their end."""
    if _asked(request).asof.known_on is not None:
        query = request.GET.copy()
        query.pop(KNOWN, None)
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
    return go(request, _way(request, door, named, unit, seq))


@requires(Right.EDIT)
@require_safe
def show_doors(request: HttpRequest, unit: str) -> HttpResponse:
    """All doors of a unit, kept apart by what they mean."""
    way = _way(request, Duplicate, names.DUPLICATE, unit)
    register = way.standing.register
    known = selectors.reader(_asked(request).asof).mentions(unit)
    page = {
        "unit": way.unit,
        "changes": [(door.what, *names.CHANGES[door.what]) for door in FACTUAL],
        "staffing": [(door.what, *names.CHANGES[door.what]) for door in STAFFING],
        "acts": [(what, *names.ACTS[what]) for what in ACTS],
        "lines": history.lines(known[-_LISTED:], register)[::-1],
        "more": max(0, len(known) - _LISTED),
    }
    return render(request, "doors/doors.html", page)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, unit: str, what: str) -> HttpResponse:
    """The world moved."""
    if what not in CHANGES:
        raise Http404
    return _through(request, CHANGES[what], names.CHANGES[what], unit)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def reorganise(request: HttpRequest, unit: str, act: str) -> HttpResponse:
    """An act turned units into others."""
    if act not in ACTS:
        raise Http404
    return _through(request, ACTS[act], names.ACTS[act], unit)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, unit: str) -> HttpResponse:
    """Two records of one unit."""
    return _through(request, Duplicate, names.DUPLICATE, unit)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, seq: int) -> HttpResponse:
    """An entry was wrong."""
    way = _way(request, Correct, names.CORRECT, seq=seq)
    entry = way.standing.entry
    if entry is None or isinstance(entry[1], events.CONTROLS):
        raise Http404(_("A correction or an annulment is not corrected: it is annulled."))
    if seq not in way.standing.register.event_by_seq:
        raise Http404(_("Entry %(seq)s is annulled: there is nothing left to correct.") % {"seq": seq})
    return _through(request, Correct, names.CORRECT, seq=seq)


@requires(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def annul(request: HttpRequest, seq: int) -> HttpResponse:
    """An entry, or all that hang together with it, never held."""
    return _through(request, Annul, names.ANNUL, seq=seq)


@requires(Right.EDIT)
@require_safe
def suggest_units(request: HttpRequest) -> HttpResponse:
    """Units that match what is being typed, as options."""
    asked = _asked(request)
    words = text.fold(_typed(request)).split()
    reader = selectors.reader(asked.asof)
    rows = reader.search(words, _SUGGESTED) if words else []
    places = reader.units(row.parent or row.party_parent for row in rows)
    found = [
        (f"{row.unit} · {row.name}", places.get(row.parent or row.party_parent))
        for row in rows
        if asked.scope.holds(row.unit)
    ]
    options = [(value, place.name if place else "") for value, place in found]
    return render(request, "doors/options.html", {"options": options})


@requires(Right.EDIT)
@require_safe
def suggest_documents(request: HttpRequest) -> HttpResponse:
    """Documents that match what is being typed, as options."""
    found = Document.objects.all()
    for word in text.fold(_typed(request)).split():
        found = found.filter(folded__contains=word)
    options = [(f"{one.pk} · {one.number}", one.title) for one in found[:_SUGGESTED]]
    return render(request, "doors/options.html", {"options": options})


def _typed(request: HttpRequest) -> str:
    """What stands in the field that asks, whatever it is called."""
    return next((str(value) for name, value in request.GET.items() if name not in (ON, KNOWN)), "")
