"""The public's pages in a browser: films play, the keyboard reaches all, an article is light, nothing jumps."""

from __future__ import annotations

import gzip
import re
import shutil

import pytest
from conftest import Visitor
from going import follow, plays_past, strike
from playwright.sync_api import Locator, Page, Response, expect

ARTICLE = "/sap-xep-bo-may/hai-nam-muoi-con-so/"
BUDGET, HEAVY = 150_000, {"document", "stylesheet", "script"}
"""What an article may weigh, compressed, in bytes; what is weighed."""
_FAR = 80
RINGED = """(document => document.activeElement.matches('body, video') ||
    getComputedStyle(document.activeElement).outlineStyle != 'none')(document)"""
"""Whether one sees what has the focus; the end of the page and a player's buttons are the browser's own."""


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is missing (Debian package: ffmpeg)")
def test_a_film_plays_and_a_chapter_leads_into_it(visitor: Visitor) -> None:
    page = visitor.page(account="")
    page.goto(ARTICLE)
    expect(page.locator("video")).to_have_attribute("poster", re.compile("media_thumbnails"))
    page.locator(".chapters button", has_text="Ruộng bậc thang").click()
    plays_past(page.locator("video"), 3.2)


def test_an_article_is_light_and_nothing_jumps(visitor: Visitor) -> None:
    page = visitor.page(account="", width=390)
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    page.add_init_script(
        "window.jumped = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.jumped += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(ARTICLE)
    heavy = [one for one in answers if one.ok and one.request.resource_type in HEAVY]
    weights = {one.url: len(gzip.compress(one.body())) for one in heavy}
    assert {one.request.resource_type for one in heavy} == HEAVY
    assert sum(weights.values()) < BUDGET, weights
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(500)  # time to jump
    assert page.evaluate("window.jumped") < 0.1


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus; wherever it comes through, one sees where one is."""
    expect(target).to_be_attached()
    for _ in range(_FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(RINGED), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is out of the keyboard's reach")


def test_the_portal_is_walked_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page(account="")
    page.goto("/")
    said = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    # A browser that forgets everything, as this one, installs nothing; it has no other objection.
    assert [one["errorId"] for one in said["installabilityErrors"]] == ["in-incognito"]
    tab_to(page, page.locator(".skip"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.locator("main h3 a").first)
    page.goto("/")
    tab_to(page, page.locator(".sections a", has_text="Thôn, tổ dân phố"))
    strike(page)
    expect(page.locator("h1")).to_have_text("Thôn, tổ dân phố")
    tab_to(page, page.locator("#tim"))
    page.keyboard.type("muoi con so")
    strike(page)
    tab_to(page, page.locator("#hoi"))
    page.keyboard.type("hai nam sap xep")
    tab_to(page, page.locator(".suggestions a", has_text="Hai năm sắp xếp").first)
    strike(page)
    _walk_an_article(page)
    _walk_the_look_up(page)


def _walk_an_article(page: Page) -> None:
    """Reading tools, remembered; film and chapter; the map as a list; the form of a comment."""
    root, film = page.locator("html"), page.locator("video")
    tab_to(page, page.locator('[data-size="1"]'))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("button[data-contrast]"))
    page.keyboard.press("Space")
    page.reload()
    expect(root).to_have_attribute("data-size", "1")
    expect(root).to_have_attribute("data-contrast", "on")
    if film.count():
        tab_to(page, film)
        page.keyboard.press("Space")
        expect(film).to_have_js_property("paused", False)
        tab_to(page, page.locator(".chapters button", has_text="Ruộng bậc thang"))
        page.keyboard.press("Enter")
        plays_past(film, 3)
    tab_to(page, page.locator(".drawn-map summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".drawn-map details table")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Viết bình luận"))
    strike(page)
    tab_to(page, page.get_by_label("Tên hiển thị"))
    page.keyboard.type("Bạn đọc")
    tab_to(page, page.locator("#id_text"))
    page.keyboard.type("Gõ bằng bàn phím")
    tab_to(page, page.get_by_role("button", name="Gửi bình luận"))


def _walk_the_look_up(page: Page) -> None:
    """From the menu to a place."""
    tab_to(page, page.locator(".sections a", has_text="Thôn tôi nay ở đâu"))
    strike(page)
    tab_to(page, page.locator("#noi"))
    page.keyboard.type("thon 2")
    strike(page)
    expect(page.locator(".place h2").first).to_be_visible()


def test_an_article_is_read_without_scripts(visitor: Visitor) -> None:
    page = visitor.page(account="", scripts=False)
    page.goto("/")
    follow(page.locator("main h3 a").first)
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("a.live").first).to_be_visible()


def test_search_and_look_up_answer_without_scripts(visitor: Visitor) -> None:
    page = visitor.page(account="", scripts=False)
    for address, typed in (("/tim-kiem/", "muoi con so"), ("/tra-cuu/", "thon 2")):
        page.goto(address)
        page.locator("main input[name=q]").fill(typed)
        strike(page)
        expect(page.locator("main a").first).to_be_visible()
        assert typed.replace(" ", "+") in page.url
