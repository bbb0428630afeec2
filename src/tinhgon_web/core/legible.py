"""An address or a form with characters that are no text is refused before any page looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string

_IN_ADDRESSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters but tab and the ends of lines: no keyboard types them."""
_IN_FORMS = re.compile("\x00")
"""PostgreSQL keeps no NUL. What else is wrong the form itself says, beside what was typed."""


class LegibleMiddleware:
    """Answers 400 and says why, where an address or a field holds what is no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address."""
        wrong = _IN_ADDRESSES.search(request.path) or _within(request.GET, _IN_ADDRESSES)
        return _refusal() if wrong else self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look at the form; a view of the interface for other systems reads the body itself."""
        del args, kwargs
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        return _refusal() if _within(request.POST, _IN_FORMS) else None


def _refusal() -> HttpResponse:
    """Nobody's rights are known yet, so the page stands alone."""
    return HttpResponse(render_to_string("core/not_text.html"), status=400)


def _within(fields: QueryDict, wrong: re.Pattern[str]) -> bool:
    return any(wrong.search(text) for name, values in fields.lists() for text in (name, *values))
