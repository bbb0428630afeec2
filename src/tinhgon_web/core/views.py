"""The switches of the frame (language, looks) and the page for a wrong address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from tinhgon_web.core.rights import public

THEME_COOKIE = "looks"
THEMES = ("auto", "light", "dark")
_A_YEAR = 365 * 24 * 3600


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember a language and go back to where the reader was."""
    language = request.POST.get("language", "")
    response = _back(request)
    if check_for_language(language) and language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@public
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark and go back to where the reader was."""
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in THEMES:
        _remember(response, THEME_COOKIE, theme)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A wrong address, said in the frame of the site."""
    return render(request, "core/not_found.html", {"reason": exception}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What somebody may not see or do, said in the frame of the site."""
    return render(request, "core/forbidden.html", {"reason": exception}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Nothing is asked of the request or the database, for either may be what broke."""
    del request
    return HttpResponse(render_to_string("core/broken.html"), status=500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: sent by another site, or by a page opened before logging in anew."""
    del reason
    back = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return render(request, "core/stale_form.html", {"back": back if own else ""}, status=403)


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
