"""Small public pages and files: language, install help, manifest, captions of films."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site

from tinhgon_web.core.rights import public
from tinhgon_web.portal import selectors
from tinhgon_web.portal.models import Office

_YEAR = 365 * 24 * 3600
_ICONS = {
    "icon-192.png": ("192x192", "any"),
    "icon-512.png": ("512x512", "any"),
    "icon-maskable-512.png": ("512x512", "maskable"),
}
"""Pictures of the mark, drawn by `manage.py draw_icons` -> size and purpose."""


@public
@require_safe
@never_cache
def switch_language(request: HttpRequest, language: str) -> HttpResponse:
    """Speak a language from now on, and go back; a link, so that pages kept by caches need no form."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@public
@require_safe
def show_install(request: HttpRequest) -> HttpResponse:
    """How to keep the site at hand: install it, or bookmark it."""
    return render(request, "portal/install.html")


def _icon(name: str, size: str, purpose: str) -> dict[str, str]:
    kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
    return {"src": static(f"core/{name}"), "sizes": size, "type": kind, "purpose": purpose}


@public
@require_safe
def show_manifest(request: HttpRequest) -> HttpResponse:
    """The site as something to install."""
    site = Site.find_for_request(request)
    office = Office.for_site(site) if site else Office()
    manifest = {
        "name": office.name,
        "short_name": "Tinh Gọn",
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "lang": "vi",
        "icons": [_icon("mark.svg", "any", "any"), *(_icon(name, *said) for name, said in _ICONS.items())],
        "background_color": "#faf9f7",
        "theme_color": "#8f2f25",
    }
    return JsonResponse(
        manifest, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@public
@require_safe
def show_captions(request: HttpRequest, page: int, block: UUID) -> HttpResponse:
    """The captions of a film in a published article, as players read them."""
    del request
    article = get_object_or_404(selectors.articles(), pk=page)
    for one in article.body:
        if one.block_type == "film" and one.id == str(block) and one.value["captions"]:
            return HttpResponse(one.value["captions"], content_type="text/vtt; charset=utf-8")
    raise Http404
