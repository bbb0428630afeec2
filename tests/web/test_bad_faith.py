"""What people of bad faith try on the portal: files that are not what they say, ways out, what is not published."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import newsroom
import pages
import pytest
import uploads
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from pytest_django.fixtures import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Site
from wagtailmedia.models import Media

from tinhgon_web.portal.models import ArticlePage, Correction, Office, SectionPage, Writer

pytestmark = pytest.mark.django_db
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
EVIL = """"'><img src=x onerror=alert(1)><script>alert(1)</script>"""


@pytest.fixture(autouse=True)
def _kept(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PUBLIC_ROOT = tmp_path, tmp_path / "public"


@pytest.fixture
def editor(client_as: Callable[..., Client]) -> Client:
    newsroom.section()
    return client_as("portal_editor")


def jpeg(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (width, height), (90, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def upload(editor: Client, kind: str, name: str, content: bytes, **more: object) -> None:
    at = {"images": "/bien-tap/images/add/", "documents": "/bien-tap/documents/multiple/add/"}
    at |= {"media": "/bien-tap/media/video/add/"}
    fields = {"title": name, "collection": Collection.get_first_root_node().pk, **more}
    file = SimpleUploadedFile(name, content)
    fields |= {"files[]" if kind == "documents" else "file": file}
    response = editor.post(at[kind], fields, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code in (200, 302)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.svg", SCRIPT),
        ("anh.png", SCRIPT),
        ("anh.jpg", HTML),
        ("anh.gif", b"GIF89a" + HTML),
        ("anh.webp", b"RIFF\x24\0\0\0WEBP" + HTML),
        ("anh.png", uploads.png(60_000, 60_000)),
        ("anh.php", b"<?php system($_GET['x']);"),
    ],
)
def test_a_picture_that_is_none_is_refused(editor: Client, name: str, content: bytes) -> None:
    upload(editor, "images", name, content)
    assert not Image.objects.exists()


def test_a_picture_is_taken_and_shown_redrawn(editor: Client) -> None:
    """What follows the picture in its file is not in what readers get."""
    upload(editor, "images", "anh.jpg", jpeg() + HTML)
    image = Image.objects.get()
    with image.get_rendition("width-20|format-jpeg").file.open("rb") as file:
        assert b"script" not in file.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", HTML),
        ("a.pdf", SCRIPT),
        ("a.pdf", b"%PDF-1.4\n" + HTML + b"\n%%EOF"),
        ("a.docx", uploads.pdf()),
        ("a.xlsx", b"PK\x03\x04" + HTML),
        ("a.html", HTML),
        ("a.svg", SCRIPT),
        ("a.pdf", uploads.pdf() + HTML),
        (
            "a.pdf",
            uploads.pdf().replace(
                b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>"
            ),
        ),
    ],
)
def test_a_document_that_is_none_is_refused(editor: Client, name: str, content: bytes) -> None:
    upload(editor, "documents", name, content)
    assert not Document.objects.exists()


def test_a_document_is_taken(editor: Client) -> None:
    upload(editor, "documents", "a.pdf", uploads.pdf())
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.mp4", HTML), ("a.webm", SCRIPT), ("a.mp4", jpeg()), ("a.html", HTML), ("a.mp4", b"")],
)
def test_a_film_that_is_none_is_refused(editor: Client, name: str, content: bytes) -> None:
    upload(editor, "media", name, content)
    assert not Media.objects.exists()


def test_a_film_is_taken_with_a_photo_and_with_nothing_else(editor: Client) -> None:
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64
    upload(editor, "media", "a.mp4", film, thumbnail=SimpleUploadedFile("b.svg", SCRIPT))
    assert not Media.objects.exists()
    upload(editor, "media", "a.mp4", film, thumbnail=SimpleUploadedFile("b.jpg", jpeg()))
    assert Media.objects.count() == 1


WAYS_OUT = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example/",
    " //evil.example",
    "http://testserver@evil.example/",
]


@pytest.mark.parametrize("out", WAYS_OUT)
def test_no_link_and_no_form_leads_elsewhere(client_as: Callable[..., Client], out: str) -> None:
    nobody = Client()
    answers = [
        nobody.get("/ngon-ngu/en/", {"next": out}),
        nobody.post("/tuy-chon/ngon-ngu/", {"language": "en", "next": out}),
        nobody.post("/tuy-chon/giao-dien/", {"theme": "dark", "next": out}),
        nobody.post("/tai-khoan/dang-nhap/", {"login": "x", "password": "y", "next": out}),
        client_as("viewer").get("/tai-khoan/dang-nhap/", {"next": out}),
        client_as("viewer").post("/tai-khoan/dang-xuat/", {"next": out}),
        client_as("portal_editor").get("/bien-tap/login/", {"next": out}),
    ]
    for answer in answers:
        went = answer.headers.get("Location", "/")
        assert "evil" not in re.split(r"[?#]", went)[0]
        assert went.startswith("/")
        assert not went.startswith(("//", "/\\"))


def test_what_is_not_published_is_on_no_public_page(nobody: Client) -> None:
    word = "Bản nháp Xyzzy"
    draft = newsroom.article(word, live=False, lead=f"{word} {{{{ divisions }}}}")
    draft.tags.add("thẻ-xyzzy")
    draft.writers.add(Writer.objects.create(name="Người viết xyzzy", slug="nguoi-viet-xyzzy"))
    draft.save()
    draft.save_revision()
    newsroom.article("Bài đã đăng")
    for name, page in pages.GETS.items():
        if page.who == "everybody" or "everybody" in page.who:
            text = nobody.get(page.address).content.decode(errors="replace")
            assert word not in text, name
    for address in (
        "/",
        "/rss.xml",
        "/atom.xml",
        "/sitemap.xml",
        "/tim-kiem/?q=xyzzy",
        "/tac-gia/nguoi-viet-xyzzy/",
    ):
        assert word not in nobody.get(address).text, address
    assert draft.slug not in nobody.get("/sitemap.xml").text


def test_a_draft_answers_as_what_is_not_there(nobody: Client) -> None:
    draft = newsroom.article("Bản nháp", live=False, slug="ban-nhap")
    newsroom.article("Bài đã đăng")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

    def answer(address: str) -> tuple[int, str]:
        response = nobody.get(address)
        return response.status_code, token.sub("", response.text.replace(address, "").replace("ban-nhap", ""))

    assert answer("/sap-xep/ban-nhap/") == answer("/sap-xep/khong-co/")
    for address in ("/dem/{}/", "/binh-luan/{}/", "/phu-de/{}/6f9619ff-8b86-d011-b42d-00c04fc964ff.vtt"):
        there, not_there = (nobody.get(address.format(number)) for number in (draft.pk, 987654))
        assert there.status_code == not_there.status_code, address
        assert (
            there.text.replace(str(draft.pk), "") == not_there.text.replace("987654", "")
            or there.status_code == 404
        )
    assert nobody.get(f"/bien-tap/pages/{draft.pk}/view_draft/").status_code == 302


def test_no_word_of_an_editor_runs(nobody: Client) -> None:
    """The office, the section, the writer, tags, corrections, reasons: what the article's own test leaves out."""
    page = newsroom.article(EVIL, byline=EVIL, cover_credit=EVIL)
    page.tags.add("thẻ<script>alert(1)</script>")
    page.corrections = [Correction(made_on="2019-10-09", note=EVIL)]
    page.writers.add(Writer.objects.create(name=EVIL, slug="ai", duty=EVIL))
    page.save_revision().publish()
    SectionPage.objects.update(title=EVIL, intro=EVIL)
    site = Site.objects.get(is_default_site=True)
    texts = dict.fromkeys(("name", "motto", "address", "responsible", "licence"), EVIL)
    texts["hotline"] = EVIL[:33]  # the field takes no more, and PostgreSQL holds to it
    Office.objects.update_or_create(site=site, defaults=texts)
    tag = page.tags.get().slug
    addresses = [
        "/",
        page.url,
        "/sap-xep/",
        "/tac-gia/ai/",
        f"/the/{tag}/",
        "/cai-dat/",
        "/rss.xml",
        "/sitemap.xml",
    ]
    texts_seen = [nobody.get(address) for address in addresses]
    ArticlePage.objects.filter(pk=page.pk).update(withdrawn_because=EVIL)
    for response in [*texts_seen, nobody.get(page.url)]:
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text
    manifest = nobody.get("/ung-dung.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert manifest.json()["name"] == EVIL
