"""Pages of the apparatus: the tree, a search, a unit, an entry of the journal."""

from __future__ import annotations

import json
from typing import cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon import text
from tinhgon.registry import kinds
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import selectors
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.apparatus.schemes_of import schemes_of
from tinhgon_web.apparatus.selectors import days, history
from tinhgon_web.apparatus.selectors.tree import branch, flat, tree
from tinhgon_web.apparatus.selectors.unit import unit_page
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Limits, Right, requires
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.selectors import readable
from tinhgon_web.documents.views import about

_LAW = Rulebook.load()
_PARTY = "dang"
_FOUND = 50
_A_PAGE = 100


def _hierarchy(request: HttpRequest) -> str:
    return kinds.PARTY if request.GET.get("he") == _PARTY else kinds.ADMINISTRATIVE


@requires(Right.READ)
@require_safe
def show_tree(request: HttpRequest) -> HttpResponse:
    """The tree of units; `mo` names the opened ones, so that it works without scripts."""
    asof = cast(Request, request).asof
    reader, hierarchy = selectors.reader(asof), _hierarchy(request)
    query = request.GET.get("q", "").strip()
    within = cast(Request, request).scope
    shown = request.GET.get("hien", "").replace("\0", "")
    opened = [*request.GET.getlist("mo"), *_above(reader, hierarchy, shown, within)]
    nodes = tree(reader, hierarchy, opened, within)
    page = {
        "hierarchy": hierarchy,
        "he": _PARTY if hierarchy == kinds.PARTY else "",
        "nodes": nodes,
        "opened": [node.row.unit for node in flat(nodes) if node.is_open],
        "totals": _totals(reader.kind_counts(within)),
        "query": query,
        "found": _search(reader, query, within),
        "shown": shown,
    }
    return render(request, "apparatus/tree.html", page)


def _above(reader: selectors.Reader, hierarchy: str, unit: str, within: Limits) -> list[str]:
    """The branches to open, so that a unit is seen in the tree; none when it may not be."""
    row = reader.units([unit]).get(unit) if unit and within.holds(unit) else None
    return [] if row is None else [up.unit for up in reader.ancestors(row, hierarchy)]


def _totals(counts: dict[str, int]) -> list[tuple[kinds.Kind, int]]:
    return [(kind, counts[code]) for code, kind in kinds.KINDS.items() if counts.get(code)]


def _search(reader: selectors.Reader, query: str, within: Limits) -> dict[str, object] | None:
    words = text.fold(query).split()
    if not words:
        return None
    rows = reader.search(words, _FOUND + 1, within)
    places = reader.units(row.parent or row.party_parent for row in rows)
    found = [(row, places.get(row.parent or row.party_parent)) for row in rows[:_FOUND]]
    return {"rows": found, "more": len(rows) > _FOUND}


@requires(Right.READ)
@require_safe
def show_branch(request: HttpRequest, unit: str) -> HttpResponse:
    """The children of one unit, for the tree to put in place."""
    asof, within = cast(Request, request).asof, cast(Request, request).scope
    if unit not in within.above:
        within.check(unit)
    try:
        level = min(max(int(request.GET.get("muc", "2")), 1), 40)
    except ValueError:
        raise Http404(_("The level is not a number")) from None
    hierarchy = _hierarchy(request)
    nodes = branch(selectors.reader(asof), hierarchy, unit, level, within)
    he = _PARTY if hierarchy == kinds.PARTY else ""
    return render(request, "apparatus/branch.html", {"nodes": nodes, "he": he})


@requires(Right.READ)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What a search finds, as a list to put under the field."""
    asof = cast(Request, request).asof
    query = request.GET.get("q", "").strip()
    found = _search(selectors.reader(asof), query, cast(Request, request).scope)
    return render(request, "apparatus/found.html", {"query": query, "found": found})


@requires(Right.READ)
@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Units to choose one from: what a search finds, as radio buttons that a form sends as `place`."""
    query = request.GET.get("q", "").strip()
    found = _search(selectors.reader(cast(Request, request).asof), query, cast(Request, request).scope)
    return render(request, "apparatus/pick.html", {"query": query, "found": found})


@requires(Right.READ)
@require_safe
def show_unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit as of a day."""
    asof = cast(Request, request).asof
    known_on = asof.known_on or days.last_recorded() or asof.today
    try:
        page = unit_page(selectors.reader(asof), selectors.register(asof), _LAW, unit, known_on)
    except selectors.UnableToFindUnit as missing:
        raise Http404(
            _("No unit has the id '%(unit)s', as far as the records counted go.") % {"unit": missing.unit}
        ) from missing
    cast(Request, request).scope.check(unit)
    shown = {"page": page, "unit": page.row, "schemes": schemes_of(request, unit)}
    return render(request, "apparatus/unit.html", shown)


@requires(Right.READ)
@require_safe
def show_journal(request: HttpRequest) -> HttpResponse:
    """The journal, the last entry first."""
    asof = cast(Request, request).asof
    entries = JournalEntry.objects.order_by("-seq").select_related("document")
    entries = entries.filter(cast(Request, request).scope.entries("seq"))
    if asof.known_at is not None:
        entries = entries.filter(recorded_at__lte=asof.known_at)
    rows = Paginator(entries.filter(effective_on__lte=asof.on), _A_PAGE).get_page(request.GET.get("trang"))
    page = {
        "rows": rows,
        "lines": history.told(rows, selectors.register(asof)),
        "later": entries.filter(effective_on__gt=asof.on).count(),
    }
    return render(request, "apparatus/journal.html", page)


@requires(Right.READ)
@require_safe
def show_entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry of the journal: what it says, its dates, its place in the chain."""
    asof = cast(Request, request).asof
    entries = JournalEntry.objects.select_related("document")
    if asof.known_at is not None:
        entries = entries.filter(recorded_at__lte=asof.known_at)
    entry = get_object_or_404(entries, seq=seq)
    if not entries.filter(cast(Request, request).scope.entries("seq"), seq=seq).exists():
        raise PermissionDenied(_("This entry touches no unit that your role covers."))
    [line] = history.told([entry], selectors.register(asof))
    payload = json.dumps(entry.payload, ensure_ascii=False, indent=2)
    return render(request, "apparatus/entry.html", {"entry": entry, "line": line, "payload": payload})


@requires(Right.READ)
@require_safe
def show_document(request: HttpRequest, document: str) -> HttpResponse:
    """A document and the entries that cite it."""
    asof = cast(Request, request).asof
    found, within = get_object_or_404(Document, id=document), cast(Request, request).scope
    if not readable(within).filter(id=document).exists():
        raise PermissionDenied(_("This document concerns no unit that your role covers."))
    entries = (
        found.entries.filter(within.entries("seq")).select_related("document").order_by("effective_on", "seq")
    )
    if asof.known_at is not None:
        entries = entries.filter(recorded_at__lte=asof.known_at)
    rows = Paginator(entries.filter(effective_on__lte=asof.on), _A_PAGE).get_page(request.GET.get("trang"))
    page = {
        "document": found,
        "rows": rows,
        "lines": history.told(rows, selectors.register(asof)),
        "later": entries.filter(effective_on__gt=asof.on).count(),
        **about(request, found),
    }
    return render(request, "apparatus/document.html", page)
