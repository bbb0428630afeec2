"""The public's pages in a browser: a film plays, the article is light, nothing jumps while pictures come."""

from __future__ import annotations

import gzip
import re
import shutil

import pytest
from conftest import Visitor
from going import follow, strike
from playwright.sync_api import expect

ARTICLE = "/sap-xep-bo-may/hai-nam-muoi-con-so/"
BUDGET = 150_000
PLAYED = (
    "new Promise((done, fail) => { film.addEventListener('error', () => fail(film.error));"
    " film.addEventListener('timeupdate', () => { if (film.currentTime > 3.2) done(film.currentTime); }); })"
)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is missing (Debian package: ffmpeg)")
def test_a_film_plays_and_a_chapter_leads_into_it(visitor: Visitor) -> None:
    page = visitor.page(account="")
    page.goto(ARTICLE)
    film = page.locator("video")
    expect(film).to_have_attribute("poster", re.compile("media_thumbnails"))
    page.locator(".chapters button", has_text="Ruộng bậc thang").click()
    assert film.evaluate(f"film => {PLAYED}") > 3.2


def test_an_article_is_light_and_nothing_jumps(visitor: Visitor) -> None:
    page = visitor.page(account="", width=390)
    weights: dict[str, int] = {}

    def weigh(response) -> None:  # type: ignore[no-untyped-def]  # Playwright's own
        if response.request.resource_type in ("document", "stylesheet", "script") and response.ok:
            weights[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.add_init_script(
        "window.jumped = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.jumped += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(ARTICLE, wait_until="networkidle")
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(500)
    assert sum(weights.values()) < BUDGET, weights
    assert page.evaluate("window.jumped") < 0.1


def test_the_reading_tools_are_remembered_and_the_site_can_be_installed(visitor: Visitor) -> None:
    page = visitor.page(account="")
    page.goto(ARTICLE)
    page.locator('[data-size="1"]').click()
    page.locator("button[data-contrast]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    expect(page.locator("html")).to_have_attribute("data-contrast", "on")
    said = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    # A browser that forgets everything, as this one, installs nothing; it has no other objection.
    assert [one["errorId"] for one in said["installabilityErrors"]] == ["in-incognito"]


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
