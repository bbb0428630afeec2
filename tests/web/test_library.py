"""The library: found without diacritics, files only once they are public, lists for search engines."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import newsroom
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.documents.models import Document as Paper

from tinhgon_web.core.models import AuditLine, User
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.portal.models import ArticlePage, PaperWords
from tinhgon_web.portal.services.demo import _picture

pytestmark = pytest.mark.django_db


def file_of(document: str, words: str) -> DocumentFile:
    return DocumentFile.objects.create(
        document_id=document,
        name="quyet-dinh.pdf",
        type="pdf",
        size=3,
        sha256="a" * 64,
        stored="khong-co",
        added_by=User.objects.get(pk=1),
        added_at=timezone.now(),
        read="done",
        folded=words,
    )


def test_documents_are_found_by_words_type_and_days(nobody: Client) -> None:
    assert "202/QĐ-UBND" in nobody.get("/thu-vien/?q=sap nhap thon").text
    only = nobody.get("/thu-vien/", {"loai": "báo cáo"}).text
    assert "88-BC/TU" in only
    assert "202/QĐ-UBND" not in only
    assert "88-BC/TU" not in nobody.get("/thu-vien/?den=01/01/2018").text


def test_a_file_is_read_and_searched_only_once_it_is_public(
    nobody: Client, client_as: Callable[..., Client]
) -> None:
    file = file_of("qd2", "mot cau rat rieng")
    assert "202/QĐ-UBND" not in nobody.get("/thu-vien/?q=mot cau rat rieng").text
    assert "quyet-dinh.pdf" not in nobody.get("/thu-vien/van-ban/qd2/").text
    assert nobody.get(f"/thu-vien/tep/{file.pk}/").status_code == 404
    editor = client_as("portal_editor")
    assert "quyet-dinh.pdf" in editor.get("/thu-vien/van-ban/qd2/").text
    editor.post(f"/thu-vien/cong-bo/{file.pk}/", {"mo": "1"})
    assert "202/QĐ-UBND" in nobody.get("/thu-vien/?q=mot cau rat rieng").text
    assert "quyet-dinh.pdf" in nobody.get("/thu-vien/van-ban/qd2/").text
    assert AuditLine.objects.filter(verb="publish", what=str(file.pk)).count() == 1
    editor.post(f"/thu-vien/cong-bo/{file.pk}/", {"mo": "0"})
    assert "quyet-dinh.pdf" not in nobody.get("/thu-vien/van-ban/qd2/").text


def test_what_a_place_keeps_for_itself_is_not_listed(nobody: Client) -> None:
    Document.objects.filter(pk="qd2").update(place="x1")
    assert "202/QĐ-UBND" not in nobody.get("/thu-vien/").text
    assert nobody.get("/thu-vien/van-ban/qd2/").status_code == 404


def test_a_closed_register_lists_only_what_was_made_public(nobody: Client, settings: Settings) -> None:
    settings.OPEN_DATA = False
    assert "202/QĐ-UBND" not in nobody.get("/thu-vien/").text
    assert nobody.get("/thu-vien/van-ban/qd2/").status_code == 404


def test_search_engines_find_articles_and_nothing_else(nobody: Client) -> None:
    page = newsroom.article("Đã đăng", slug="da-dang")
    newsroom.article("Nháp", slug="nhap", live=False)
    newsroom.article("Đã rút", slug="da-rut", withdrawn_because="Sai.")
    text = nobody.get("/sitemap.xml", headers={"X-Forwarded-Host": "evil.example"}).text
    ElementTree.fromstring(text)
    assert page.url in text
    assert "nhap" not in text
    assert "da-rut" not in text
    assert "evil" not in text
    assert "Disallow: /bien-tap/" in nobody.get("/robots.txt").text


def enclosed(title: str, words: str) -> Paper:
    paper = Paper.objects.create(title=title, file=ContentFile(b"%PDF-1.7", name=f"{title}.pdf"))
    PaperWords.objects.create(paper=paper, folded=words)
    return paper


def holding(title: str, paper: Paper, **more: object) -> ArticlePage:
    return newsroom.article(title, body=[("paper", {"document": paper, "about": ""})], **more)


def test_files_of_articles_are_found_by_title_and_by_what_they_say(nobody: Client) -> None:
    page = holding("Bài có tệp", enclosed("Biểu số liệu", "danh sach buon kep"))
    for words in ("", "bieu so lieu", "BUÔN KÉP", "biểu kép"):
        text = nobody.get("/thu-vien/tep-kem-bai/", {"q": words}).text
        assert "Biểu số liệu" in text, words
        assert page.url in text
    assert "Biểu số liệu" not in nobody.get("/thu-vien/tep-kem-bai/?q=khong+co").text


def test_a_file_of_no_published_article_is_neither_listed_nor_sent(
    nobody: Client, client_as: Callable[..., Client]
) -> None:
    drafted, taken_back, out = (enclosed(title, "") for title in ("nhap", "rut", "ra"))
    holding("Nháp", drafted, live=False)
    holding("Rút", taken_back, withdrawn_because="Sai.")
    page = holding("Ra", out)
    text = nobody.get("/thu-vien/tep-kem-bai/").text
    assert out.url in text
    assert drafted.url not in text
    assert taken_back.url not in text
    assert nobody.get(out.url).status_code == 200
    for inside in (drafted, taken_back):
        assert nobody.get(inside.url).status_code == 404
        assert client_as("viewer").get(inside.url).status_code == 404
        assert client_as("portal_editor").get(inside.url).status_code == 200
    page.unpublish()
    assert nobody.get(out.url).status_code == 404


def test_photos_name_the_newest_article_that_holds_them(nobody: Client) -> None:
    photo = {"image": _picture("Đồi", 1), "caption": "Đồi", "alt": "Đồi", "credit": ""}
    older, newer = (newsroom.article(title, body=[("photo", photo)]) for title in ("Cũ", "Mới"))
    text = nobody.get("/thu-vien/hinh-anh/").text
    assert newer.url in text
    assert older.url not in text
    newsroom.article("Nháp", live=False, body=[("photo", photo | {"image": _picture("Kín", 2)})])
    assert "Kín" not in nobody.get("/thu-vien/hinh-anh/").text


def test_a_document_names_the_programme_it_carries_out(nobody: Client) -> None:
    line = nobody.get("/thu-vien/?q=202/QĐ-UBND").text
    assert re.search(r'thực hiện <a href="/thu-vien/van-ban/ctr26/">26-CTr/TU</a>', line)
