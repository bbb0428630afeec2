"""A number of the register for the public: what it means, and what it counts."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon.figures import CATALOGUE, UnableToMeasureWindow
from tinhgon_web.apparatus import registers
from tinhgon_web.core.rights import public
from tinhgon_web.documents.selectors import by_id
from tinhgon_web.reports.computed import computed

_A_PAGE = 50


@public
@require_safe
def show_figure(request: HttpRequest, code: str) -> HttpResponse:
    """A figure over a window, with the entries it counts and their documents; nobody is named."""
    if code not in CATALOGUE or not settings.OPEN_DATA:
        raise Http404(_("No figure has this code."))
    try:
        start, end = (dt.date.fromisoformat(request.GET.get(name, "")) for name in ("tu", "den"))
        [figure] = computed(registers.head(), start, end, [code])
    except (ValueError, UnableToMeasureWindow) as error:
        raise Http404(_("The two days of the window are missing, or make no window.")) from error
    part = Paginator(figure.trace, _A_PAGE).get_page(request.GET.get("trang"))
    documents = by_id(one.citation.document for one in part)
    rows = [(one, documents.get(one.citation.document)) for one in part]
    return render(request, "portal/figure.html", {"figure": figure, "part": part, "rows": rows})
