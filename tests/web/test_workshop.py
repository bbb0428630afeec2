"""Wagtail's own views, where the portal is edited: all of them are the editors' alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from test_matrix import WORKSHOP

from tinhgon_web.core.rights import may_reach
from tinhgon_web.core.roles import RIGHTS, Right, Role

pytestmark = pytest.mark.django_db
THEIRS = {Right.PUBLISH, Right.APPROVE}
FILLED = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000001"}


def leaves(within: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in within:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, route)
        else:
            yield route, pattern


def workshop() -> dict[str, URLPattern]:
    [found] = [one for one in get_resolver().url_patterns if str(one.pattern) == WORKSHOP]
    return dict(leaves(found.url_patterns, f"/{WORKSHOP}"))


HARMLESS = {"/bien-tap/test404/", "/bien-tap/test500/"}
"""Pages without content, of Django's own generic views."""
VIEWS = {route: pattern for route, pattern in workshop().items() if route not in HARMLESS}


def filled(route: str) -> str:
    """An address of a route, every place filled in; None of them needs to exist to be refused."""
    for kind, value in FILLED.items():
        while f"<{kind}:" in route:
            start = route.index(f"<{kind}:")
            route = route[:start] + value + route[route.index(">", start) + 1 :]
    while "<" in route and "(?P" not in route:
        start = route.index("<")
        route = route[:start] + "x" + route[route.index(">", start) + 1 :]
    return route


ADDRESSES = sorted({filled(route) for route in VIEWS if not any(char in route for char in "^$\\(")})


def test_there_is_a_workshop() -> None:
    assert len(ADDRESSES) > 100


@pytest.mark.parametrize("route", sorted(VIEWS))
def test_each_view_is_for_those_who_write_and_those_who_approve(route: str) -> None:
    assert may_reach(VIEWS[route].callback) == THEIRS


def test_nobody_is_sent_to_our_log_in_page(nobody: Client) -> None:
    for address in ADDRESSES:
        response = nobody.get(address)
        assert response.status_code in (301, 302), address
        if response.status_code == 302:
            assert response.headers["Location"].startswith("/tai-khoan/dang-nhap/"), address


@pytest.mark.parametrize("role", [role for role in Role if not THEIRS & RIGHTS[role]])
def test_other_roles_are_refused(client_as: Callable[..., Client], role: Role) -> None:
    client = client_as(role.value)
    statuses = {address: client.get(address).status_code for address in ADDRESSES}
    assert {address: status for address, status in statuses.items() if status not in (301, 403)} == {}
