"""A leader reads where the province stands, and goes down from a number to its list and its document."""

from __future__ import annotations

import io

from conftest import Visitor
from going import follow
from pictures import SHOTS
from playwright.sync_api import expect
from pypdf import PdfReader


def test_a_number_opens_its_list_and_the_list_a_document(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/tong-quan/")
    tile = page.locator('.aim[data-code="divisions"]')
    expect(tile).to_contain_text("−81")
    expect(tile).to_contain_text("−90")

    tile.click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_be_focused()
    expect(panel.locator(".line").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(tile).to_be_focused()

    page.locator("a.fate.left").click()
    expect(panel.locator("tbody tr").first).to_be_visible()
    document = panel.locator("tbody .document").first
    number = document.inner_text().split(",")[0].strip()
    follow(document)
    expect(page.locator("h1")).to_have_text(number)


def test_the_map_and_the_areas_lead_to_a_district(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/tong-quan/")
    follow(page.locator(".areas a", has_text="Huyện Đắk Mil").first)
    expect(page.locator("h1")).to_contain_text("Huyện Đắk Mil")
    page.locator(".board-map .commune.some").first.click()
    expect(page.locator("#panel tbody tr").first).to_be_visible()


def test_the_screen_prints_on_two_pages(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/tong-quan/")
    SHOTS.mkdir(parents=True, exist_ok=True)
    printed = page.pdf(path=SHOTS / "leader.pdf", format="A4")
    assert len(PdfReader(io.BytesIO(printed)).pages) == 2
