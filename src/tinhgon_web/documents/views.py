"""The list of documents."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.documents import selectors

_A_PAGE = 50


@requires(Right.READ)
@require_safe
def show_documents(request: HttpRequest) -> HttpResponse:
    """Documents signed up to the day shown, searched without diacritics and filtered by type."""
    asof, within = cast(Request, request).asof, cast(Request, request).scope
    query, type_ = (request.GET.get(name, "").strip() for name in ("q", "loai"))
    found = selectors.documents(asof=asof, within=within, search=query, type_=type_)
    page = {
        "rows": Paginator(found, _A_PAGE).get_page(request.GET.get("trang")),
        "query": query,
        "type": type_,
        "types": selectors.types(),
    }
    return render(request, "documents/list.html", page)
