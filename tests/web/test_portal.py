"""What the public reads: figures that stay true, files in parts, feeds, words that cannot break out of their place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import newsroom
import pytest
import story
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tinhgon.figures import figures
from tinhgon.registry.folder import RegisterFolder
from tinhgon.rules import Rulebook
from tinhgon_web.portal.blocks import Paragraphs
from tinhgon_web.portal.models import ArticlePage, Correction, PublishedFigure, SectionPage

pytestmark = pytest.mark.django_db


def test_an_article_says_what_the_engine_counts(nobody: Client, folder: RegisterFolder) -> None:
    [figure] = figures(folder.register(), Rulebook.load(), story.START, story.END, ["divisions"])
    text = nobody.get(newsroom.article().url).text
    assert text.count(f'<data value="{figure.value}">') == 2
    assert "{{" not in text
    [address] = set(re.findall(r'href="(/so-lieu/divisions/[^"]*)"', text))
    assert nobody.get(address.replace("&amp;", "&")).status_code == 200
    assert "corrected" not in text


def test_a_later_record_that_changes_a_figure_is_told_with_its_day(nobody: Client) -> None:
    page = newsroom.article()
    PublishedFigure.objects.filter(page=page).update(value=-7, seq=1)
    text = nobody.get(page.url).text
    assert re.search(r"đính chính ngày \d\d/\d\d/\d{4}: khi đăng, bài ghi −?7", text)
    assert text.count("corrected") >= 2


def test_a_code_that_is_no_figure_stays_as_typed(nobody: Client) -> None:
    page = newsroom.article(lead="Không có {{ khong_co }}.")
    assert "{{ khong_co }}" in nobody.get(page.url).text


NASTY = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>{{divisions}}'


def typed(words: str) -> object:
    """Paragraphs as the editor's form sends them, with a link that would run a script."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    line = {"key": "a", "type": "unstyled", "depth": 0, "text": words, "inlineStyleRanges": []}
    sent = {
        "blocks": [line | {"entityRanges": [{"offset": 0, "length": 4, "key": 0}]}],
        "entityMap": {"0": link},
    }
    return Paragraphs().value_from_datadict({"words": json.dumps(sent)}, {}, "words")


def _said_to_search_engines(text: str) -> dict[str, Any]:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return dict(json.loads(data))


def test_no_field_of_an_article_breaks_out_of_its_place(nobody: Client) -> None:
    table = {"columns": [{"type": "text", "heading": NASTY}], "rows": [{"values": [NASTY]}]}
    body = [
        ("text", typed(NASTY)),
        ("heading", NASTY),
        ("quote", {"words": NASTY, "said_by": NASTY}),
        ("table", {"caption": NASTY, "table": table}),
        ("figure", {"code": "divisions", "note": NASTY}),
    ]
    page = newsroom.article(NASTY, slug="xau", lead=NASTY, byline=NASTY, body=body, search_description=NASTY)
    page.tags.add(NASTY)
    Correction.objects.create(page=page, made_on=story.END, note=NASTY)
    page.save()
    text = nobody.get(page.url).text
    assert "<script>" not in text
    assert "<img src=x" not in text
    assert _said_to_search_engines(text)["headline"] == NASTY
    for address in ("/", "/sap-xep/"):
        assert "<script>alert" not in nobody.get(address).text
    for address in ("/rss.xml", "/atom.xml"):
        ElementTree.fromstring(nobody.get(address).text)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_lists_articles_with_their_numbers(nobody: Client, kind: str) -> None:
    newsroom.article("Bài mới")
    newsroom.article("Bài nháp", live=False)
    response = nobody.get(f"/{kind}.xml")
    assert response.headers["Content-Type"].startswith(f"application/{kind}+xml")
    assert "Bài mới" in response.text
    assert "Bài nháp" not in response.text
    assert "{{" not in response.text


@pytest.fixture
def film(settings: Settings, tmp_path: Path) -> bytes:
    settings.PUBLIC_ROOT = tmp_path
    data = bytes(range(256)) * 4
    for folder in ("media", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "phim.mp4").write_bytes(data)
    (tmp_path / "media" / "xau.svg").write_text("<svg onload='alert(1)'/>")
    (tmp_path / "media" / "xau.html").write_text("<script>alert(1)</script>")
    (tmp_path.parent / "ngoai.txt").write_text("ngoài")
    return data


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=1000-", 1000, 1023), ("bytes=-24", 1000, 1023)]
)
def test_a_player_gets_the_part_it_asks_for(
    nobody: Client, film: bytes, asked: str, first: int, last: int
) -> None:
    response = nobody.get("/tep-cong-khai/media/phim.mp4", headers={"Range": asked})
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/1024"
    assert response.getvalue() == film[first : last + 1]


def test_parts_that_are_not_there_are_refused(nobody: Client, film: bytes) -> None:
    response = nobody.get("/tep-cong-khai/media/phim.mp4", headers={"Range": f"bytes={len(film)}-"})
    assert response.status_code == 416
    whole = nobody.get("/tep-cong-khai/media/phim.mp4", headers={"Range": "bytes=a-b"})
    assert whole.getvalue() == film
    assert whole.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    "path",
    [
        "original_images/phim.mp4",
        "documents/phim.mp4",
        "media/../original_images/phim.mp4",
        "media/../../ngoai.txt",
        "media/%2e%2e/documents/phim.mp4",
        "../ngoai.txt",
        "media",
        "",
    ],
)
@pytest.mark.usefixtures("film")
def test_nothing_else_can_be_had(nobody: Client, path: str) -> None:
    assert nobody.get(f"/tep-cong-khai/{path}").status_code == 404


@pytest.mark.parametrize("name", ["xau.svg", "xau.html"])
@pytest.mark.usefixtures("film")
def test_what_browsers_would_run_is_sent_as_bytes(nobody: Client, name: str) -> None:
    response = nobody.get(f"/tep-cong-khai/media/{name}")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:x"]
)
def test_the_language_link_never_leads_elsewhere(nobody: Client, elsewhere: str) -> None:
    response = nobody.get("/ngon-ngu/en/", {"next": elsewhere})
    assert response.headers["Location"] == "/"


def test_the_language_link_goes_back(nobody: Client) -> None:
    page = newsroom.article()
    assert nobody.get("/ngon-ngu/en/", {"next": page.url}).headers["Location"] == page.url
    assert '<html lang="en"' in nobody.get(page.url).text
    assert nobody.get("/ngon-ngu/xx/").status_code == 404


def test_tags_have_addresses_without_diacritics_and_old_ones_lead_there(nobody: Client) -> None:
    page = newsroom.article()
    page.tags.add("ma đất", "mà đất", "má đất", "日")
    page.save_revision().publish()
    found = dict.fromkeys(re.findall(r'rel="tag" href="([^"]*)"', nobody.get(page.url).text))
    assert set(found) == {"/the/ma-dat/", "/the/ma-dat-2/", "/the/ma-dat-3/", "/the/the/"}
    assert [nobody.get(address).status_code for address in found] == [200] * 4
    old = nobody.get("/the/ma-đất/")
    assert (old.status_code, old.headers["Location"]) == (301, "/the/ma-dat/")
    assert nobody.get("/the/không-có/").status_code == 404


def test_every_picture_says_its_size_and_comes_in_small_formats(nobody: Client, settings: Settings) -> None:
    from tinhgon_web.portal.services.demo import _picture

    photo = {"image": _picture("Đồi", 1), "caption": "Đồi", "alt": "Đồi", "credit": ""}
    text = nobody.get(newsroom.article(cover=_picture("Đồi", 2), body=[("photo", photo)]).url).text
    images = re.findall(r"<img[^>]*>", text)
    assert len(images) == 2
    assert all(re.search(r'width="\d+"', one) and re.search(r'height="\d+"', one) for one in images)
    assert text.count('type="image/avif"') == text.count('type="image/webp"') == 2
    said = _said_to_search_engines(text)
    assert said["image"][0] in text.split('property="og:image" content="')[1]
    assert said["publisher"]["name"] in text.split("<title>")[1]


def test_the_front_page_asks_as_much_for_many_sections_as_for_one(nobody: Client) -> None:
    first = newsroom.article("Bài đầu")
    counts = []
    for number in range(4):
        nobody.get("/")
        with CaptureQueriesContext(connection) as queries:
            text = nobody.get("/").text
        counts.append(len(queries))
        made = SectionPage(title=f"Mục {number}", slug=f"muc-{number}")
        newsroom.section().get_parent().add_child(instance=made)
        for n in range(6):
            page = ArticlePage(title=f"Bài {number}.{n}", lead="Dẫn", body=[])
            made.add_child(instance=page)
            page.save_revision().publish()
    assert len(set(counts[1:])) == 1  # the first counts the figures of the article on top
    assert text.index("Mục 0") < text.index("Mục 1")
    strip = text.split("Mục 0</a></h2>")[1].split("</section>")[0]
    assert [f"Bài 0.{n}" in strip for n in range(6)] == [False, False, True, True, True, True]
    assert first.title in text


def test_the_head_of_a_page_says_the_day_the_site_calls_today(nobody: Client) -> None:
    assert f'class="today">Thứ 4, {story.END:%d/%m/%Y}<' in nobody.get(newsroom.article().url).text
