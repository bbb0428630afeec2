"""The page that says what is open, under which licence, and how to ask for it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon_web.api import describing
from tinhgon_web.api.interface import api
from tinhgon_web.api.record import chosen
from tinhgon_web.core.asof import today
from tinhgon_web.core.rights import public


@public
@require_safe
def show_open_data(request: HttpRequest) -> HttpResponse:
    """What can be asked for, its shapes and its licence."""
    if not settings.OPEN_DATA:
        raise Http404(_("Open data is not published here."))
    day = today()
    described = api.get_openapi_schema()
    page = {
        "ways": describing.ways(described),
        "shapes": describing.shapes(described),
        "described": reverse("api:openapi-json"),
        "licence": settings.OPEN_DATA_LICENCE,
        "record": chosen(None, None),
        "today": day.isoformat(),
        "year": day.replace(month=1, day=1),
    }
    return render(request, "api/about.html", page)
