"""What the doors' pages say of units; a builtin of every template."""

from __future__ import annotations

import datetime as dt

from django import template

from tinhgon.registry.state import Unit
from tinhgon_web.apparatus.services.recording import RECORDER
from tinhgon_web.core.models import User

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
