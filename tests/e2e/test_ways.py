"""The ways of seeing the apparatus, in a browser: the tree by keyboard, the table, the map, two days compared."""

from __future__ import annotations

import datetime as dt
import re

from conftest import Visitor
from going import follow, strike
from playwright.sync_api import expect


def test_the_tree_is_walked_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page()
    page.clock.install()
    page.goto("/bo-may/")
    page.locator('[role="treeitem"]').first.focus()
    page.keyboard.press("ArrowDown")
    in_an_hour = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    page.clock.pause_at(in_an_hour)  # letters add up only in quick succession
    page.keyboard.type("huyen dak m")
    focused = page.locator('[role="treeitem"]:focus')
    expect(focused.locator("> .row .unit")).to_have_text("Huyện Đắk Mil")
    page.clock.resume()
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("aria-level", "3")
    expect(page).to_have_url(re.compile("mo=d-663"))  # the address keeps what is open
    page.keyboard.press("ArrowLeft")
    expect(focused.locator("> .row .unit")).to_have_text("Huyện Đắk Mil")
    page.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(focused).to_have_attribute("aria-level", "1")
    strike(page)
    expect(page.locator("h1")).to_have_text("Tỉnh Đắk Nông")


def test_the_table_is_filtered_and_chosen_rows_are_exported(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/bang/")
    page.locator("#loc [name=q]").fill("thon 1")
    page.locator("#loc summary", has_text="Loại").click()
    page.locator("#loc [name=loai][value=village]").check()
    strike(page)
    expect(page.locator(".chip.filter")).to_have_count(2)
    follow(page.locator("th a", has_text="Số hộ"))
    expect(page.locator('th[aria-sort="ascending"]')).to_contain_text("Số hộ")
    for row in (0, 1):
        page.locator(".units tbody .pick input").nth(row).check()
    expect(page.locator("[data-count]")).to_have_text("2")
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_the_table_is_worked_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/bang/?loai=village&noi=d-663")
    page.locator("#loc summary", has_text="Cột").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    column = page.locator("#loc [name=cot]:focus")
    was = column.is_checked()
    page.keyboard.press("Space")
    assert column.is_checked() is not was
    strike(page)
    expect(page).to_have_url(re.compile("cot="))
    page.locator("th a", has_text="Số hộ").focus()
    strike(page)
    expect(page.locator('th[aria-sort="ascending"]')).to_contain_text("Số hộ")
    page.locator(".units tbody .pick input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_have_text("1")
    page.keyboard.press("Tab")
    name = page.locator(".units tbody a:focus").inner_text()
    strike(page)
    expect(page.locator("h1")).to_have_text(name)


def test_the_chart_is_walked_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/so-do/?goc=d-663&sau=1")
    page.locator("main svg a").first.focus()
    page.keyboard.press("Tab")
    name = page.locator("main svg a:focus title").text_content()
    strike(page)
    expect(page.locator("h1")).to_have_text(name or "")


def test_a_click_on_the_map_opens_the_unit(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/ban-do/?cap=huyen&xem=thieu")
    item = page.locator("[data-places] a", has_text="Huyện Đắk Mil")
    item.focus()
    expect(page.locator("[data-tip]")).to_contain_text("Huyện Đắk Mil")
    item.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Huyện Đắk Mil")
    follow(page.locator("#panel a", has_text="Bản đồ"))
    expect(page).to_have_url(re.compile("noi=d-663.*cap=xa|cap=xa.*noi=d-663"))
    expect(page.locator(".places li").first).to_be_visible()


def test_the_map_is_there_without_scripts(visitor: Visitor) -> None:
    page = visitor.page(scripts=False)
    page.goto("/bo-may/ban-do/?cap=xa")
    expect(page.locator("svg.map .area")).to_have_count(71)


def test_two_days_are_compared(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/so-sanh/?tu=2018-03-08&noi=d-663")
    expect(page.locator(".before-after a.joins").first).to_be_visible()
    expect(page.locator("[data-player]")).to_be_hidden()  # the visitor asks for less motion
    page.locator("main input[name=tu]").focus()  # by keyboard from here on
    page.keyboard.press("Control+a")
    page.keyboard.type("08/10/2019")
    strike(page)
    expect(page.locator(".teach")).to_contain_text("không có gì thay đổi")


def test_the_palette_goes_anywhere(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/bo-may/")
    page.keyboard.press("Control+k")
    page.keyboard.type("huyen dak mil")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Huyện Đắk Mil")
    strike(page)
    expect(page.locator("h1")).to_have_text("Huyện Đắk Mil")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
