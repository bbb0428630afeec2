"""Public pages as they were made, kept for readers who have not logged in, until something they show changes.

A page is kept under its path, the parameters that are known, the reader's language and looks, the day, and the state
of everything it can show: the journal's head, Wagtail's logs and the audit, where every write leaves a line. No header
is part of it, and none finds its way into a page that is kept. Whoever asks with a session or with other parameters
gets a page made for them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import attrs
from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from tinhgon_web.apparatus import registers
from tinhgon_web.core.models import AuditLine
from tinhgon_web.core.views import THEME_COOKIE, THEMES

Key = tuple[object, ...]
PARAMETERS = frozenset({"trang", "tu", "den"})
"""Names a page may be asked with and still be kept; their values are numbers and days."""
KEPT_OF = ("portal", "library", "consulted")
"""Namespaces whose pages are kept, beside Wagtail's own."""
_VALUE = re.compile(r"[\d-]{0,10}")
_MOST_BYTES, _LOOK_EVERY, _STANDS_FOR = 64 << 20, 5.0, 300.0


@attrs.frozen(slots=True)
class Answer:
    """A page as it is kept."""

    body: bytes
    tag: str
    content_type: str
    language: str
    made: float

    def given(self, request: HttpRequest) -> HttpResponse:
        """The page, or the word that the reader has it already."""
        known = request.headers.get("If-None-Match", "")
        answer = (
            HttpResponseNotModified()
            if self.tag in (one.strip().removeprefix("W/") for one in known.split(","))
            else HttpResponse(self.body, content_type=self.content_type)
        )
        answer.headers["ETag"] = self.tag
        answer.headers["Content-Language"] = self.language
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Vary"] = "Cookie"
        return answer


class Store:
    """The pages kept by a process, the longest unused given up first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._state: object = None
        self._looked = 0.0

    def state(self) -> object:
        """What pages depend on; looked up every few seconds."""
        now = time.monotonic()
        if self._state is None or now - self._looked > _LOOK_EVERY:
            self._state, self._looked = _state(), now
        return self._state

    def get(self, key: Key) -> Answer | None:
        """A page, unless it has stood too long."""
        with self._lock:
            found = self._pages.get(key)
            if found is None or time.monotonic() - found.made > _STANDS_FOR:
                return None
            self._pages.move_to_end(key)
            return found

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep a page."""
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += len(answer.body) - (len(old.body) if old else 0)
            self._pages[key] = answer
            while self._bytes > _MOST_BYTES:
                self._bytes -= len(self._pages.popitem(last=False)[1].body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._bytes, self._state = 0, None


STORE = Store()


def _state() -> object:
    pages = Page.objects.filter(live=True).aggregate(n=Count("pk"), last=Max("last_published_at"))
    logged = [
        model.objects.aggregate(last=Max("pk"))["last"] for model in (PageLogEntry, ModelLogEntry, AuditLine)
    ]
    return (registers.head(), pages["n"], pages["last"], *logged)


def page_cache_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer from what is kept, or keep what is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE or not _may_be_kept(request):
            return get_response(request)
        request.get_host()  # hosts that are not ours are refused here too
        key = _key(request)
        found = STORE.get(key)
        if found is None:
            response = get_response(request)
            if not _is_for_all(request, response):
                return response
            found = _answer(response)
            STORE.keep(key, found)
        return found.given(request)

    return middleware


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether it is asked by nobody in particular, for a page of known parameters."""
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if not request.META.get("QUERY_STRING"):
        return True
    return all(
        name in PARAMETERS and len(values) == 1 and _VALUE.fullmatch(values[0])
        for name, values in request.GET.lists()
    )


def _key(request: HttpRequest) -> Key:
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return (
        request.path,
        tuple(sorted(request.GET.items())),
        language if language in dict(settings.LANGUAGES) else "",
        theme if theme in THEMES else "",
        _day(),
        STORE.state(),
    )


def _day() -> dt.date:
    return timezone.localdate()


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is a whole public page that says nothing of who asked."""
    plain = response.status_code == 200 and not response.streaming and not response.cookies
    if not plain or not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    match = request.resolver_match
    ours = match is not None and (match.url_name == "wagtail_serve" or match.namespace in KEPT_OF)
    personal = settings.CSRF_COOKIE_NAME in request.COOKIES and b"csrfmiddlewaretoken" in response.content
    private = "no-store" in response.headers.get("Cache-Control", "")
    return ours and not personal and not private and not request.path.startswith("/bien-tap/")


def _answer(response: HttpResponse) -> Answer:
    body = response.content
    return Answer(
        body=body,
        tag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        content_type=response.headers["Content-Type"],
        language=response.headers.get("Content-Language", settings.LANGUAGE_CODE),
        made=time.monotonic(),
    )
