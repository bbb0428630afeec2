"""Variants side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon_web.core.rights import Right, requires
from tinhgon_web.schemes.selectors import comparison
from tinhgon_web.schemes.views.common import find


@requires(Right.READ)
@require_safe
def show_comparison(request: HttpRequest, scheme: int) -> HttpResponse:
    """The variants chosen with `pa`, or the first two, side by side."""
    row = find(request, scheme)
    asked = [int(text) for text in request.GET.getlist("pa") if text.isdecimal()]
    page = comparison.page(row, asked[:3])
    return render(request, "schemes/compare.html", {"page": page, "scheme": row, "tab": "scheme"})
