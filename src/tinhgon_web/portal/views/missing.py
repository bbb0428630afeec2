"""The page for a wrong address: in the portal's frame for readers, in the workspace's for an officer at work there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from tinhgon_web.core import views
from tinhgon_web.core.rights import PUBLIC, may_reach


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is there, and where to look; a reader is not told why."""
    if request.user.is_authenticated and _is_in_workspace(request.path_info):
        return views.not_found(request, exception)
    return render(request, "portal/not_found.html", status=404)


def _is_in_workspace(path: str) -> bool:
    """Whether an address begins as one that not everybody may reach."""
    beginning = path.split("/")[1]
    try:
        return may_reach(resolve(f"/{beginning}/").func) != PUBLIC
    except Resolver404:
        return False
