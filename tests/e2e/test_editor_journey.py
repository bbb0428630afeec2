"""One article from its first word to its readers: written, illustrated, approved by a second person, out at its hour,
found, watched, commented on and counted. All tests share the one article."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import Visitor
from going import follow, open_tab, open_when, plays_past
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

TITLE, ADDRESS = "Chuyện sáp nhập ở buôn Đắk R'moan", "/sap-xep-bo-may/chuyen-sap-nhap-o-buon-dak-rmoan/"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
"""Chromium without a window says that it has none, and is not counted: it says to be this."""
FILMED = shutil.which("ffmpeg") is not None


@pytest.fixture(scope="module")
def people(browser: Browser, site: str) -> Iterator[Visitor]:
    """Everybody of the story; no browser of theirs may have had anything to complain about."""
    one = Visitor(browser, site)
    yield one
    one.close()
    assert one.complaints == []


@pytest.fixture(scope="module")
def approved(people: Visitor, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A reader's browser, when the article has been written and approved and waits for its hour."""
    editor = people.page(account="bien-tap")
    began = time.monotonic()
    write(editor, tmp_path_factory.mktemp("material"))
    send_in(editor, after=time.monotonic() - began)
    # A form is kept while it is written, also half-written; the browser reports each time that was not possible.
    people.complaints[:] = [one for one in people.complaints if "400 (Bad Request)" not in one]
    approve(people.page(account="phe-duyet"))
    return reader(people)


@pytest.fixture(scope="module")
def out(approved: Page) -> Page:
    """The same, when the hour has come."""
    open_when(approved, ADDRESS, "Cả tỉnh giảm")
    return approved


def reader(people: Visitor, agent: str = FIREFOX) -> Page:
    """Somebody who has not logged in."""
    page = people.page(account="")
    page.set_extra_http_headers({"User-Agent": agent})
    return page


def write(page: Page, material: Path) -> None:
    """The article in the workshop's own form, block by block."""
    page.goto("/bien-tap/pages/")
    for parent in ("Tinh gọn bộ máy Đắk Nông", "Sắp xếp bộ máy"):
        follow(page.get_by_role("link", name=f"Xem trang con của '{parent}'"))
    follow(page.get_by_role("link", name="Thêm trang con").first)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=lead]").fill("Giảm {{divisions}} phòng, ban; bà con hỏi về giấy tờ.")
    write_words(page)
    show_photo(page, material)
    block(page, "Số liệu sống").locator("select").select_option("divisions")
    if FILMED:
        show_film(page, material)
    page.locator("[name=figures_from]").fill("2018-03-08")
    page.locator("[name=figures_to]").fill("2019-10-09")
    page.locator("[name=byline]").fill("Bài và hình: người viết minh họa")


def block(page: Page, name: str) -> Locator:
    """Add a block at the end of the body."""
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    return page.locator("[data-streamfield-child]").last


def write_words(page: Page) -> None:
    editable = block(page, "Đoạn văn").locator("[contenteditable=true]")
    editable.click()
    page.keyboard.type("Cả tỉnh giảm {{divisions}} phòng, ban so với ngày mở đầu.")


def show_photo(page: Page, material: Path) -> None:
    picture = material / "doi.jpg"
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(picture)
    photo = block(page, "Ảnh")
    photo.locator("[data-chooser-action-choose]").first.click()
    modal = page.locator(".modal-content")
    open_tab(modal.locator("#tab-label-upload"), modal.locator("[name=image-chooser-upload-title]"))
    modal.locator("[name=image-chooser-upload-file]").set_input_files(picture)
    modal.locator("[name=image-chooser-upload-title]").fill("Đồi")
    modal.locator("#tab-upload button[type=submit], #tab-upload input[type=submit]").click()
    expect(modal).to_be_hidden()
    for field, words in (
        ("caption", "Sương sớm trên đồi."),
        ("alt", "Đồi trong sương"),
        ("credit", "Minh họa"),
    ):
        photo.locator(f"[name$='-{field}']").fill(words)


def show_film(page: Page, material: Path) -> None:
    """Uploads what no browser plays (MPEG-4 part 2): a job of the worker makes of it what they do."""
    made = material / "le-hoi.mov"
    drawn = ["-f", "lavfi", "-i", "testsrc=d=4:s=480x300:r=15", "-f", "lavfi", "-i", "sine=d=4"]
    command = ["ffmpeg", "-v", "error", *drawn, "-c:v", "mpeg4", "-c:a", "aac", str(made)]
    subprocess.run(command, check=True, timeout=600)
    film = block(page, "Phim")
    film.locator("[data-chooser-action-choose], .action-choose").first.click()
    modal = page.locator(".modal-content")
    open_tab(modal.locator("#tab-label-upload-video"), modal.locator("[name=media-chooser-upload-title]"))
    modal.locator("[name=media-chooser-upload-title]").fill("Lễ hội")
    modal.locator("[name=media-chooser-upload-file]").set_input_files(made)
    modal.locator("#tab-upload-video button[type=submit]").click()
    expect(modal).to_be_hidden()
    film.locator("[name$='-caption']").fill("Ngày hội ở buôn, phim minh họa.")
    film.locator("[name$='-transcript']").fill("Phim không có lời.")


def send_in(page: Page, after: float) -> None:
    """Readers may comment, the hour comes after some seconds, and somebody else is asked to approve."""
    expect(page).to_have_url(re.compile(r"/edit/"))  # it has been kept as a draft once
    comments = page.locator("[name=comments_open]")
    open_tab(page.get_by_role("tab", name="Tùy chỉnh"), comments)
    comments.check()
    page.locator("[name=go_live_at]").evaluate("(field, hour) => { field.value = hour; }", hour(after))
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    follow(page.locator("[name=action-submit]"))
    expect(page.locator(".messages .success").last).to_contain_text("Đã gửi duyệt")


def hour(after: float) -> str:
    """The next full minute after some seconds, as the form writes it.

    Approving takes less than writing did, however slow the machine is.
    """
    return f"{dt.datetime.now(HANOI) + dt.timedelta(seconds=60 + after):%Y-%m-%d %H:%M}"


def approve(page: Page) -> None:
    """A second person finds it among what waits for them, looks at it and lets it through."""
    page.goto("/bien-tap/")
    follow(page.get_by_role("link", name=TITLE).first)
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    follow(page.locator("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"))
    expect(page.locator(".messages .success").last).to_be_visible()


def test_nobody_sees_it_before_its_hour(approved: Page) -> None:
    assert approved.request.get(ADDRESS).status == 404
    approved.goto("/tim-kiem/?q=buon+dak+rmoan&loai=bai")
    expect(approved.locator(".results")).to_have_count(0)


def test_a_reader_finds_it_without_diacritics(out: Page) -> None:
    out.goto("/tim-kiem/?q=sap+nhap+buon+dak+rmoan")
    follow(out.locator(".results").get_by_role("link", name=TITLE))
    expect(out).to_have_url(re.compile(ADDRESS))
    expect(out.locator("article.article h1")).to_have_text(TITLE)


def test_it_shows_what_was_written(out: Page) -> None:
    out.goto(ADDRESS)
    expect(out.locator("article.article a.live").first).to_have_text("81")
    photo = out.locator("article.article img[alt='Đồi trong sương']")
    expect(photo).to_have_js_property("complete", True)
    expect(out.locator("article.article")).to_contain_text("Sương sớm trên đồi. Minh họa")


@pytest.mark.skipif(not FILMED, reason="ffmpeg is missing (Debian package: ffmpeg)")
def test_the_film_plays_and_is_sent_in_parts(out: Page) -> None:
    out.goto(ADDRESS)
    film = out.locator("video")
    expect(film).to_have_attribute("poster", re.compile("media_thumbnails"))
    film.evaluate("film => { film.muted = true; return film.play(); }")
    plays_past(film, 1)
    part = out.request.get(film.evaluate("film => film.currentSrc"), headers={"Range": "bytes=100-199"})
    assert (part.status, len(part.body())) == (206, 100)


def test_each_reader_is_counted_once(people: Visitor, out: Page) -> None:
    out.goto(ADDRESS)
    before = views(out)
    out.reload()
    assert views(out) == before
    for number in (1, 2):
        another = reader(people, f"{FIREFOX} {number}")
        another.goto(ADDRESS)
        assert views(another) == before + number


def views(page: Page) -> int:
    shown = page.locator(".views b")
    expect(shown).to_have_text(re.compile(r"\d"))
    return int(shown.inner_text().replace(".", ""))


def test_a_moderator_accepts_one_comment_and_rejects_another(people: Visitor, out: Page) -> None:
    for words in ("Cảm ơn bài viết về buôn tôi", "Nhận làm giấy tờ thuê"):
        comment(out, words)
    moderator = people.page(account="bien-tap")
    decide(moderator, "Cảm ơn bài viết", "accept", "fitting", "Đăng")
    decide(moderator, "Nhận làm giấy tờ thuê", "refuse", "advert", "Từ chối")
    open_when(out, ADDRESS, "Cảm ơn bài viết về buôn tôi")
    expect(out.locator(".comments")).to_contain_text("Cảm ơn bài viết về buôn tôi")
    expect(out.locator(".comments")).not_to_contain_text("giấy tờ thuê")


def comment(page: Page, words: str) -> None:
    """Write and send; the browser does the proof of work meanwhile."""
    page.goto(ADDRESS)
    follow(page.get_by_role("link", name="Viết bình luận"))
    page.get_by_label("Tên hiển thị").fill("Người ở buôn")
    page.locator("#id_text").fill(words)
    follow(page.get_by_role("button", name="Gửi bình luận"))
    expect(page.get_by_role("status")).to_contain_text("chưa được đăng")


def decide(page: Page, words: str, verb: str, reason: str, button: str) -> None:
    """One decision in the queue, with its reason."""
    page.goto("/kiem-duyet/")
    waiting = page.locator(".queued", has_text=words)
    waiting.locator(f"[name={verb}_reason]").select_option(reason)
    follow(waiting.get_by_role("button", name=button))
    expect(page.locator(".queued", has_text=words)).to_have_count(0)
