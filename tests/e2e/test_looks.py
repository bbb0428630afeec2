"""Each page at each size: nothing runs over the edge, axe finds nothing serious, and a picture to be looked at."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import looked_at
import pytest
from conftest import SHOTS, Visitor
from faults import serious

SIGHTS = [(1440, "light", "vi"), (1440, "dark", "en"), (390, "light", "en"), (390, "dark", "vi")]
"""Width, colours and language of the four pictures of a page."""


@pytest.mark.parametrize("name", looked_at.LOOKS)
def test_a_page_fits_and_can_be_read(visitor: Visitor, name: str) -> None:
    look = looked_at.LOOKS[name]
    page = visitor.page(account=look.account)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for width, theme, language in SIGHTS:
        visitor.look(page, width, theme, language)
        page.goto(look.address)
        assert unquote(urlsplit(page.url).path) == urlsplit(look.address).path
        page.screenshot(path=SHOTS / f"{name}-{width}-{theme}-{language}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        assert serious(page) == [], (width, theme)
    if name == "missing":
        visitor.complaints.clear()  # the browser reports the 404 that is asked for


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_can_be_read(visitor: Visitor, theme: str) -> None:
    page = visitor.page(1440, theme)
    page.goto("/so-ket/")
    page.locator('.tile[data-code="village_part_time"]').click()
    page.locator("#panel .line").first.wait_for()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"panel-1440-{theme}-vi.png")
    assert serious(page) == []


def test_the_review_prints(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/?ngay=2019-10-08")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.emulate_media(media="print")
    page.screenshot(path=SHOTS / "review-print.png", full_page=True)
    assert page.locator(".rail").is_hidden()
    assert page.locator(".ribbon").is_visible()
    assert page.locator(".band").is_visible()
