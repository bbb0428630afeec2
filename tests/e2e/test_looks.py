"""Each page at each size: nothing runs over the edge, axe finds nothing serious, and a picture to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import looked_at
import pytest
from conftest import Visitor
from pictures import picture, resize, seen, serious
from playwright.sync_api import Browser, Page

SIGHTS = [("light", "vi"), ("dark", "en")]
"""Colours and language of the pictures of a page, each of them on a desk and on a telephone."""
WIDTHS = (1440, 390)


class Looker:
    """Somebody of each account, logged in once, whose pages are opened one after the other."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.pages: dict[str, Page] = {}

    def open(self, look: looked_at.Look, theme: str, language: str) -> Page:
        """A page in colours and a language; the one before is not left to draw itself anew meanwhile."""
        if look.account not in self.pages:
            self.pages[look.account] = self.visitor.page(account=look.account)
        page = self.pages[look.account]
        page.goto("about:blank")
        resize(page, WIDTHS[0])
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.context.add_cookies([{"name": "django_language", "value": language, "url": self.visitor.site}])
        page.goto(look.address)
        assert unquote(urlsplit(page.url).path) == urlsplit(look.address).path
        return page


@pytest.fixture(scope="module")
def looker(browser: Browser, site: str) -> Iterator[Looker]:
    """Whoever looks at all the pages."""
    visitor = Visitor(browser, site)
    yield Looker(visitor)
    visitor.close()


@pytest.mark.parametrize("name", looked_at.LOOKS)
def test_a_page_fits_and_can_be_read(looker: Looker, name: str) -> None:
    looker.visitor.complaints.clear()
    for theme, language in SIGHTS:
        page = looker.open(looked_at.LOOKS[name], theme, language)
        for width in WIDTHS:
            resize(page, width)
            seen(page, f"{name}-{width}-{theme}-{language}")
    complaints = looker.visitor.complaints
    if name == "missing":  # the browser reports the 404 that is asked for
        complaints = [one for one in complaints if "404" not in one]
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_can_be_read(visitor: Visitor, theme: str) -> None:
    page = visitor.page(1440, theme)
    page.goto("/so-ket/")
    page.locator('.tile[data-code="village_part_time"]').click()
    page.locator("#panel .line").first.wait_for()
    picture(page, f"panel-1440-{theme}-vi", whole=False)
    assert serious(page) == []


def test_the_review_prints(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/?ngay=2019-10-08")
    page.emulate_media(media="print")
    picture(page, "review-print")
    assert page.locator(".rail").is_hidden()
    assert page.locator(".ribbon").is_visible()
    assert page.locator(".band").is_visible()
