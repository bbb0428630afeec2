"""An address or a form with characters that are no text is refused before any page looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string

_IN_ADDRESSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters but tab and the ends of lines: no keyboard types them."""
_IN_FORMS = re.compile("\x00")
"""PostgreSQL keeps no NUL. What else is wrong the form itself says, beside what was typed."""


def legible_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer 400 and say why, where an address or a field holds what is no text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wrong = (
            _IN_ADDRESSES.search(request.path)
            or _within(request.GET, _IN_ADDRESSES)
            or _within(request.POST, _IN_FORMS)
        )
        # Nobody's rights are known yet, so the page stands alone.
        return (
            HttpResponse(render_to_string("core/not_text.html"), status=400)
            if wrong
            else get_response(request)
        )

    return middleware


def _within(fields: QueryDict, wrong: re.Pattern[str]) -> bool:
    return any(wrong.search(text) for name, values in fields.lists() for text in (name, *values))
