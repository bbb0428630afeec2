"""Nothing inline, nothing from elsewhere, and headers that hold browsers to it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pages
import pytest
from django.test import Client

from tinhgon_web.core.security import POLICY

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)|javascript:",
    re.IGNORECASE,
)
"""Data for search engines is not run by browsers, so it may stand in the page."""
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//[^"]*"')


@pytest.mark.parametrize("name", pages.EVERY)
def test_every_answer_carries_the_policy_and_keeps_it(client_for: Callable[[str], Client], name: str) -> None:
    response = client_for(name).get(pages.EVERY[name])
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    if name in pages.WHOLE or name in pages.FRAGMENTS:
        assert INLINE.findall(response.text) == []
    if name in pages.WHOLE:
        assert ELSEWHERE.findall(response.text) == []


def test_the_policy_lets_nothing_unsafe() -> None:
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("name", pages.EVERY)
def test_no_page_can_be_written_to(client_for: Callable[[str], Client], name: str) -> None:
    client = client_for(name)
    if name != "home" and "POST" not in pages.PAGES[name].methods:
        assert client.post(pages.EVERY[name]).status_code == 405


def test_switches_want_their_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/tuy-chon/ngon-ngu/", {"language": "en"}).status_code == 403


@pytest.mark.parametrize("address", ["/bo-may/?q=", "/van-ban/?q=", "/bo-may/?mo="])
def test_what_is_typed_is_shown_as_text(client: Client, address: str) -> None:
    text = client.get(f'{address}"><img src=x onerror=alert(1)>').text
    assert "<img" not in text


def test_a_name_of_500_letters_is_harmless(client: Client) -> None:
    assert client.get("/bo-may/", {"q": "đ" * 500}).status_code == 200
    assert client.get("/bo-may/", {"q": "\u202e\u202etxt"}).status_code == 200


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x07", "\x7f"])
def test_what_is_no_text_is_refused_with_the_reason(client: Client, character: str) -> None:
    sent = (
        client.get("/bo-may/tim/", {"q": f"thon{character}"}),
        client.get("/bo-may/", {f"q{character}": "thon"}),
        client.get(f"/bo-may/don-vi/x1{character}/"),
        client.post("/tuy-chon/ngon-ngu/", {"language": "en", "next": "/\x00"}),
    )
    for response in sent:
        assert response.status_code == 400
        assert "ký tự điều khiển" in response.text


def test_lines_and_tabs_are_text(client: Client) -> None:
    assert client.get("/bo-may/", {"q": "thôn\t1\r\n"}).status_code == 200
