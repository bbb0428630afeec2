"""The organisation chart as a page and as a file."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon.registry import kinds
from tinhgon_web.apparatus import as_if, selectors
from tinhgon_web.apparatus.chart.layout import chart
from tinhgon_web.apparatus.chart.reading import DEEPEST, read
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Limits, Right, requires

_PARTY = "dang"


@requires(Right.READ)
@require_safe
def show_chart(request: HttpRequest) -> HttpResponse:
    """A unit and those under it, as deep as asked."""
    return render(request, "apparatus/chart.html", _chart(cast(Request, request)))


@requires(Right.READ)
@require_safe
def download_chart(request: HttpRequest) -> HttpResponse:
    """The same drawing as a file that stands alone."""
    page = {**_chart(cast(Request, request)), "forecast": as_if.forecast(request)}
    drawing = render_to_string("apparatus/drawing.html", {**page, "alone": True}, request)
    name = as_if.file_name(request, f"so-do-{cast(Request, request).asof.on:%Y-%m-%d}.svg")
    return HttpResponse(
        drawing,
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chart(asked: Request) -> dict[str, Any]:
    reader = selectors.reader(asked.asof)
    he = _PARTY if asked.GET.get("he") == _PARTY else ""
    hierarchy = kinds.PARTY if he else kinds.ADMINISTRATIVE
    root = _root(reader, hierarchy, asked.GET.get("goc", "").replace("\0", ""), asked.scope)
    depth = asked.GET.get("sau", "")
    deep = min(max(int(depth), 1), DEEPEST) if depth.isdecimal() and len(depth) < 3 else 2
    tree = None if root is None else read(reader, root, hierarchy, deep, asked.scope)
    return {
        "he": he,
        "root": root,
        "above": [] if root is None else reader.ancestors(root, hierarchy),
        "depth": deep,
        "depths": range(1, DEEPEST + 1),
        "tree": tree,
        "chart": None if tree is None else chart(tree),
        "is_true_size": asked.GET.get("co") == "that",
    }


def _root(reader: Reader, hierarchy: str, wanted: str, scope: Limits) -> UnitRow | None:
    """The unit asked for, else the first at the top (in part of the apparatus: of that part)."""
    if wanted:
        if wanted not in scope.above:
            scope.check(wanted)
        row = reader.units([wanted]).get(wanted)
        if row is None:
            raise Http404(_("There is no such unit"))
        return row
    tops = [row for row in reader.tops(hierarchy) if scope.holds(row.unit) or row.unit in scope.above]
    first = next((row for row in tops if row.kind in kinds.TERRITORIES), tops[0] if tops else None)
    return None if first is None else reader.unit(first.unit)
