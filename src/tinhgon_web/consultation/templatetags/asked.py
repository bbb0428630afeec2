"""How a consultation's shares, choices and problems are written."""

from __future__ import annotations

from fractions import Fraction

from django import template
from django.utils.translation import get_language

from tinhgon.consultation import two_decimals_en, two_decimals_vi
from tinhgon_web.consultation.words import KEYED_CHOICES

register = template.Library()
_WORDS = dict(KEYED_CHOICES)


@register.filter
def exactly(share: Fraction | None) -> str:
    """A share with two decimals, cut."""
    return two_decimals_vi(share) if get_language() == "vi" else two_decimals_en(share)


@register.filter
def keyed(choice: str) -> str:
    """A choice in words; a dash for none."""
    return str(_WORDS.get(choice, "–"))


@register.filter
def said(problem: dict[str, str]) -> str:
    """A row's problem in the reader's language."""
    return problem["vi" if get_language() == "vi" else "en"]
