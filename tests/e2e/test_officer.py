"""An officer's day, in a browser with a worker behind it: a workbook, a name, a wrong date, a dissolved division."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import re
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
from conftest import ROOT, Visitor, environment
from going import follow, strike
from pictures import picture, serious
from playwright.sync_api import FilePayload, Page, expect

from tinhgon.workbook import layout

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMUNE, VILLAGE, OTHER = "c-24628", "v-24628-04", "v-24628-01"
DIVISION = "o-btc-05"
RENAMED = "Thôn Hòa Bình Mới"
OFFICER = "can-bo-tinh"
DECIDED = {"effective_on": "1/9/2019", "document": "26-CTr/TU", "clause": "Phần I"}
ACTED = {"signed_on": "30/8/2019", "document": "26-CTr/TU", "clause": "Phần II"}
OF_ONE_S_OWN = {
    "account_reauthenticate": "/tai-khoan/xac-nhan/",
    "account_change_password": "/tai-khoan/mat-khau/",
    "mfa_reauthenticate": "/tai-khoan/xac-nhan/ma/",
    "mfa_deactivate_totp": "/tai-khoan/hai-buoc/tat/",
    "mfa_view_recovery_codes": "/tai-khoan/hai-buoc/ma-du-phong/",
}
"""Pages that only an account with a password and a second step has."""
PASSWORD, SECRET = "một cụm từ dài để thử", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def workbook() -> FilePayload:
    """Two rows that are refused (a kind that there is none of, a count in words) and one that is sound."""
    rows: dict[str, list[dict[str, Any]]] = {
        layout.UNITS.name: [
            {"unit": "v-moi-1", "kind": "lang", "title": "Thôn Suối Mới", "parent": COMMUNE, **DECIDED}
        ],
        layout.MEASURES.name: [
            {"unit": VILLAGE, "households": "nhiều", **DECIDED},
            {"unit": OTHER, "households": 321, **DECIDED},
        ],
    }
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in layout.SHEETS:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        for row in rows.get(sheet.name, []):
            page.append([row.get(column.field) for column in sheet.columns])
    made = io.BytesIO()
    book.save(made)
    return {"name": "thôn mới.xlsx", "mimeType": XLSX, "buffer": made.getvalue()}


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'form.door [name="{name}"]').fill(value)


def look(page: Page) -> None:
    follow(page.get_by_role("button", name="Xem tác động"))


def record(page: Page) -> None:
    """From the effect into the journal."""
    expect(page.locator("h1")).to_have_text("Tác động nếu ghi")
    follow(page.locator("form.door button[value=ghi]"))
    expect(page).to_have_url(re.compile(r"/nhat-ky/\d+/"))


def looked_at(page: Page, name: str) -> None:
    """A page that only this day leads to, looked at as the others are (test_looks.py)."""
    picture(page, f"{name}-1440-light-vi")
    assert serious(page) == []


def test_an_officers_day(visitor: Visitor) -> None:
    """One sitting, from a workbook to the comparison of two days."""
    page = visitor.page(account=OFFICER)
    bring_a_workbook_in(page)
    rename_the_village(page, on="5/9/2019")
    correct_the_day(page, to="15/9/2019")
    dissolve_the_division(page)
    annul_what_was_recorded_last(page)
    compare_two_days(page)


def bring_a_workbook_in(page: Page) -> None:
    page.goto("/nhap-du-lieu/")
    page.locator("#tep").set_input_files(workbook())
    follow(page.get_by_role("button", name="Kiểm tra các dòng"))
    refused = page.locator("fieldset.refused-row")
    expect(refused).to_have_count(2)
    looked_at(page, "imports-import")
    refused.nth(0).locator("select[aria-invalid], input[aria-invalid]").select_option("thôn")
    refused.nth(1).locator("input[aria-invalid]").fill("1.234")
    follow(page.get_by_role("button", name="Kiểm tra lại các dòng này"))
    send = page.locator("form.confirm button")
    expect(send).to_contain_text("3")
    follow(send)
    expect(page.locator(".mark.good")).to_be_visible()
    page.goto("/cong-viec/")
    follow(page.locator("main a[href^='/cong-viec/']").first)
    looked_at(page, "jobs-job")
    page.goto("/bo-may/don-vi/v-moi-1/")
    expect(page.locator("h1")).to_have_text("Thôn Suối Mới")


def rename_the_village(page: Page, on: str) -> None:
    page.goto(f"/bo-may/don-vi/{VILLAGE}/sua/")
    follow(page.locator("a", has_text="Đổi tên").first)
    fill(page, title=RENAMED, effective_on=on, **ACTED)
    look(page)
    record(page)


def correct_the_day(page: Page, to: str) -> None:
    """The entry just recorded is put right: the name holds from another day."""
    follow(page.get_by_role("link", name="Đính chính"))
    expect(page.locator("form.door [name=effective_on]")).to_have_value("05/09/2019")
    fill(page, effective_on=to, reason="Quyết định có hiệu lực từ 15/9")
    look(page)
    record(page)
    for day, there in (("2019-09-08", False), ("2019-09-20", True)):
        page.goto(f"/bo-may/don-vi/{VILLAGE}/?ngay={day}")
        assert (page.locator("h1").inner_text() == RENAMED) is there


def dissolve_the_division(page: Page) -> None:
    """Its posts and their holders are shown to end before anything is recorded, and have ended afterwards."""
    page.goto(f"/bo-may/don-vi/{DIVISION}/sua/sap-xep/giai-the/")
    fill(page, effective_on="1/10/2019", **ACTED)
    look(page)
    expect(page.locator("form.door")).to_contain_text("Trưởng phòng")
    look(page)
    expect(page.locator("#dong ~ * tr", has_text="Trưởng phòng").first).to_be_visible()
    record(page)
    page.goto(f"/bo-may/don-vi/{DIVISION}/")
    expect(page.locator(".life .closed")).to_be_visible()
    page.go_back()


def annul_what_was_recorded_last(page: Page) -> None:
    follow(page.get_by_role("link", name="Hủy dòng này"))
    fill(page, reason="Nhầm đơn vị")
    look(page)
    record(page)
    page.goto(f"/bo-may/don-vi/{DIVISION}/")
    expect(page.locator(".life .closed")).to_have_count(0)


def compare_two_days(page: Page) -> None:
    """The name changed on the fifteenth: it is among what happened since the tenth, not since the twentieth."""
    page.goto(f"/bo-may/so-sanh/?tu=2019-09-10&noi={COMMUNE}")
    expect(page.locator("main")).to_contain_text(RENAMED)
    page.locator("main input[name=tu]").fill("20/09/2019")
    follow(page.locator("main button", has_text="So sánh"))
    expect(page).to_have_url(re.compile("tu=20%2F09"))
    expect(page.locator("main")).not_to_contain_text(RENAMED)


def test_what_was_typed_survives_a_lost_session(visitor: Visitor) -> None:
    page = visitor.page(account=OFFICER)
    page.goto(f"/bo-may/don-vi/{OTHER}/sua/thay-doi/so-lieu/")
    fill(page, effective_on="2/9/2019", households="345")
    page.context.clear_cookies(name="sessionid")
    look(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    follow(page.locator(f'button[value="{OFFICER}"]'))
    expect(page.locator("form.door [name=households]")).to_have_value("345")
    expect(page.locator("form.door .notice")).to_contain_text("đã được điền lại")


def test_the_second_of_two_officers_sees_what_the_first_wrote_and_so_does_a_second_tab(
    visitor: Visitor,
) -> None:
    """Two sessions, the first with two tabs: all three forms are open before the first of them is recorded."""
    address = f"/bo-may/don-vi/{OTHER}/sua/thay-doi/so-lieu/"
    first, second = visitor.page(account=OFFICER), visitor.page(account=OFFICER)
    second.goto(address)
    fill(second, effective_on="3/9/2019", households="222")
    first.goto(address)
    tab = first.context.new_page()
    tab.goto(address)
    fill(tab, effective_on="3/9/2019", households="333")
    fill(first, effective_on="3/9/2019", households="111")
    look(first)
    record(first)
    look(second)
    expect(second.locator("[role=alert]", has_text="111")).to_be_visible()
    record(second)
    expect(second.locator("main")).to_contain_text("222")
    look(tab)
    for written in ("111", "222"):
        expect(tab.locator("[role=alert]", has_text=written)).to_be_visible()
    record(tab)
    expect(tab.locator("main")).to_contain_text("333")


def test_a_password_and_a_code_open_the_door(visitor: Visitor, served: Path) -> None:
    seeded = (
        "from tinhgon_web.core.models import Grant, User; from allauth.mfa.totp.internal.auth import TOTP;"
        "from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes;"
        f"user = User.objects.create_user('hai-buoc', password={PASSWORD!r}, full_name='Hai Bước');"
        "Grant.objects.create(user=user, role='viewer', start='2015-01-01');"
        f"TOTP.activate(user, {SECRET!r}); RecoveryCodes.activate(user)"
    )
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", seeded]
    subprocess.run(command, cwd=ROOT, env=environment(served), check=True)
    page = visitor.page(account="")
    page.goto("/tai-khoan/dang-nhap/")
    page.locator("[name=login]").fill("hai-buoc")
    page.locator("[name=password]").fill(PASSWORD)
    strike(page)
    expect(page.locator("h1")).to_have_text("Bước xác thực thứ hai")
    looked_at(page, "mfa_authenticate")
    for _ in range(3):  # a code may run out on its way
        if "/tong-quan/" not in page.url:
            page.locator("[name=code]").fill(code_of(SECRET))
            strike(page)
    expect(page).to_have_url(re.compile(r"/tong-quan/"))
    for name, address in OF_ONE_S_OWN.items():
        page.goto(address)
        if "next=" in page.url:  # on a slow machine the log-in is too long ago for this
            page.locator("[name=password]").fill(PASSWORD)
            strike(page)
        expect(page).to_have_url(re.compile(f"{address}$"))
        looked_at(page, name)


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238, SHA-1, 30 seconds, 6 digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
