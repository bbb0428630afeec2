"""What people do on the site, in a browser, over the demo's register."""

from __future__ import annotations

import datetime as dt
import re

from conftest import Visitor
from going import follow, strike
from playwright.sync_api import Page, expect

REVIEW = {
    "provincial_focal_points": "−3",
    "divisions": "−81",
    "division_leaders": "−118",
    "villages_obliged": "171",
    "villages_forecast": "−76",
    "commune_part_time": "−301",
    "village_part_time": "−1.875",
    "public_service_units": "−60",
    "public_service_heads": "−60",
    "districts_service_units_done": "+8",
}
"""The numbers of the article, which the register must come to by counting."""


def tile(page: Page, code: str) -> str:
    return page.locator(f'.tile[data-code="{code}"] .amount b').inner_text()


def test_a_leader_reads_the_ten_numbers_and_opens_one(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    assert {code: tile(page, code) for code in REVIEW} == REVIEW
    expect(page.locator('.tile[data-code="division_leaders"]')).to_contain_text("khoảng")

    opener = page.locator('.tile[data-code="divisions"]')
    opener.click()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h2")).to_be_focused()
    expect(panel).to_contain_text("−81")
    expect(panel.locator(".line").first).to_be_visible()
    assert page.url.endswith("/so-ket/")

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_number_leads_to_its_event_and_its_document(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    page.locator('.tile[data-code="public_service_units"]').click()
    document = page.locator("#panel .counted .document").first
    number = document.inner_text().strip()
    follow(document)
    expect(page.locator("h1")).to_have_text(number)
    expect(page.locator(".line").first).to_be_visible()
    follow(page.locator(".line .seq").first)
    expect(page.locator("h1")).to_contain_text("Dòng")
    expect(page.locator(".payload")).to_contain_text('"event"')


def test_the_pages_of_a_panel_turn_inside_it(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    page.locator('.tile[data-code="villages_obliged"]').click()
    first = page.locator("#panel .line").first.get_attribute("id")
    page.locator("#panel .pager a").last.click()
    expect(page.locator("#panel .pager span")).to_contain_text("31–60")
    assert page.locator("#panel .line").first.get_attribute("id") != first
    assert page.url.endswith("/so-ket/")


def test_a_lasting_link_is_copied_and_shows_the_same(visitor: Visitor) -> None:
    page = visitor.page()
    page.clock.install()
    page.goto("/so-ket/")
    page.locator('.tile[data-code="divisions"]').click()
    expect(page.locator("#panel h2")).to_be_focused()
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))  # the word stays for a moment only
    page.locator("#panel [data-copy]").click()
    expect(page.locator("#panel [data-copy]")).to_contain_text("Đã chép")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "ngay=2019-10-09" in link
    assert "ho-so=" in link
    page.goto(link)
    expect(page.locator(".figure-head .amount b")).to_have_text("−81")


def test_without_scripts_a_figure_opens_as_a_page(visitor: Visitor) -> None:
    page = visitor.page(scripts=False)
    page.goto("/so-ket/")
    follow(page.locator('.tile[data-code="divisions"]'))
    expect(page.locator("h1")).to_contain_text("Phòng, ban, chi cục")
    page.goto("/bo-may/")
    page.locator(".tree a.twisty").nth(1).focus()
    strike(page)
    expect(page.locator('.tree [aria-expanded="true"]')).to_have_count(2)


def test_the_day_in_the_header_changes_every_number(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    field = page.get_by_label("Tình hình ngày")
    field.fill("1/6/2019")
    strike(page)
    expect(page).to_have_url(re.compile(r"ngay=2019-06-01"))
    expect(page.locator(".band")).to_contain_text("01/06/2019")
    assert tile(page, "divisions") != REVIEW["divisions"]

    follow(page.locator(".rail a", has_text="Bộ máy"))
    expect(page).to_have_url(re.compile(r"/bo-may/\?ngay=2019-06-01"))
    follow(page.locator(".stepper a").nth(1))
    expect(page).not_to_have_url(re.compile(r"ngay=2019-06-01"))
    follow(page.locator(".band a"))
    expect(page.locator(".band")).to_have_count(0)


def test_what_was_known_on_the_day_of_the_review_differs(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    field = page.get_by_label("theo hồ sơ đến")
    field.fill("09/10/2019")
    strike(page)
    expect(page.locator(".band")).to_contain_text("Không tính")
    assert {code: tile(page, code) for code in REVIEW} != REVIEW
    follow(page.locator(".band a"))
    assert {code: tile(page, code) for code in REVIEW} == REVIEW


def test_the_opened_branches_survive_a_change_of_day(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/")
    page.locator(".tree .twisty svg").nth(1).click()
    expect(page.locator('.tree [aria-expanded="true"]')).to_have_count(2)
    field = page.get_by_label("Tình hình ngày")
    field.fill("01/01/2019")
    strike(page)
    expect(page.locator(".band")).to_be_visible()
    expect(page.locator('.tree [aria-expanded="true"]')).to_have_count(2)


def test_a_unit_is_found_without_diacritics_and_read(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/so-ket/")
    page.keyboard.press("/")
    page.keyboard.type("trung tam kiem soat benh tat")
    strike(page)
    follow(page.locator(".found a").first)
    expect(page.locator("h1")).to_have_text("Trung tâm Kiểm soát bệnh tật tỉnh")
    expect(page.locator(".lineage .box")).to_have_count(5)
    expect(page.locator(".axes .mark")).not_to_have_count(0)
    follow(page.locator(".lineage a").first)
    expect(page.locator(".life")).to_contain_text("chấm dứt từ 04/12/2018")


def test_the_language_and_the_looks_are_switched(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/?ngay=2019-06-01")
    follow(page.get_by_role("button", name="EN"))
    expect(page.locator("h1")).to_have_text("Apparatus")
    expect(page).to_have_url(re.compile(r"ngay=2019-06-01"))
    follow(page.get_by_role("button", name="Dark"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
