"""What the doors' pages say of units; a builtin of every template."""

from __future__ import annotations

import datetime as dt

from django import template
from django.template.context import RequestContext

from tinhgon.registry.state import Unit
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.scope import Scope, scope_of
from tinhgon_web.apparatus.services.recording import RECORDER
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right
from tinhgon_web.doors.flow import place_of

register = template.Library()


@register.filter
def unit_name(unit: Unit, on: dt.date) -> str:
    """The name of a unit on a day."""
    return unit.name(on)


@register.filter
def account(by: str) -> str:
    """Whom the journal means by whoever recorded an entry; an id that is no account's is shown as it is."""
    number = by.removeprefix(RECORDER)
    known = number != by and number.isdigit()
    found = User.objects.filter(pk=number).first() if known else None
    return by if found is None else found.get_full_name()


@register.simple_tag(takes_context=True)
def may_write(context: RequestContext, unit: str) -> bool:
    """Whether the reader may write about a unit, so that no button leads to a refusal."""
    return _writes(context).holds(unit)


@register.simple_tag(takes_context=True)
def may_mend(context: RequestContext, seq: int) -> bool:
    """Whether the reader may correct or annul an entry."""
    scope = _writes(context)
    if scope.everything or not scope.places:
        return scope.everything
    return scope.holds(place_of(registers.register(registers.head()), seq))


def _writes(context: RequestContext) -> Scope:
    return scope_of(context["request"], Right.EDIT, today())
