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
from playwright.sync_api import FilePayload, Page, expect

from tinhgon.workbook import layout

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMUNE, VILLAGE, OTHER = "c-24628", "v-24628-04", "v-24628-01"
DIVISION = "o-btc-05"
OFFICER = "can-bo-tinh"
DECIDED = {"effective_on": "1/9/2019", "document": "26-CTr/TU", "clause": "Phần I"}
ACTED = {"signed_on": "30/8/2019", "document": "26-CTr/TU", "clause": "Phần II"}
PASSWORD, SECRET = "một cụm từ dài để thử", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
A_MINUTE = 60_000


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
    page.get_by_role("button", name="Xem tác động").click()


def record(page: Page) -> None:
    """From the effect into the journal."""
    expect(page.locator("h1")).to_have_text("Tác động nếu ghi")
    page.locator("form.door button[value=ghi]").click()
    expect(page).to_have_url(re.compile(r"/nhat-ky/\d+/"))


def test_a_workbook_is_brought_in_and_its_refused_rows_mended(visitor: Visitor) -> None:
    page = visitor.page(account=OFFICER)
    page.goto("/nhap-du-lieu/")
    page.locator("#tep").set_input_files(workbook())
    page.get_by_role("button", name="Kiểm tra các dòng").click()
    refused = page.locator("fieldset.refused-row")
    expect(refused).to_have_count(2, timeout=A_MINUTE)
    refused.nth(0).locator("select[aria-invalid], input[aria-invalid]").select_option("thôn")
    refused.nth(1).locator("input[aria-invalid]").fill("1.234")
    page.get_by_role("button", name="Kiểm tra lại các dòng này").click()
    send = page.locator("form.confirm button")
    expect(send).to_contain_text("3", timeout=A_MINUTE)
    send.click()
    expect(page.locator(".mark.good")).to_be_visible(timeout=A_MINUTE)
    page.goto("/bo-may/don-vi/v-moi-1/")
    expect(page.locator("h1")).to_have_text("Thôn Suối Mới")


def test_a_village_is_renamed_its_date_corrected_and_two_days_compared(visitor: Visitor) -> None:
    page = visitor.page(account=OFFICER)
    page.goto(f"/bo-may/don-vi/{VILLAGE}/sua/")
    page.locator("a", has_text="Đổi tên").first.click()
    fill(page, title="Thôn Hòa Bình Mới", effective_on="5/9/2019", **ACTED)
    look(page)
    record(page)
    page.get_by_role("link", name="Đính chính").click()
    expect(page.locator("form.door [name=effective_on]")).to_have_value("05/09/2019")
    fill(page, effective_on="15/9/2019", reason="Quyết định có hiệu lực từ 15/9")
    look(page)
    record(page)
    for day, there in (("2019-09-08", False), ("2019-09-20", True)):
        page.goto(f"/bo-may/don-vi/{VILLAGE}/?ngay={day}")
        assert (page.locator("h1").inner_text() == "Thôn Hòa Bình Mới") is there
    page.goto(f"/bo-may/so-sanh/?tu=2019-09-10&noi={COMMUNE}")
    expect(page.locator("main")).to_contain_text("Thôn Hòa Bình Mới")
    page.goto(f"/bo-may/so-sanh/?tu=2019-09-20&noi={COMMUNE}")
    expect(page.locator("main")).not_to_contain_text("Thôn Hòa Bình Mới")


def test_a_division_is_dissolved_and_that_annulled(visitor: Visitor) -> None:
    page = visitor.page(account=OFFICER)
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
    page.get_by_role("link", name="Hủy dòng này").click()
    fill(page, reason="Nhầm đơn vị")
    look(page)
    record(page)
    page.goto(f"/bo-may/don-vi/{DIVISION}/")
    expect(page.locator(".life .closed")).to_have_count(0)


def test_what_was_typed_survives_a_lost_session(visitor: Visitor) -> None:
    page = visitor.page(account=OFFICER)
    page.goto(f"/bo-may/don-vi/{OTHER}/sua/thay-doi/so-lieu/")
    fill(page, effective_on="2/9/2019", households="345")
    page.context.clear_cookies(name="sessionid")
    look(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    page.locator(f'button[value="{OFFICER}"]').click()
    expect(page.locator("form.door [name=households]")).to_have_value("345")
    expect(page.locator("form.door .notice")).to_contain_text("đã được điền lại")


def test_the_second_of_two_officers_sees_what_the_first_wrote(visitor: Visitor) -> None:
    address = f"/bo-may/don-vi/{OTHER}/sua/thay-doi/so-lieu/"
    first, second = visitor.page(account=OFFICER), visitor.page(account=OFFICER)
    second.goto(address)
    fill(second, effective_on="3/9/2019", households="222")
    first.goto(address)
    fill(first, effective_on="3/9/2019", households="111")
    look(first)
    record(first)
    look(second)
    expect(second.locator("[role=alert]", has_text="111")).to_be_visible()
    record(second)
    expect(second.locator("main")).to_contain_text("222")


def test_a_password_and_a_code_open_the_door(visitor: Visitor, served: Path) -> None:
    seeded = (
        "from tinhgon_web.core.models import Grant, User; from allauth.mfa.totp.internal.auth import TOTP;"
        f"user = User.objects.create_user('hai-buoc', password={PASSWORD!r}, full_name='Hai Bước');"
        "Grant.objects.create(user=user, role='viewer', start='2015-01-01');"
        f"TOTP.activate(user, {SECRET!r})"
    )
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", seeded]
    subprocess.run(command, cwd=ROOT, env=environment(served), check=True)
    page = visitor.page(account="")
    page.goto("/tai-khoan/dang-nhap/")
    page.locator("[name=login]").fill("hai-buoc")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bước xác thực thứ hai")
    page.locator("[name=code]").fill(code_of(SECRET))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/tong-quan/"))


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238, SHA-1, 30 seconds, 6 digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
