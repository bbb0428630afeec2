"""How public pages write figures, moments and pictures."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Site

from tinhgon_web.core.templatetags.tinhgon import valued
from tinhgon_web.portal.figures import TOKEN, Live, numbers
from tinhgon_web.portal.models import ArticlePage, Office
from tinhgon_web.portal.selectors import sections

register = template.Library()


@register.simple_tag(takes_context=True)
def masthead(context: RequestContext) -> dict[str, Any]:
    """The office and the sections; an article has asked for the sections already."""
    request = context["request"]
    site = Site.find_for_request(request)
    named = context.get("sections")
    return {
        "office": Office.for_site(site) if site else Office(),
        "sections": list(sections()) if named is None else named,
    }


@register.filter
def with_figures(words: Any, live: dict[str, Live] | None) -> SafeString:
    """Words with each figure's code in double braces replaced by the figure; an unknown code stays as typed."""

    def put(match: Any) -> str:
        found = (live or {}).get(match.group(1))
        return inline(found) if found else match.group(0)

    # Everything but the figures was escaped above, or cleaned by the editor's rich text.
    return mark_safe(TOKEN.sub(put, str(conditional_escape(words))))


def inline(live: Live) -> str:
    """A figure inside a sentence."""
    return render_to_string(
        "portal/figure_inline.html", {"live": live, "shown": amount(live), "at": trace_address(live)}
    ).strip()


@register.filter
def amount(live: Live) -> str:
    """A figure's value as an article says it: a change without its sign, for the sentence says which way."""
    value = live.figure.value
    return valued(abs(value) if value is not None else None, "obligation")


@register.filter
def trace_address(live: Live) -> str:
    """Where the figure's trace is."""
    figure = live.figure
    window = {"tu": figure.start.isoformat(), "den": figure.end.isoformat()}
    return f"{reverse('portal:figure', args=[figure.code])}?{urlencode(window)}"


@register.filter
def plain_figures(words: str, page: ArticlePage) -> str:
    """Words with each figure's code replaced by its value now, without links: for lists and descriptions."""
    return said_plainly(words, numbers(page)) if "{{" in words else words


@register.filter
def said_plainly(words: str, live: dict[str, Live]) -> str:
    """Words with each figure's code replaced by its value, without links."""

    def put(match: Any) -> str:
        found = live.get(match.group(1))
        return amount(found) if found else match.group(0)

    return TOKEN.sub(put, words)


@register.filter
def item(values: dict[str, Any] | None, key: str) -> Any:
    """The value under a key."""
    return (values or {}).get(key)


@register.filter
def unlocalized(value: Any) -> str:
    """A number as machines read it."""
    return "" if value is None else str(value)


@register.simple_tag(takes_context=True)
def structured(context: RequestContext, address: str) -> SafeString:
    """An article for search engines, in schema.org's words; nothing in it can end the element it stands in."""
    page: ArticlePage = context["page"]
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": said_plainly(page.lead, context["figures"]),
        "url": address,
        "inLanguage": "vi",
        "datePublished": page.first_published_at.isoformat() if page.first_published_at else None,
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
        "author": [{"@type": "Person", "name": writer.name} for writer in context["writers"]],
        "publisher": {"@type": "Organization", "name": context["head"]["office"].name},
    }
    if shared := context.get("shared"):
        said["image"] = [shared.full_url]
    text = json.dumps(said, ensure_ascii=False)
    return mark_safe(text.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment as the page of a newspaper gives it: 09/10/2019 | 17:05 GMT+7."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    hours = (local.utcoffset() or dt.timedelta()).total_seconds() / 3600
    return f"{local:%d/%m/%Y | %H:%M} GMT{hours:+g}"
