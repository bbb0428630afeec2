"""Every address, as every role and as nobody, inside and outside a scope: who may ask gets an answer, nobody else does.

A view without an entry in `addresses/` fails here: whoever adds one says who may ask for it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import pages
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tinhgon_web.core.rights import PUBLIC, SIGNED_IN, may_reach
from tinhgon_web.core.roles import RIGHTS, Right, Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/bo-may/"}
WORKSHOP = "bien-tap/"
ELSEWHERE = "tths"
"""A unit of the story under which none of the others stands."""


def patterns(within: list[URLPattern | URLResolver], space: str = "") -> dict[str, URLPattern]:
    """Every view by name, with the namespaces it is in."""
    found: dict[str, URLPattern] = {}
    for pattern in within:
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == WORKSHOP:
            continue  # Wagtail's some 300 views share one rule: see test_workshop
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= patterns(pattern.url_patterns, inner)
        else:
            found[f"{space}{pattern.name}"] = pattern
    return found


VIEWS = patterns(get_resolver().url_patterns)
SENT = [(name, method) for name, page in pages.PAGES.items() for method in page.methods]


def ask(client: Client, name: str, method: str) -> int:
    page = pages.PAGES[name]
    headers = HTMX if page.fragment else {}
    send = client.get if method == "GET" else client.post
    return send(page.address, page.post if method == "POST" else {}, headers=headers).status_code


def test_every_view_says_who_may_and_has_an_entry() -> None:
    missing = sorted(set(VIEWS) - set(pages.PAGES))
    assert missing == [], "say in tests/web/addresses/NAMESPACE.yaml who may ask for these"
    assert sorted(set(pages.PAGES) - set(VIEWS)) == [], "these are no longer there"


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_view_says_is_what_its_entry_says(name: str) -> None:
    said, who = may_reach(VIEWS[name].callback), pages.PAGES[name].who
    if isinstance(said, frozenset):
        assert who == {role.value for role in Role if said & RIGHTS[role]}
    else:
        assert who in ({"everybody"}, {"signed in"})
        assert said == PUBLIC or who == {"signed in"}


@pytest.mark.parametrize(("name", "method"), SENT)
def test_nobody_is_sent_to_the_log_in_page(nobody: Client, name: str, method: str) -> None:
    page = pages.PAGES[name]
    if page.who == {"everybody"}:
        assert ask(nobody, name, method) not in (401, 403)
        return
    response = (nobody.get if method == "GET" else nobody.post)(page.address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/tai-khoan/dang-nhap/")


@pytest.mark.parametrize("name", sorted(name for name, page in pages.PAGES.items() if page.fragment))
def test_a_fragment_sends_the_whole_page_to_the_log_in(nobody: Client, name: str) -> None:
    response = nobody.get(pages.PAGES[name].address, headers=HTMX)
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/tai-khoan/dang-nhap/?next=%2Fbo-may%2F"


def ask_and_undo(client: Client, name: str, method: str) -> int:
    """The status of an answer; whatever asking changed (a log-out, a role that ended) is as before."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        status = ask(client, name, method)
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_what_it_may_and_no_more(client_as: Callable[..., Client], role: Role) -> None:
    client = client_as(role.value)
    client.raise_request_exception = False
    wrong = {}
    for name, method in SENT:
        who = pages.PAGES[name].who
        status = ask_and_undo(client, name, method)
        may = role.value in who or bool(who & {"everybody", "signed in"})
        if not (status < 500 and status not in (401, 403) if may else status == 403):
            wrong[f"{method} {name}"] = (status, "may" if may else "may not")
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(name for name, page in pages.PAGES.items() if page.unit))
def test_a_unit_outside_the_scope_is_refused_and_inside_shown(
    client_as: Callable[..., Client], name: str
) -> None:
    page = pages.PAGES[name]
    role = next(role.value for role in Role if role.value in page.who)
    method = page.methods[0]
    assert ask(client_as(role, ELSEWHERE), name, method) in (403, 404)
    assert ask(client_as(role, page.unit), name, method) < 400


def test_a_view_that_does_not_say_is_refused() -> None:
    def silent() -> None: ...

    with pytest.raises(ImproperlyConfigured, match="does not say who may reach it"):
        may_reach(silent)


def test_the_words_for_everybody_are_not_rights() -> None:
    assert not {PUBLIC, SIGNED_IN} & {right.value for right in Right}
