"""Whether the person behind a request may do something with a scheme: a right counts over its place, not anywhere."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right
from tinhgon_web.schemes.models import Scheme


def check(request: HttpRequest, right: Right, scheme: Scheme) -> None:
    """Refuse whoever has no such right over the scheme's place.

    Raises:
        PermissionDenied: the place is not covered.
    """
    if right is Right.READ:
        cast(Request, request).scope.check(scheme.place)
    else:
        scope_of(request, right, scheme.on).check(scheme.place)


def may(request: HttpRequest, right: Right, scheme: Scheme) -> bool:
    """Whether somebody has a right over the scheme's place."""
    return cast(Request, request).rights.may(right) and scope_of(request, right, scheme.on).holds(
        scheme.place
    )
