"""Each page at each size: nothing runs over the edge, axe finds nothing serious, and a picture to be looked at."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT, SHOTS, Visitor
from playwright.sync_api import Page

AXE = (ROOT / "tests/e2e/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "leader": "/tong-quan/",
    "leader-district": "/tong-quan/?noi=d-663",
    "programmes": "/chuong-trinh/",
    "review": "/so-ket/",
    "review-known": "/so-ket/?ngay=2019-06-01&ho-so=2019-10-09",
    "figure": "/so-ket/villages_obliged/",
    "tree": "/bo-may/?mo=dn&mo=d-661",
    "tree-empty": "/bo-may/?ngay=1999-01-01",
    "search": "/bo-may/?q=thon%20hop",
    "village": "/bo-may/don-vi/v-24628-04/",
    "service-unit": "/bo-may/don-vi/s-syt-03/",
    "journal": "/bo-may/nhat-ky/",
    "entry": "/bo-may/nhat-ky/13323/",
    "documents": "/van-ban/",
    "document": "/van-ban/835/NQ-UBTVQH14/?ngay=2020-02-02",
    "table": "/bo-may/bang/?loai=village&muc=nua&sx=-ho,ten",
    "table-empty": "/bo-may/bang/?q=khong+co+gi",
    "map": "/bo-may/ban-do/?cap=thon",
    "chart": "/bo-may/so-do/?goc=d-663&sau=1",
    "compare": "/bo-may/so-sanh/?tu=2018-03-08&noi=d-663",
    "styleguide": "/styleguide/",
    "missing": "/bo-may/don-vi/khong-co/",
    "jobs": "/cong-viec/",
    "me": "/tai-khoan/",
    "schemes": "/de-an/",
    "consultations": "/dot-lay-y-kien/",
    "open-data": "/du-lieu-mo/",
}
AS_OTHERS = {
    "log-in": ("", "/tai-khoan/dang-nhap/"),
    "audit": ("quan-tri", "/nhat-ky-he-thong/"),
    "people": ("quan-tri", "/nguoi-dung/"),
    "exports": ("quan-tri", "/xuat-du-lieu/"),
    "imports": ("can-bo-tinh", "/nhap-du-lieu/"),
    "doors": ("can-bo-tinh", "/bo-may/don-vi/v-24628-04/sua/"),
    "door": ("can-bo-tinh", "/bo-may/don-vi/v-24628-04/sua/sap-xep/sap-nhap/"),
    "document-add": ("can-bo-tinh", "/van-ban/them-moi/"),
}
EVERY = {name: ("lanh-dao", address) for name, address in PAGES.items()} | AS_OTHERS
"""Name -> the account that asks for it, and its address."""
LOOKS = [(1440, "light", "vi"), (1440, "dark", "en"), (390, "light", "en"), (390, "dark", "vi")]


def serious(page: Page) -> list[str]:
    """What axe holds to be serious or critical, with where."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("name", EVERY)
def test_a_page_fits_and_can_be_read(visitor: Visitor, name: str) -> None:
    account, address = EVERY[name]
    page = visitor.page(account=account)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for width, theme, language in LOOKS:
        visitor.look(page, width, theme, language)
        page.goto(address)
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
