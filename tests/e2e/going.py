"""Going from page to page. Playwright's own clicks do not wait for the page they lead to, so that what is read next may
still be the page before; everybody who goes on by a click or a key does so with these."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

ROUNDS, PAUSE = 600, 500
"""How often, and after how many milliseconds, an address is asked for again: five minutes in all."""


def follow(link: Locator) -> None:
    """Click a link or a button that leads to another page, and wait until that page has come whole."""
    with link.page.expect_navigation():
        link.click()


def strike(page: Page, key: str = "Enter") -> None:
    """Strike a key that leads to another page, and wait until that page has come whole."""
    with page.expect_navigation():
        page.keyboard.press(key)


def press(page: Page, name: str, said: str = "") -> None:
    """Press a button of the page's main part and wait for the next page; `said`: what that page tells."""
    follow(page.locator("main").get_by_role("button", name=name, exact=True))
    if said:
        expect(page.locator(".messages")).to_contain_text(said)


def open_when(page: Page, address: str, words: str) -> None:
    """Open an address as soon as it tells something: pages for the public are kept for some seconds."""
    for _ in range(ROUNDS):
        if words in page.request.get(address).text():
            page.goto(address)
            return
        page.wait_for_timeout(PAUSE)
    raise TimeoutError(f"{address} never told: {words}")


def plays_past(film: Locator, second: float) -> None:
    """Wait until a film that plays has come past a second of it."""
    film.evaluate(
        "(film, second) => new Promise((done, fail) => {"
        " const look = () => { if (film.currentTime > second) done(); };"
        " film.addEventListener('error', () => fail(film.error.message));"
        " film.addEventListener('timeupdate', look); look(); })",
        second,
    )


def open_tab(tab: Locator, shows: Locator) -> None:
    """Click a tab until what it shows is there: before a page's scripts have come clicks get lost."""
    for _ in range(ROUNDS):
        tab.click()
        tab.page.wait_for_timeout(PAUSE)
        if shows.is_visible():
            return
    raise TimeoutError("the tab never opened")
