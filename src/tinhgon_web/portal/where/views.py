"""The pages of the look-up; anybody may ask, and nothing asked is kept."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon import dates, text
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import public
from tinhgon_web.portal.where import answers, suggesting


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where a place is on a day: by any name it ever had, an address, or a code."""
    asked = cast(Request, request)
    typed = text.clean(request.GET.get("q", "").replace("\0", " "))[: answers.LONGEST]
    luc = request.GET.get("luc", "").strip()
    page: dict[str, Any] = {"typed": typed, "luc": luc, "to": asked.asof.on, "today": asked.asof.today}
    try:
        on = dates.parse_date(luc) if luc else None
    except dates.UnableToReadDate:
        return render(request, "portal/where/find.html", page | {"not_a_day": True}, status=400)
    if not typed:
        return render(
            request, "portal/where/find.html", page | {"samples": suggesting.samples(asked.asof.on)}
        )
    answer = answers.answer(typed, to=asked.asof.on, on=on)
    near = [] if answer.places else suggesting.suggestions(typed.partition(",")[0])
    return render(request, "portal/where/find.html", page | {"answer": answer, "examples": near})


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Names that begin as what is typed, to choose from; a fragment for the form, or a list by itself."""
    typed = text.clean(request.GET.get("q", "").replace("\0", " "))[: answers.LONGEST]
    page: dict[str, Any] = {"typed": typed, "suggestions": suggesting.suggestions(typed)}
    whole = not cast(Request, request).htmx
    return render(request, "portal/where/suggest.html" if whole else "portal/where/suggestions.html", page)
