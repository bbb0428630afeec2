"""The library: found without diacritics, files only once they are public, lists for search engines."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import newsroom
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tinhgon_web.core.models import AuditLine, User
from tinhgon_web.documents.models import Document, DocumentFile

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
