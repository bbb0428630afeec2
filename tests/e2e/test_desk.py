"""Readers comment and are counted; a moderator accepts one comment and rejects another; the hotline answers."""

from __future__ import annotations

import re

from conftest import Visitor
from going import follow, open_when, press
from playwright.sync_api import Page, expect

ARTICLE = "/sap-xep-bo-may/hai-nam-muoi-con-so/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
"""Chromium without a window says that it has none, and is not counted: it says to be this."""


def reader(visitor: Visitor, agent: str = FIREFOX, scripts: bool = True) -> Page:
    page = visitor.page(account="", scripts=scripts)
    page.set_extra_http_headers({"User-Agent": agent})
    return page


def views(page: Page) -> int:
    shown = page.locator(".views b")
    expect(shown).to_have_text(re.compile(r"\d"))
    return int(shown.inner_text().replace(".", ""))


def test_the_count_rises_once_for_each_reader(visitor: Visitor) -> None:
    first = reader(visitor)
    first.goto(ARTICLE)
    before = views(first)
    first.reload()
    assert views(first) == before
    second = reader(visitor, f"{FIREFOX} khác")
    second.goto(ARTICLE)
    assert views(second) == before + 1


def comment(page: Page, text: str) -> None:
    page.goto(ARTICLE)
    follow(page.get_by_role("link", name="Viết bình luận"))
    page.get_by_label("Tên hiển thị").fill("Bạn đọc")
    page.locator("#id_text").fill(text)
    follow(page.get_by_role("button", name="Gửi bình luận"))
    expect(page.get_by_role("status")).to_contain_text("chưa được đăng")


def test_a_moderator_accepts_one_and_rejects_one_with_a_reason(visitor: Visitor) -> None:
    one = reader(visitor)
    comment(one, "Bài viết rõ ràng")
    comment(one, "Mua hàng giảm giá")
    moderator = visitor.page(account="bien-tap")
    moderator.goto("/kiem-duyet/")
    good = moderator.locator(".queued", has_text="Bài viết rõ ràng")
    good.locator("[name=accept_reason]").select_option("fitting")
    follow(good.get_by_role("button", name="Đăng"))
    bad = moderator.locator(".queued", has_text="Mua hàng giảm giá")
    bad.locator("[name=refuse_reason]").select_option("advert")
    follow(bad.get_by_role("button", name="Từ chối"))
    moderator.goto("/kiem-duyet/?o=rejected")
    expect(moderator.locator(".queued").first).to_contain_text("Mua hàng giảm giá")
    open_when(one, ARTICLE, "Bài viết rõ ràng")
    expect(one.locator(".comments")).to_contain_text("Bài viết rõ ràng")
    expect(one.locator(".comments")).not_to_contain_text("Mua hàng giảm giá")


def answer_the_question(page: Page) -> None:
    """The question about words that stands in the place of the proof of work."""
    asked = re.search(r"số (\d): (.*)", page.locator("[data-question] label").inner_text())
    assert asked is not None
    phrases = dict(one.split(". ", 1) for one in asked.group(2).split("; "))
    page.locator("#id_answer").fill(phrases[asked.group(1)])


def test_a_comment_is_sent_without_scripts(visitor: Visitor) -> None:
    page = reader(visitor, scripts=False)
    page.goto(ARTICLE)
    follow(page.get_by_role("link", name="Viết bình luận"))
    page.get_by_label("Tên hiển thị").fill("Bạn đọc")
    page.locator("#id_text").fill("Gửi từ máy không chạy kịch bản")
    answer_the_question(page)
    follow(page.get_by_role("button", name="Gửi bình luận"))
    expect(page.get_by_role("status")).to_contain_text("chưa được đăng")


def test_the_hotline_works_without_scripts(visitor: Visitor) -> None:
    page = reader(visitor, scripts=False)
    page.goto("/hoi-dap/")
    page.locator("#id_subject").fill("Đổi giấy tờ")
    page.locator("#id_text").fill("Có phải đổi không?")
    answer_the_question(page)
    follow(page.get_by_role("button", name="Gửi", exact=True))
    code = page.locator(".receipt code").inner_text()
    page.goto("/hoi-dap/tra-cuu/")
    page.locator("#id_code").fill(code)
    press(page, "Tra cứu")
    expect(page.locator(".asked")).to_contain_text("Có phải đổi không?")
