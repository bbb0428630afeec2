"""What pages say of people and roles, and the ways of logging in; builtins of every template."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import reverse

from tinhgon_web.core import role_words
from tinhgon_web.core.demo import ACCOUNTS, DemoAccount
from tinhgon_web.core.rights import Limits, Rights
from tinhgon_web.core.roles import Right, Role

register = template.Library()


@register.simple_tag
def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts the log-in page lists: none outside the demo."""
    return ACCOUNTS if settings.DEMO else ()


@register.simple_tag
def single_sign_on() -> list[dict[str, str]]:
    """The providers the environment names: what each is called and where its log-in starts."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [
        {"name": app["name"], "address": reverse("openid_connect_login", args=[app["provider_id"]])}
        for app in apps
    ]


@register.filter
def role_name(role: Role | str) -> str:
    """What a role is called."""
    return role_words.name(Role(role))


@register.simple_tag(takes_context=True)
def may(context: RequestContext, right: str) -> bool:
    """Whether the reader has a right over any place."""
    rights: Any = getattr(context.get("request"), "rights", None)
    return rights is not None and rights.may(Right(right))


@register.filter
def first_role(rights: Rights | None) -> str:
    """The roles somebody holds, in words."""
    return ", ".join(role_words.name(role) for role in rights.roles) if rights else ""


@register.filter
def covered(unit: str, scope: Limits) -> bool:
    """Whether the reader may read a unit, so that nothing links to a refusal."""
    return scope.holds(unit)
