"""Search: one contract that SQLite and PostgreSQL must both keep, to the order of what is found."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

import pytest
from django.test import Client

from tinhgon_web.portal.search import selectors, services
from tinhgon_web.portal.search.models import Entry
from tinhgon_web.portal.search.services import _row
from tinhgon_web.portal.search.sources import Found
from tinhgon_web.portal.search.spelling import marks, read

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FORGED = "<script>alert(1)</script>"
TEXTS = {
    "a1": ("Tinh gọn bộ máy: kết quả bước đầu", "Tỉnh Đắk Nông báo cáo với Trung ương", 2019, 5),
    "a2": ("Hội nghị sơ kết", "Đại biểu nói về tinh gọn bộ máy ở cơ sở", 2019, 9),
    "a3": ("Bộ máy mới ở xã", "Sau khi sắp xếp, việc tinh giản và gọn nhẹ", 2019, 7),
    "a4": ("Ủy ban nhân dân tỉnh họp", "Bàn về tổ dân phố", 2018, 1),
    "a5": ("UBND huyện Đắk R'lấp", "HĐND huyện thông qua; TDP 3 được khen", 2018, 2),
    "a6": ("Người dân và Ủy viên", "nhân khẩu, dân số, ban công", 2018, 3),
    "a7": ("Hoà Bình và Hòa Bình", "Thuý đến thủy điện, quý khách", 2017, 1),
    "a8": (f"Tin {FORGED}", f"Chữ lạ {FORGED} & <b>đậm</b>", 2017, 2),
    "a9": ("Đăk Nông viết kiểu cũ", "DAK NONG", 2017, 3),
}


@pytest.fixture(autouse=True)
def _articles() -> None:
    Entry.objects.all().delete()
    for key, (title, text, year, month) in TEXTS.items():
        _row(Entry.Kind.ARTICLE, Found(key, title, text, f"/{key}/", day=dt.date(year, month, 1))).save()
    services.index_register()


def keys(words: str, kind: str = "article") -> list[str]:
    return [one.key for one in selectors.found(read(words), (kind,))[:]]


@pytest.mark.parametrize(
    "words",
    [
        "tinh gọn bộ máy",
        "tinh gon bo may",
        "TINH GỌN BỘ MÁY",
        unicodedata.normalize("NFD", "tinh gọn bộ máy"),
        "  tinh,gọn;bộ-máy!  ",
        'tinh gọn" bộ máy',
        "tinh gon bo may \0",
    ],
)
def test_titles_come_first_then_the_newest(words: str) -> None:
    assert keys(words) == ["a1", "a2", "a3"]


def test_a_phrase_is_found_in_its_order_alone() -> None:
    assert keys('"tinh gọn bộ máy"') == ["a1", "a2"]
    assert keys("“tinh gọn bộ máy”") == ["a1", "a2"]
    assert keys("«bo may» hội nghị") == ["a2"]


@pytest.mark.parametrize("words", ["dak nong", "đăk nông", "đắk nông", "ĐẮK NÔNG", "Đak Nong"])
def test_d_and_marks_do_not_matter(words: str) -> None:
    assert keys(words) == ["a9", "a1"]


@pytest.mark.parametrize(
    "words", ["hoà bình", "hòa bình", "hoa binh", unicodedata.normalize("NFD", "hoà bình")]
)
def test_old_and_new_places_of_the_tone_are_one(words: str) -> None:
    assert keys(words) == ["a7"]


def test_abbreviations_are_found_by_what_they_stand_for_and_the_other_way_round() -> None:
    assert keys("UBND") == ["a5", "a4"]
    assert keys('"ủy ban nhân dân"') == ["a5", "a4"]
    assert keys("hội đồng nhân dân") == ["a5"]
    assert keys("tdp") == ["a5", "a4"]
    assert keys("tổ dân phố") == ["a5", "a4"]
    assert keys('"UBND tỉnh"') == ["a4"]


@pytest.mark.parametrize("words", ["đắk r'lấp", "dak rlap", "Đắk R’lấp", "ĐĂK R`LẤP"])
def test_an_apostrophe_joins(words: str) -> None:
    assert keys(words) == ["a5"]


@pytest.mark.parametrize(
    "words",
    ['hội nghị" x', '"', '""', "'", '"x', "NEAR(a b)", "a AND", "OR", "NOT x", "*", "a*", "^a", "title:x", "(",
     "a OR b)", "%", "_", "\\", "!!", "& |", "a:*", "';--", "-x", "😀", "x" * 500, "<->", "a & !b"],
)  # fmt: skip
def test_odd_signs_are_no_error(nobody: Client, words: str) -> None:
    keys(words)
    for address in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        assert nobody.get(address, {"q": words}).status_code == 200


def test_signs_of_patterns_are_only_signs() -> None:
    assert keys("%") == keys("_") == keys("*") == []
    assert keys("tin_") == keys("tin")


@pytest.mark.parametrize("words", ["thôn 3 xã đắk 2", "thon 3 xa dak 2", "Thôn 3, Xã Đắk 2"])
def test_a_place_is_found_with_what_it_stands_under(words: str) -> None:
    assert keys(words, "place") == ["x2v3"]


def test_places_come_from_the_largest_to_the_smallest_and_those_that_ended_last() -> None:
    assert keys("đắk", "place")[:3] == ["h", "x1", "x2"]
    assert keys("thôn xã đắk 1", "place")[-1] == "x1v2"
    assert keys("24601", "place") == ["x1"]


def test_documents_are_found_by_number_and_title(settings: Any) -> None:
    assert keys("202/QĐ-UBND", "document") == ["qd2"]
    assert keys("quyết định sáp nhập thôn", "document") == ["qd2"]
    settings.OPEN_DATA = False
    services.index_register()
    assert keys("202/QĐ-UBND", "document") == []


def test_many_answers_come_in_the_same_order_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("thôn xã", "đắk", "thôn 2", '"thôn 2"', '"tinh gọn bộ máy"', "tinh gon bo may")
    few = [[keys(words, kind) for kind in ("article", "place")] for words in asked]
    assert any(len(found) > 2 for row in few for found in row)
    monkeypatch.setattr(selectors, "_MANY", 1)
    many = [[keys(words, kind) for kind in ("article", "place")] for words in asked]
    assert many == few
    for words in asked:
        whole = selectors.found(read(words)).numbers
        assert [selectors.found(read(words), most=most).numbers for most in (1, 2)] == [whole[:1], whole[:2]]


def test_the_next_page_asks_for_the_same(nobody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhgon_web.portal.search.views.A_PAGE", 1)
    text = nobody.get("/tim-kiem/", {"q": "đắk", "loai": "noi"}).text
    [following] = re.findall(r'rel="next" href="([^"]*)"', text)
    assert "trang=2" in following
    assert nobody.get(following.replace("&amp;", "&")).text.count("<li><h2>") == 1


def test_the_words_of_a_very_long_text_are_held() -> None:
    text = " ".join(f"chữ{number}" for number in range(90_000))
    _row(Entry.Kind.DOCUMENT, Found("dai", "Rất dài", text, "/dai/")).save()
    assert (
        keys("chu7", "document")
        == keys('"chu7 chu8 chu9"', "document")
        == keys("chu30000", "document")
        == ["dai"]
    )
    assert keys('"chu8 chu7"', "document") == []


def test_titles_are_proposed_while_typing() -> None:
    assert [one.key for one in selectors.suggested("tinh go")] == ["a1"]
    assert [one.key for one in selectors.suggested("hội ng")] == ["a2"]
    assert selectors.suggested("h") == selectors.suggested("") == selectors.suggested('"') == []


def test_the_index_follows_what_changes() -> None:
    before = Entry.objects.count()
    assert services.index_register() == 0
    row = Entry.objects.get(key="a2")
    row.marks = marks("article", " khac ", " khac | hoan toan | ")
    row.save()
    assert keys("hội nghị") == []
    assert keys("khác hoàn toàn") == ["a2"]
    row.delete()
    assert keys("khác hoàn toàn") == []
    assert Entry.objects.count() == before - 1


def test_what_is_found_is_marked_and_nothing_in_it_is_alive(nobody: Client) -> None:
    text = nobody.get("/tim-kiem/", {"q": "script chữ lạ"}).text
    assert FORGED not in text
    assert "&lt;<mark>script</mark>&gt;" in text
    assert "<mark>Chữ</mark> <mark>lạ</mark>" in text
    assert "<b>đậm</b>" not in text
    assert "<mark>gọn</mark>" in nobody.get("/tim-kiem/", {"q": "gon"}).text


@pytest.mark.parametrize("words", [FORGED, '"><img src=x onerror=alert(1)>', "'onfocus=alert(1) x='"])
def test_what_is_typed_is_only_words(nobody: Client, words: str) -> None:
    for address in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        text = nobody.get(address, {"q": words, "loai": words, "trang": words}).text
        assert words not in text


def test_the_page_and_its_fragment(nobody: Client) -> None:
    response = nobody.get("/tim-kiem/", {"q": "thôn 2"})
    assert not response.cookies
    assert "/tra-cuu/?q=" in response.text
    fragment = nobody.get("/tim-kiem/goi-y/", {"q": "thôn"}, headers=HTMX).text
    assert "<html" not in fragment
    assert "Thôn" in fragment
    assert "Không tìm thấy" in nobody.get("/tim-kiem/", {"q": "khongcogi"}).text


def test_nobody_is_found(nobody: Client) -> None:
    assert "Y Bhăm" not in nobody.get("/tim-kiem/", {"q": "Y Bhăm Niê"}).text.replace(
        'value="Y Bhăm Niê"', ""
    ).replace("Y Bhăm Niê ·", "")
    assert keys("y bham nie", "place") == []
