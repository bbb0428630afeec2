"""Where is my village now: the public look-up of names, addresses and codes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ASK = "/tra-cuu/"
HTMX = {"HX-Request": "true"}
FORGED = "\"><script>alert(1)</script>'"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def asked(nobody: Client, words: str, **more: str) -> str:
    return nobody.get(ASK, {"q": words, **more}).text


@pytest.mark.parametrize(
    "words",
    [
        "Thôn 2, Xã Đắk 1",
        "thon 2 xa dak 1",
        "THÔN 2, DAK 1",
        "Thôn 02, đắk 1",
        unicodedata.normalize("NFD", "Thôn 2, Xã Đắk 1"),
    ],
)
def test_an_old_name_typed_any_way_leads_to_what_it_is_now(nobody: Client, words: str) -> None:
    text = plain(asked(nobody, words))
    assert "Thôn 1, Xã Đắk 1, Huyện Đắk Mẫu, Tỉnh Mẫu" in text
    assert "kết thúc ngày 01/03/2019" in text
    assert "202/QĐ-UBND" in text
    assert "Điều 1" in text


def test_the_day_shown_is_obeyed(nobody: Client) -> None:
    before = plain(asked(nobody, "thôn 2, xã đắk 1", ngay="2019-02-28"))
    assert "Thôn 2, Xã Đắk 1" in before
    assert "kết thúc ngày" not in before


def test_the_day_of_the_name_is_obeyed(nobody: Client) -> None:
    assert "202/QĐ-UBND" in asked(nobody, "thôn 2, xã đắk 1", luc="28/02/2019")
    after = plain(asked(nobody, "thôn 2, xã đắk 1", luc="02/03/2019"))
    assert "kết thúc ngày" not in after


def test_a_day_that_is_none_is_told(nobody: Client) -> None:
    response = nobody.get(ASK, {"q": "thôn 2", "luc": FORGED})
    assert response.status_code == 400
    assert "không phải là một ngày" in response.text
    assert "<script>alert" not in response.text


def test_all_candidates_are_shown(nobody: Client) -> None:
    text = asked(nobody, "thon 3")
    assert len(re.findall(r'<article class="place"', text)) == 2
    assert "Xã Đắk 2" in text


def test_a_code_names_a_place(nobody: Client) -> None:
    text = plain(asked(nobody, "24602"))
    assert "Xã Đắk 2" in text
    assert "Xã Đắk 1" not in text


@pytest.mark.parametrize("words", ["khong co noi nay", "!!!", "''\"", "%", "0", ",,,,"])
def test_what_fits_nothing_says_what_to_do(nobody: Client, words: str) -> None:
    response = nobody.get(ASK, {"q": words})
    assert response.status_code == 200
    assert "Không có địa danh nào" in response.text


def test_without_a_question_there_are_examples(nobody: Client) -> None:
    assert "Thôn 2, Xã Đắk 1" in nobody.get(ASK).text


@pytest.mark.parametrize("words", ["th", "thon", "THÔN 2"])
def test_names_are_proposed_while_typing(nobody: Client, words: str) -> None:
    fragment = nobody.get(f"{ASK}goi-y/", {"q": words}, headers=HTMX)
    assert "<html" not in fragment.text
    assert "Thôn 2" in fragment.text
    assert "<html" in nobody.get(f"{ASK}goi-y/", {"q": words}).text


def test_nobody_is_named(nobody: Client) -> None:
    for words in ("thôn 2, xã đắk 1", "đắk mẫu", "xã đắk 1"):
        text = asked(nobody, words)
        assert "Y Bhăm" not in text
        assert "người-" not in text


@pytest.mark.parametrize("address", [ASK, f"{ASK}goi-y/"])
@pytest.mark.parametrize(
    "words", [FORGED, "<img src=x onerror=alert(1)>, thôn 2", "a" * 5000, "\u202ethôn 2"]
)
def test_what_is_typed_is_only_words(nobody: Client, address: str, words: str) -> None:
    response = nobody.get(address, {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_caches_may_keep_it(nobody: Client) -> None:
    assert not nobody.get(ASK, {"q": "thôn 2"}).cookies


def test_it_answers_when_open_data_is_off(nobody: Client, settings: object) -> None:
    settings.OPEN_DATA = False  # type: ignore[attr-defined]  # the fixture of pytest-django
    assert "Xã Đắk 1" in asked(nobody, "xã đắk 1")
