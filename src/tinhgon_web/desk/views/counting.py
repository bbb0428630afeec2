"""How often an article was read: a small answer beside its page, which may come from a cache."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tinhgon_web.core.limits import Limit, address_of
from tinhgon_web.core.rights import public
from tinhgon_web.desk import selectors
from tinhgon_web.desk.services.counting import count_view
from tinhgon_web.desk.views.sending import within
from tinhgon_web.portal.models import ArticlePage

COUNTED = Limit("view", most=60, seconds=60)
_MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|curl|wget|python|http|java/|go-|headless|monitor|lighthouse",
    re.IGNORECASE,
)


@public
@csrf_exempt  # changes nothing of anybody; only pages of this very site are listened to
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest, page: int) -> HttpResponse:
    """The number of an article's views; a POST of a reader's browser counts theirs, once a day."""
    get_object_or_404(ArticlePage.objects.live().public().only("pk"), pk=page)
    if request.method == "POST" and _is_reader(request) and within(request, COUNTED):
        agent = request.headers.get("User-Agent", "")
        count_view(page=page, reader=f"{address_of(request)} {agent}", day=timezone.localdate())
    return JsonResponse({"views": selectors.views_of(page)})


def _is_reader(request: HttpRequest) -> bool:
    """Whether a page of this site asks, in a browser of a person."""
    agent = request.headers.get("User-Agent", "")
    own = f"{request.scheme}://{request.get_host()}"
    told = request.headers.get("Sec-Fetch-Site")
    is_own = request.headers.get("Origin") == own and told in (None, "same-origin")
    return is_own and "Mozilla/" in agent and not _MACHINES.search(agent)
