"""What the office's pages share: finding a round or roll within somebody's rights, and saying a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from tinhgon.refusal import Refusal
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.consultation.models import Batch, Roll, Round
from tinhgon_web.core.asof import Request, today
from tinhgon_web.core.models import User
from tinhgon_web.core.roles import Right

P = ParamSpec("P")
_SEE_NAMES = (Right.EDIT, Right.APPROVE, Right.INSPECT)


def round_for(request: HttpRequest, round_id: int, right: Right = Right.READ) -> Round:
    """A round over whose place the person asking has a right; refused otherwise."""
    held = get_object_or_404(Round, pk=round_id)
    scope_of(request, right, on=today()).check(held.place)
    return held


def roll_for(request: HttpRequest, round_id: int, unit: str, right: Right = Right.READ) -> Roll:
    """A roll over whose unit the person asking has a right; refused otherwise."""
    roll = get_object_or_404(Roll.objects.select_related("round"), round=round_id, unit=unit)
    scope_of(request, right, on=today()).check(unit)
    return roll


def batch_for(request: HttpRequest, batch_id: int) -> Batch:
    """A batch of paper forms in a unit the person asking may write in."""
    batch = get_object_or_404(Batch.objects.select_related("roll__round"), pk=batch_id)
    scope_of(request, Right.EDIT, on=today()).check(batch.roll.unit)
    return batch


def may(request: HttpRequest, right: Right, unit: str) -> bool:
    """Whether the person asking has a right over a unit today."""
    rights = cast(Request, request).rights
    return rights.may(right) and scope_of(request, right, on=today()).holds(unit)


def may_see_names(request: HttpRequest, unit: str) -> bool:
    """Whether they may see who the households of a unit are: those who keep, approve or inspect its roll."""
    return any(may(request, right, unit) for right in _SEE_NAMES)


def acting(request: HttpRequest) -> User:
    """Who is doing this."""
    return cast(User, request.user)


def words(refusal: Refusal) -> str:
    """A refusal in the reader's language, as a sentence."""
    said = refusal.message("vi" if get_language() == "vi" else "en")
    return f"{said[:1].upper()}{said[1:]}."


def done(request: HttpRequest, act: Callable[[], object], said: str, to: str, *args: object) -> HttpResponse:
    """Do something and go to a page that says so, or that says why it was refused."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse(to, args=args))
