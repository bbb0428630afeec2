"""Asking the people about a scheme: rolls from a workbook, slips, answers on the web and on paper, results."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

import openpyxl
from going import follow, press, strike
from playwright.sync_api import FilePayload, Page, expect
from scheme_office import CONSULT, Office, fill, pdf, seen

CLERK, SECOND, APPROVER, INSPECTOR = "can-bo-xa", "can-bo-huyen", "phe-duyet", "thanh-tra"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOUSEHOLDS = 6
YES, NO = "agree", "disagree"
Forms = Mapping[int, str]
"""What the household of each number says."""


def prepare(office: Office, scheme: str, first: str, last: str) -> str:
    """Prepare a round from the scheme's procedure; returns the round's address."""
    page = office.page(CLERK)
    page.goto(f"/de-an/{scheme}/thu-tuc/")
    follow(page.get_by_role("link", name="Tổ chức lấy ý kiến trên hệ thống"))
    fill(page, question="Ông (bà) có đồng ý với đề án đã niêm yết không?", opens=first, last_day=last)
    press(page, "Chuẩn bị")
    expect(page).to_have_url(re.compile(rf"{CONSULT}\d+/$"))
    return page.url.removeprefix(office.site.address)


def roll_of(villages: Mapping[str, str]) -> FilePayload:
    """A workbook with a few households of each village."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Thôn, tổ dân phố", "Mã hộ", "Chủ hộ", "Địa chỉ"])
    for unit, name in villages.items():
        for number in range(1, HOUSEHOLDS + 1):
            sheet.append([name, f"{unit}-{number}", f"Chủ hộ Minh Họa {number} {name}", f"Nhà số {number}"])
    made = io.BytesIO()
    book.save(made)
    return {"name": "danh sách hộ.xlsx", "mimeType": XLSX, "buffer": made.getvalue()}


def fill_rolls(office: Office, round_: str, villages: Mapping[str, str]) -> None:
    """Bring the rolls in from Excel, looked at first."""
    page = office.page(CLERK)
    page.goto(f"{round_}nhap-danh-sach/")
    page.locator("[name=file]").set_input_files(roll_of(villages))
    press(page, "Xem trước")
    expect(page.locator("#xem-truoc")).to_contain_text(f"{HOUSEHOLDS * len(villages)} hộ")
    press(page, "Ghi danh sách")
    expect(page).to_have_url(re.compile(rf"{round_}(\?.*)?$"))


def post_and_approve(office: Office, round_: str, villages: Mapping[str, str], since: str) -> None:
    """Hang every roll in public and have it approved; then the round opens."""
    clerk, approver = office.page(CLERK), office.page(APPROVER)
    for unit in villages:
        clerk.goto(f"{round_}don-vi/{unit}/")
        fill(clerk, posted_from=since, posted_at="Nhà văn hóa thôn")
        press(clerk, "Ghi việc niêm yết", "Đã ghi việc niêm yết")
        approver.goto(f"{round_}don-vi/{unit}/")
        press(approver, "Duyệt", "Đã duyệt danh sách")
    approver.goto(round_)
    press(approver, "Mở đợt", "Đợt lấy ý kiến đã mở")


def slips(office: Office, round_: str, unit: str) -> dict[int, str]:
    """Print the slips of a village: number on the roll -> the address its QR code leads to."""
    page = office.page(CLERK)
    page.goto(f"{round_}don-vi/{unit}/")
    press(page, "Cấp mã và in phiếu")
    cards = page.locator(".slip").all()
    expect(page.locator(".slip svg.qr-code")).to_have_count(len(cards))
    seen(page, "slips")
    codes = [card.locator(".slip-code").inner_text().strip() for card in cards]
    return {number: f"/lay-y-kien/#{code}" for number, code in enumerate(codes, 1)}


def answer(page: Page, link: str, choice: str, opinion: str = "") -> str:
    """Answer as a household does, by keyboard from the slip's link on; returns the receipt's number.

    Whoever has an opinion is looked at while they write.
    """
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("button", name="Tiếp tục")).to_be_focused()  # the code is filled in already
    strike(page)
    page.locator(f"[name=choice][value={choice}]").focus()
    page.keyboard.press("Space")
    if opinion:
        page.keyboard.press("Tab")
        page.keyboard.type(opinion)
        seen(page, "household-form")
    page.get_by_role("button", name="Gửi ý kiến").focus()
    strike(page)
    expect(page.locator(".taken")).to_be_visible()
    if opinion:
        seen(page, "receipt")
    return page.locator(".receipt .number").inner_text()


def is_refused(office: Office, page: Page, link: str) -> None:
    """A code whose household has answered opens nothing, and says so."""
    page.goto("about:blank")
    page.goto(link)
    strike(page)
    expect(page.locator(".fault")).to_contain_text("đã trả lời trên web")
    complaints = office.visitor.complaints
    complaints[:] = [one for one in complaints if "409" not in one]  # the browser reports what is asked for


def take_paper(
    office: Office,
    round_: str,
    unit: str,
    forms: Forms,
    *,
    slip_of_a_key: int | None = None,
    scan: bool = False,
) -> None:
    """A bundle of forms: the minutes' totals, two officers keying apart, the difference settled, into the ledger."""
    clerk, second = office.page(CLERK), office.page(SECOND)
    clerk.goto(f"{round_}don-vi/{unit}/")
    clerk.locator("summary", has_text="Tập phiếu mới").click()
    said = list(forms.values())
    totals = {choice: str(said.count(choice)) for choice in (YES, NO, "other", "invalid")}
    fill(clerk, **totals, minutes=f"BB-{unit[-2:]}")
    press(clerk, "Nhận tập phiếu", "Đã nhận tập phiếu")
    follow(clerk.locator(".batches a").last)
    batch = clerk.url
    key(clerk, batch, forms)
    wrong = {} if slip_of_a_key is None else {slip_of_a_key: NO if forms[slip_of_a_key] == YES else YES}
    key(second, batch, {**forms, **wrong})
    if slip_of_a_key is not None:
        expect(second.locator("#lech small")).to_have_text("1")
        second.locator(f"[name=quyet-{slip_of_a_key}]").select_option(forms[slip_of_a_key])
        press(second, "Lưu quyết định", "Đã lưu quyết định")
    if scan:
        second.locator("[type=file]").set_input_files(pdf("biên bản.pdf"))
        press(second, "Đính kèm", "Đã lưu bản quét")
    press(second, "Ghi vào sổ", "Đã ghi tập phiếu vào sổ")


def key(page: Page, batch: str, forms: Forms) -> None:
    """One officer's entry of every form of a batch."""
    page.goto(f"{batch.partition('?')[0]}nhap/")
    for number, choice in forms.items():
        page.locator(f'[name="phieu-{number}"][value="{choice}"]').check()
    press(page, "Lưu phần tôi nhập")


def correct(office: Office, round_: str, unit: str, number: int, choice: str) -> None:
    """A household's answer corrected at its request; the inspector sees that, and not what was said."""
    approver, inspector = office.page(APPROVER), office.page(INSPECTOR)
    approver.goto(f"{round_}don-vi/{unit}/")
    approver.locator("summary", has_text="Theo đề nghị của hộ").click()
    form = approver.locator('form[action$="/dinh-chinh/"]')
    form.locator("[name=choice]").select_option(choice)
    fill(form, number=str(number), reason="Hộ đánh dấu nhầm")
    press(approver, "Sửa", "Đã sửa")
    inspector.goto(f"{round_}dau-vet/")
    row = inspector.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Hộ đánh dấu nhầm")
    expect(row).not_to_contain_text("ồng ý")


def close(office: Office, round_: str, shares: Mapping[str, str], failed: Sequence[str] = ()) -> None:
    """Close a round: the share of each village, to two decimals, and which villages failed."""
    approver = office.page(APPROVER)
    approver.goto(round_)
    press(approver, "Kết thúc đợt", "Đợt lấy ý kiến đã kết thúc")
    approver.goto(f"{round_}ket-qua/")
    for name, share in shares.items():
        row = approver.locator("table.levels tr", has=approver.get_by_role("link", name=name, exact=True))
        expect(row.locator("td.decides")).to_have_text(share)
        expect(row).to_contain_text("chưa đạt" if name in failed else "đã đạt")
    told = f"{len(failed)} trên {len(shares)} đơn vị chưa đạt" if failed else "Mọi đơn vị đều đạt tỷ lệ"
    expect(approver.locator("p.amount")).to_contain_text(told)


def publish(office: Office, round_: str, group: str, reply: str) -> None:
    """Group the opinions, answer them, publish: the public reads results and replies."""
    clerk, approver = office.page(CLERK), office.page(APPROVER)
    clerk.goto(f"{round_}y-kien/")
    for box in clerk.locator("[name=opinion]").all():
        box.check()
    fill(clerk, title=group)
    press(clerk, "Xếp nhóm", "Đã xếp nhóm")
    fill(clerk, answer=reply)
    press(clerk, "Lưu trả lời", "Đã lưu trả lời")
    approver.goto(round_)
    press(approver, "Công bố kết quả", "Đã công bố kết quả")
    reader = office.page("")
    reader.goto(f"/lay-y-kien/ket-qua/{round_.strip('/').rpartition('/')[2]}/")
    expect(reader.locator(".opinions")).to_contain_text(reply)
    expect(reader.locator("table.levels")).not_to_contain_text("Minh Họa")


def ask_again(office: Office, round_: str, first: str, last: str) -> str:
    """The second round, where the first failed; returns its address."""
    page = office.page(APPROVER)
    page.goto(f"{round_}ket-qua/")
    fill(page, opens=first, last_day=last)
    press(page, "Chuẩn bị lần tiếp theo", "Đã chuẩn bị lần lấy ý kiến tiếp theo")
    follow(page.get_by_role("link", name="Lần tiếp theo"))
    expect(page.locator(".kind")).to_contain_text("Lần 2")
    return page.url.removeprefix(office.site.address).partition("?")[0]
