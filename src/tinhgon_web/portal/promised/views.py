"""The page of the programme in public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon_web.core.asof import today
from tinhgon_web.core.rights import public
from tinhgon_web.portal.promised.selectors import promised


@public
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """What was promised by when, and what is done, of the programmes that are published."""
    return render(request, "portal/promised/list.html", {"found": promised(), "on": today()})
