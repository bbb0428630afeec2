"""How pages write links, numbers, days and legal words; builtins of every template."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tinhgon.citations import Citation
from tinhgon.registry.kinds import KINDS, Kind
from tinhgon.rules.findings import percent_en, percent_vi
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.templatetags.icons import PATHS

register = template.Library()
MINUS = "\u2212"


@register.simple_tag(takes_context=True)
def to(context: RequestContext, view: str, *args: object, **params: object) -> str:
    """The address of a view, carrying both days; keyword arguments are further parameters (None: left out)."""
    asof = getattr(context.get("request"), "asof", None)
    return address(asof, view, *args, **params)


def address(asof: AsOf | None, view: str, *args: object, **params: object) -> str:
    """The address of a view, carrying both days, for code that writes links."""
    query = {
        **(asof.params if asof else {}),
        **{name.replace("_", "-"): value for name, value in params.items() if value},
    }
    found = reverse(view, args=args)
    return f"{found}?{urlencode(query, doseq=True)}" if query else found


@register.simple_tag(takes_context=True)
def here(context: RequestContext, **params: object) -> str:
    """The address of this page with some parameters changed; an empty value drops one (ho_so stands for ho-so)."""
    query = context["request"].GET.copy()
    for name, value in params.items():
        value = value.isoformat() if isinstance(value, dt.date) else value
        query.setlist(name.replace("_", "-"), [str(value)] if value else [])
    text = query.urlencode()
    return f"{context['request'].path}?{text}" if text else f"{context['request'].path}"


@register.simple_tag(takes_context=True)
def here_at(context: RequestContext, view: str, *args: object) -> str:
    """The address of another view, asking for the same as this page."""
    text = context["request"].GET.urlencode()
    return f"{reverse(view, args=args)}?{text}" if text else reverse(view, args=args)


@register.simple_tag(takes_context=True)
def here_toggle(context: RequestContext, param: str, value: str) -> str:
    """The address of this page with one value of a list parameter put in, or taken out when it is there."""
    query = context["request"].GET.copy()
    values = query.getlist(param)
    query.setlist(param, [one for one in values if one != value] if value in values else [*values, value])
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def toggle(context: RequestContext, param: str, value: str) -> str:
    """The address of the tree with one value of a list parameter put in, or taken out when it is there."""
    query = context["request"].GET.copy()
    values: list[str] = context.get("opened") or []
    query.setlist(param, [one for one in values if one != value] if value in values else [*values, value])
    return f"{reverse('apparatus:tree')}?{query.urlencode()}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside a word; readers of the screen get the word alone."""
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', PATHS[name]
    )


@register.filter
def number(value: Any) -> str:
    """A number as printed: 1.875 and 12,5 in Vietnamese, 1,875 and 12.5 in English; a true minus sign."""
    if value is None:
        return "–"
    if isinstance(value, Fraction):
        value = float(value)
    text = f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    if get_language() == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if value < 0 else text


@register.filter
def signed(value: Any) -> str:
    """A change: with its sign."""
    return f"+{number(value)}" if value is not None and value > 0 else number(value)


@register.filter
def valued(value: Any, kind: str) -> str:
    """The value of a figure: changes with their sign, obligations, which are counts, without."""
    return number(value) if kind == "obligation" else signed(value)


@register.filter
def as_shown(kind: str, overlay: object) -> str:
    """What a figure is called: of a register with a plan laid over it, what is a result otherwise is a forecast."""
    return "forecast" if overlay and kind == "result" else kind


@register.filter
def percent(value: Any) -> str:
    """A ratio as a percentage, cut as the engine's reasons cut it, so that the two never differ."""
    if value is None:
        return "–"
    ratio = Fraction(value).limit_denominator(10**9)
    return percent_vi(ratio) if get_language() == "vi" else percent_en(ratio)


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A day as people write it, with its ISO form for machines."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), plain_day(value))


@register.filter
def plain_day(value: dt.date | None) -> str:
    """A day as text: 09/10/2019, in English 9 Oct 2019."""
    if value is None:
        return ""
    if get_language() == "vi":
        return value.strftime("%d/%m/%Y")
    return f"{value.day} {value.strftime('%b %Y')}"


@register.filter
def typed_day(value: dt.date | None) -> str:
    """A day as it is typed into a field, in both languages: day, month, year."""
    return "" if value is None else value.strftime("%d/%m/%Y")


@register.filter
def local(value: Any, field: str) -> str:
    """The Vietnamese or English half of something that has both: `x.name_vi` / `x.name_en`, or a (vi, en) pair."""
    language = "vi" if get_language() == "vi" else "en"
    if isinstance(value, tuple):
        return str(value[0 if language == "vi" else 1])
    return str(getattr(value, f"{field}_{language}" if field else language))


@register.filter
def both(value: list[str]) -> str:
    """The half in the reader's language of a list that ends with Vietnamese and English."""
    return value[-2] if get_language() == "vi" else value[-1]


@register.filter
def kind_beside(kind: Kind, name: str) -> str:
    """The kind of a unit to stand beside its name; nothing where the name says it already."""
    said = local(kind, "")
    return "" if name.lower().startswith(said) else said


@register.filter
def cited(citation: Citation, numbers: dict[str, str] | None = None) -> str:
    """A citation as people write it; `numbers` maps the register's document ids to printed numbers."""
    document = (numbers or {}).get(citation.document, citation.document)
    return f"{document}, {citation.clause}" if citation.clause else document


@register.filter
def minus(value: Any, other: Any) -> Any:
    """The difference of two numbers, None when one is unknown."""
    return None if value is None or other is None else value - other


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for a loop."""
    return text.split()


@register.filter
def starts(text: str, beginning: str) -> bool:
    """Whether a text begins so."""
    return text.startswith(beginning)


@register.filter
def gauge(ratio: Fraction) -> int:
    """The length of a bar on which the standard stands at 200 of 300."""
    return min(int(ratio * 200), 300)


@register.filter
def times(count: int) -> range:
    """So many rounds of a loop."""
    return range(count)


@register.filter
def moment(value: dt.datetime) -> SafeString:
    """A moment on the clock of the site: 08:30, 09/10/2019."""
    there = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{} {}</time>',
        there.isoformat("T", "minutes"),
        f"{there:%H:%M}",
        plain_day(there),
    )


@register.filter
def lookup(found: dict[str, Any], key: str) -> Any:
    """What stands under a key, None when nothing does."""
    return found.get(key)


@register.filter
def block(kind: str) -> str:
    """The part of the system a kind of unit belongs to: territory, party, front, state or service."""
    return KINDS[kind].block


@register.simple_tag
def line_y(top: int, lines: list[str], index: int) -> int:
    """The base line of one of the lines in the middle of a box of the chart, 58 high."""
    return top + 29 - 8 * (len(lines) - 1) + 16 * index + 4
