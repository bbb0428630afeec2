"""Middleware of the workshop: groups follow rights, and its pages may do what Wagtail's need."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.security import POLICY
from tinhgon_web.portal.services import follow_rights

WORKSHOP = "/bien-tap/"
LOOSER = {
    "script-src 'self'": "script-src 'self' 'unsafe-inline'",
    "style-src 'self'": "style-src 'self' 'unsafe-inline'",
    "frame-ancestors 'none'": "frame-ancestors 'self'; frame-src 'self'",
}
"""What Wagtail's own pages need beyond the site's policy, and no more (docs/adr)."""


def workshop_policy() -> str:
    """The policy of the workshop."""
    policy = POLICY
    for strict, loose in LOOSER.items():
        policy = policy.replace(strict, loose)
    return policy


def workshop_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: before a page of the workshop, bring the person's groups in step with their rights."""
    policy = workshop_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(WORKSHOP):
            return get_response(request)
        if isinstance(request.user, User):
            follow_rights(user=request.user, rights=cast(Request, request).rights)
        response = get_response(request)
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return middleware
