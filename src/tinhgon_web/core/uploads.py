"""A request that is too large is refused before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_BESIDE = 1 << 20
"""What a form may hold beside its file."""


def limit_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse a body larger than an upload may be, and say how large one may be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        most: int = settings.MOST_UPLOAD_BYTES
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > most + _BESIDE:
            # Nobody's rights are known yet, so the page stands alone.
            page = render_to_string("core/too_large.html", {"most": most >> 20})
            response = HttpResponse(page, status=413)
            response.headers["Connection"] = "close"
            return response
        return get_response(request)

    return middleware
