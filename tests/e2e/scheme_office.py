"""The people of an office on one site whose days go on, and what each of them does with a scheme."""

from __future__ import annotations

import io
import re

import pictures
from conftest import Visitor
from playwright.sync_api import FilePayload, Locator, Page
from pypdf import PdfWriter
from serving import Site

CONSULT = "/dot-lay-y-kien/"
PHONE = 390


class Office:
    """Everybody with a page of their own; the site is opened again when a day is over."""

    def __init__(self, visitor: Visitor, site: Site) -> None:
        self.visitor, self.site = visitor, site
        self.pages: dict[str, Page] = {}

    def page(self, account: str) -> Page:
        """The page somebody works in: logged in once, for all days. The public ("") has a telephone."""
        if account not in self.pages:
            self.pages[account] = self.visitor.page(account=account, width=1440 if account else PHONE)
        return self.pages[account]

    def goes_on(self, today: str) -> None:
        """Another day, of people alone (jobs are of the first); nobody's page asks for anything meanwhile."""
        for page in self.pages.values():
            page.goto("about:blank")
        self.site.open(today, work=False)


def seen(page: Page, name: str) -> None:
    """A page that only this journey leads to, looked at on a desk and on a telephone (as in test_looks.py)."""
    was = page.viewport_size
    assert was is not None
    for width in (1440, PHONE):
        pictures.resize(page, width)
        pictures.seen(page, f"{name}-{width}-light-vi")
    page.set_viewport_size(was)


def pdf(name: str) -> FilePayload:
    """A page of paper, scanned."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(made)
    return {"name": name, "mimeType": "application/pdf", "buffer": made.getvalue()}


def fill(form: Page | Locator, **values: str) -> None:
    """Type into the fields of a form by their names."""
    for name, value in values.items():
        form.locator(f'[name="{name}"]').fill(value)


def numbers(page: Page) -> dict[str, int]:
    """The numbers of a list of figures (`dl.numbers`) by what they are called, the last where two are shown."""
    pairs = page.locator("dl.numbers").first.locator("div").all()
    told = [(pair.locator("dt").inner_text(), pair.locator("dd").inner_text()) for pair in pairs]
    return {name: whole(value) for name, value in told if re.search(r"\d", value)}


def whole(text: str) -> int:
    """The last number of a text as the site writes it: "12 → 10" is 10, "−1.875" is -1875."""
    found = re.findall(r"[−+]?\d[\d.]*", text)
    return int(found[-1].replace(".", "").replace("−", "-"))


def figures(page: Page, on: str, scheme: str = "") -> dict[str, int]:
    """The review's figures of a day; with a scheme, as if it were in force."""
    page.goto(f"/so-ket/?tu=2018-03-08&ngay={on}{f'&de-an={scheme}' if scheme else ''}")
    shown: dict[str, str] = dict(
        page.evaluate(
            "[...document.querySelectorAll('.tile')].map("
            "tile => [tile.dataset.code, tile.querySelector('.amount b').textContent])"
        )
    )
    return {code: whole(text) for code, text in shown.items() if re.search(r"\d", text)}
