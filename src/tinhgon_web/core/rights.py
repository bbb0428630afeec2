"""What the person behind a request may do, and a middleware that lets nobody reach a view that does not say who may.

Every view says it: `@requires(Right.EDIT)`, `@signed_in` (whoever has logged in) or `@public` (everybody). Views of
libraries, which cannot say it, are listed in `settings.OTHERS_VIEWS` by the beginning of their module's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

import attrs
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tinhgon_web.core import asof
from tinhgon_web.core.models import Grant, User
from tinhgon_web.core.roles import RIGHTS, Right, Role

__all__ = ["RIGHTS", "Limits", "Right", "Rights", "Role", "may_reach", "public", "requires", "signed_in"]

AnyModel = TypeVar("AnyModel", bound=Model)
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC, SIGNED_IN = "public", "signed in"
_ATTRIBUTE = "who_may"


@attrs.frozen(slots=True)
class Rights:
    """What one person may do, and over which places: the grants that hold today."""

    granted: frozenset[tuple[Role, str]] = frozenset()

    @property
    def roles(self) -> list[Role]:
        """The roles held, in the order of the table."""
        held = {role for role, _place in self.granted}
        return [role for role in Role if role in held]

    def may(self, right: Right) -> bool:
        """Whether they have a right over any place at all."""
        return any(right in RIGHTS[role] for role, _place in self.granted)

    def places(self, right: Right = Right.READ) -> frozenset[str] | None:
        """The places a right was given over; None: the whole register."""
        places = frozenset(place for role, place in self.granted if right in RIGHTS[role])
        return None if "" in places else places


class Limits(Protocol):
    """What `request.scope` answers: the units the person asking may read (made by `apparatus.scope`)."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""

    @property
    def units(self) -> frozenset[str]:
        """Every unit covered; not to be asked when everything is."""

    @property
    def above(self) -> frozenset[str]:
        """The units above what is covered: shown as the way there, and no more."""

    def holds(self, unit: str) -> bool:
        """Whether a unit is covered."""

    def check(self, unit: str) -> None:
        """Raise PermissionDenied when a unit is not covered."""

    def about(self, column: str) -> Q:
        """The condition that `column` names a unit which is covered, for a queryset's `filter`."""

    def limit(self, rows: QuerySet[AnyModel], column: str) -> QuerySet[AnyModel]:
        """The rows whose `column` names a unit that is covered."""

    def entries(self, column: str) -> Q:
        """The condition that `column` is the number of an entry that touches a unit which is covered."""


def requires(*rights: Right) -> Callable[[View], View]:
    """Let through only whoever has one of the rights over some place; the view itself minds which place."""
    return _says(frozenset(rights))


def signed_in(view: View) -> View:
    """Let through whoever has logged in."""
    return _says(SIGNED_IN)(view)


def public(view: View) -> View:
    """Let everybody through."""
    return _says(PUBLIC)(view)


def _says(who: frozenset[Right] | str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, who)
        return view

    return mark


def rights_of(user: User | AnonymousUser, on: dt.date) -> Rights:
    """What somebody may do on a day; one query, none for nobody."""
    if not isinstance(user, User) or not user.is_active:
        return Rights()
    grants = Grant.objects.filter(Q(end=None) | Q(end__gt=on), user=user, start__lte=on)
    return Rights(frozenset((Role(role), place) for role, place in grants.values_list("role", "place")))


def may_reach(view: Callable[..., Any]) -> frozenset[Right] | str:
    """Who may reach a view: whoever has one of some rights, `SIGNED_IN` or `PUBLIC`.

    Raises:
        ImproperlyConfigured: it does not say.
    """
    view = getattr(view, "func", view)  # a partial stands for its function
    said: frozenset[Right] | str | None = getattr(view, _ATTRIBUTE, None)
    if said is not None:
        return said
    module = view.__module__
    beginnings: Iterable[str] = sorted(settings.OTHERS_VIEWS, key=len, reverse=True)
    for beginning in beginnings:
        if module == beginning or module.startswith(f"{beginning}."):
            who = str(settings.OTHERS_VIEWS[beginning])
            return who if who in (PUBLIC, SIGNED_IN) else frozenset(map(Right, who.split(" or ")))
    raise ImproperlyConfigured(
        f"{module}.{getattr(view, '__name__', view)} does not say who may reach it: "
        "give it @requires(Right.…), @signed_in or @public"
    )


class RightsMiddleware:
    """Gives each request its `rights`, and refuses whoever may not reach the view asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the rights, to be read when first asked for."""
        asked = cast("asof.Request", request)
        asked.rights = cast(Rights, SimpleLazyObject(lambda: rights_of(request.user, asof.today())))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse, ask to log in, or let through."""
        del args, kwargs
        who = may_reach(view)
        if who == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return to_log_in(request)
        if request.user.password_is_temporary and not view.__module__.startswith("allauth."):
            return HttpResponseRedirect(resolve_url("account_change_password"))
        rights = cast("asof.Request", request).rights
        if isinstance(who, frozenset) and not any(rights.may(right) for right in who):
            raise PermissionDenied(_("Your role does not include this."))
        return None


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the log-in page and, once they have logged in, back to where they were."""
    back = _page_of(request)
    address = resolve_url(settings.LOGIN_URL)
    address = f"{address}?{urlencode({'next': back})}" if back else address
    if _is_fragment(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest) -> str:
    """The page somebody is on: of a fragment the one it is put into, of a form the one it was on."""
    if _is_fragment(request):
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        shown = urlsplit(request.headers.get("Referer", ""))
    own = shown.netloc == request.get_host()
    return urlunsplit(("", "", shown.path, shown.query, "")) if own else ""


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
