"""Middleware of the workshop: groups follow rights, and the policy lets Wagtail's own pages style themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.portal.services import follow_rights

WORKSHOP = "/bien-tap/"


def workshop_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: before a page of the workshop, bring the person's groups in step with their rights."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WORKSHOP) and isinstance(request.user, User):
            follow_rights(user=request.user, rights=cast(Request, request).rights)
        return get_response(request)

    return middleware
