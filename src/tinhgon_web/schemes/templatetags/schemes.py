"""How pages of schemes name things and write money."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.translation import get_language

from tinhgon.procedure import Waiting
from tinhgon.procedure import words as procedure
from tinhgon_web.core.rights import Right
from tinhgon_web.core.templatetags.tinhgon import number
from tinhgon_web.schemes import reach, words
from tinhgon_web.schemes.models import Scheme

register = template.Library()


@register.filter
def called(code: str, sort: str) -> str:
    """What pages call a code of some sort."""
    return words.name(f"{sort}:{code}")


@register.filter
def form_name(form: str) -> str:
    """What a planning run was asked for; of a number of units, the number."""
    asked, _equals, units = form.partition("=")
    return f"{called(asked, 'form')} {units}".strip()


@register.filter
def whole(value: float | Fraction | None) -> str:
    """A number without decimals."""
    return number(None if value is None else round(value))


@register.filter
def days_waiting(waiting: Waiting, today: dt.date) -> int:
    """How many days a step has been waiting."""
    return waiting.days(today)


@register.filter
def is_overdue(waiting: Waiting, today: dt.date) -> bool:
    """Whether the limit of a step has passed."""
    return waiting.is_overdue(today)


@register.filter
def pick(table: dict[str, Any], key: str) -> Any:
    """An entry of a table."""
    return table.get(key, "")


@register.filter
def share(value: Fraction | float | None) -> int:
    """A ratio as the length of a bar of 100, of which the standard is 50."""
    return 0 if value is None else min(100, round(float(value) * 50))


@register.filter
def unit_name(row: Any, on: dt.date) -> str:
    """The name of a unit of a band on a day."""
    return str(row.unit.name(on))


@register.filter
def unit_called(id_: str, units: list[tuple[str, str]]) -> str:
    """The name of a unit by its id."""
    return next((name for unit, name in units if unit == id_), id_)


@register.filter
def reason_said(violation: dict[str, str]) -> str:
    """Why a unit stays below the standard, in the reader's language."""
    return violation["vi" if get_language() == "vi" else "en"]


@register.filter
def step_name(code: str) -> str:
    """The name of a step by its code."""
    return procedure.named(procedure.STEPS, code)[get_language() != "vi"]


@register.simple_tag(takes_context=True)
def may_here(context: RequestContext, right: str, scheme: Scheme) -> bool:
    """Whether the reader has a right over the scheme's place."""
    return reach.may(context["request"], Right(right), scheme)
