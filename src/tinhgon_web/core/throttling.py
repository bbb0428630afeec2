"""What somebody sees who has tried too many passwords."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def client_ip(request: HttpRequest) -> str:
    """Where a request comes from, as far as our own proxies vouch for it."""
    if "REMOTE_ADDR" not in request.META:
        return ""  # nothing came over a network: a management command, or a server on a local socket
    return str(get_adapter().get_client_ip(request))


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say how long to wait; the same whether the account exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
