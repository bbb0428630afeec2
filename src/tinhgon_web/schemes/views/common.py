"""What the pages of schemes share: finding the scheme, minding the place, telling refusals, going on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from tinhgon import dates
from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right
from tinhgon_web.schemes import reach
from tinhgon_web.schemes.models import Scheme


def find(request: HttpRequest, scheme: int, right: Right = Right.READ) -> Scheme:
    """The scheme, if the person asking has a right over its place."""
    found = get_object_or_404(Scheme.objects.select_related("chosen", "created_by", "decision"), pk=scheme)
    reach.check(request, right, found)
    return found


def person(request: HttpRequest) -> User:
    """Who is asking; every view of schemes needs a log-in."""
    return cast(User, request.user)


def known() -> Register:
    """The register with everything recorded."""
    return registers.register(registers.head())


def address(request: HttpRequest, view: str, *args: object, **params: str) -> str:
    """The address of a view with both days."""
    query = urlencode({**cast(Request, request).asof.params, **params})
    where = reverse(view, args=args)
    return f"{where}?{query}" if query else where


def go(request: HttpRequest, view: str, *args: object, **params: str) -> HttpResponse:
    """Go on to a view with both days."""
    return HttpResponseRedirect(address(request, view, *args, **params))


def tried(request: HttpRequest, work: Callable[[], Any], said: str = "") -> Any:
    """Do something; a refusal is told on the next page, and the answer is then None."""
    try:
        made = work()
    except Refusal as refusal:
        tell(request, refusal)
        return None
    if said:
        messages.success(request, said)
    return made


def done(request: HttpRequest, work: Callable[[], Any], said: str, view: str, scheme: int) -> HttpResponse:
    """Do something and go on to a page of the scheme, which says so or why it was refused."""
    tried(request, work, said)
    return go(request, view, scheme)


def tell(request: HttpRequest, refusal: Refusal) -> None:
    """Say a refusal on the next page, in the reader's language."""
    messages.error(request, refusal.message("vi" if get_language() == "vi" else "en"))


def day(request: HttpRequest, name: str) -> dt.date:
    """A day typed into a form.

    Raises:
        UnableToReadDate: it is none.
    """
    return dates.parse_date(request.POST.get(name, ""))
