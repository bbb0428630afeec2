"""The QR code that hands a new secret to an authenticator app: a picture of its own, for nothing inline is allowed."""

from __future__ import annotations

import io
from typing import cast

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhgon_web.core.models import User
from tinhgon_web.core.rights import signed_in


@signed_in
@require_safe
@never_cache
def show_qr(request: HttpRequest) -> HttpResponse:
    """The secret the activation page has just made, as SVG; none before that page was opened."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    url = get_adapter().build_totp_url(cast(User, request.user), secret)
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, svgclass=None, lineclass=None)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
