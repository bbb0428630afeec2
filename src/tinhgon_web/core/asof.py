"""The two days every page obeys: the day shown, and the day up to which the records are counted.

An address holds both (`?ngay=2019-10-09&ho-so=2019-10-09`), so that a link shows the same thing tomorrow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from tinhgon import dates

if TYPE_CHECKING:
    from tinhgon_web.core.rights import Limits, Rights

ON, KNOWN, AS_IF = "ngay", "ho-so", "de-an"
AS_IF_PATHS = ("/bo-may/", "/so-ket/", "/tong-quan/")
"""Under these, pages can be seen with something laid over the register (`apparatus.as_if`); not elsewhere."""


@attrs.frozen(slots=True)
class AsOf:
    """`on`: the day shown. `known_on`: records made after this day are not counted; None counts them all.

    `as_if` names what is not yet a fact and laid over the register (`apparatus.overlays`); "" nothing.
    """

    on: dt.date
    today: dt.date
    known_on: dt.date | None = None
    explicit: bool = False
    as_if: str = ""

    @property
    def known_at(self) -> dt.datetime | None:
        """The last moment of `known_on`."""
        return None if self.known_on is None else dates.end_of_day(self.known_on)

    @property
    def is_today(self) -> bool:
        """Whether the day shown is today."""
        return self.on == self.today

    @property
    def params(self) -> dict[str, str]:
        """What a link must carry to keep both days."""
        params = {ON: self.on.isoformat()} if self.explicit or not self.is_today else {}
        if self.known_on is not None:
            params[KNOWN] = self.known_on.isoformat()
        if self.as_if:
            params[AS_IF] = self.as_if
        return params


class Request(HttpRequest):
    """A request as the views get it."""

    asof: AsOf
    htmx: HtmxDetails
    rights: Rights
    scope: Limits


def today() -> dt.date:
    """The day the site calls today."""
    return settings.TODAY or timezone.localdate()


def read(request: HttpRequest) -> AsOf:
    """The two days an address asks for.

    Raises:
        UnableToReadDate: one of them is not a day.
    """
    now = today()
    on, known = (request.GET.get(name, "").strip() for name in (ON, KNOWN))
    return AsOf(
        on=dates.parse_date(on) if on else now,
        today=now,
        known_on=dates.parse_date(known) if known else None,
        explicit=bool(on),
        as_if=request.GET.get(AS_IF, "")[:20] if request.path.startswith(AS_IF_PATHS) else "",
    )


def as_of_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: read both days, and send an address with days as typed to its canonical spelling."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            asof = read(request)
        except dates.UnableToReadDate as refusal:
            return _refused(request, refusal)
        request.asof = asof  # type: ignore[attr-defined]  # declared by Request, which views are typed with
        canonical = _canonical(request, asof)
        return get_response(request) if canonical is None else HttpResponseRedirect(canonical)

    return middleware


def _canonical(request: HttpRequest, asof: AsOf) -> str | None:
    """The address with days as YYYY-MM-DD and without empty ones, when it is spelled another way."""
    if request.method != "GET":
        return None
    params = request.GET.copy()
    for name in (ON, KNOWN):
        if name in params:
            value = asof.params.get(name, "")
            params.setlist(name, [value] if value else [])
    if all(params.getlist(name) == request.GET.getlist(name) for name in (ON, KNOWN)):
        return None
    query = params.urlencode()
    return f"{request.path}?{query}" if query else request.path


def _refused(request: HttpRequest, refusal: dates.UnableToReadDate) -> HttpResponse:
    request.asof = AsOf(on=today(), today=today())  # type: ignore[attr-defined]  # as above
    return render(request, "core/not_a_day.html", {"typed": refusal.text}, status=400)
