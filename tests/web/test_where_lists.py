"""Converting a list of addresses: what is brought is read within bounds, and what goes out cannot act."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tinhgon_web.portal.where import bulk_views, sheets

pytestmark = pytest.mark.django_db
AT = "/tra-cuu/hang-loat/"
LIST = "STT,Địa chỉ\n1,\"Thôn 2, Xã Đắk 1\"\n2,thon 3\n3,=cmd|' /C calc'!A0\n4,khong co\n"


def sent(nobody: Client, content: bytes | str, name: str = "a.csv", **more: str) -> HttpResponse:
    content = content.encode() if isinstance(content, str) else content
    return nobody.post(AT, {"tep": SimpleUploadedFile(name, content), **more})  # type: ignore[return-value]  # Django's own


def rows(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_list_comes_back_with_what_each_address_is(nobody: Client) -> None:
    found = rows(sent(nobody, LIST, dang="csv"))
    assert found[0][:2] == ["STT", "Địa chỉ"]
    assert found[1] == [
        "1",
        "Thôn 2, Xã Đắk 1",
        "một nơi",
        "Thôn 1",
        "Thôn 1, Xã Đắk 1, Huyện Đắk Mẫu, Tỉnh Mẫu",
        "",
        "100",
        "",
    ]
    assert [row[0] for row in found[1:]] == ["1", "2", "2", "3", "4"]
    assert {row[4] for row in found if row[0] == "2"} == {
        f"Thôn 3, Xã Đắk {x}, Huyện Đắk Mẫu, Tỉnh Mẫu" for x in (1, 2)
    }
    assert found[-1][2] == "không tìm thấy"


def test_nothing_in_a_file_is_a_formula(nobody: Client) -> None:
    assert rows(sent(nobody, LIST, dang="csv"))[4][1].startswith("'=")
    book = openpyxl.load_workbook(io.BytesIO(sent(nobody, LIST, dang="xlsx").content))
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}
    assert str(book.worksheets[0]["B5"].value).startswith("'=")


def test_a_workbook_is_read_too(nobody: Client) -> None:
    book = openpyxl.Workbook()
    for row in (["Mã", "Nơi ở"], [7, "Thôn 2, Xã Đắk 1"]):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    assert rows(sent(nobody, out.getvalue(), "a.xlsx", dang="csv"))[1][3] == "Thôn 1"


def test_the_column_and_both_days_are_obeyed(nobody: Client) -> None:
    both = "a;b\nxã đắk 2;Thôn 2, Xã Đắk 1\n"
    assert rows(sent(nobody, both, cot="a", dang="csv"))[1][3] == "Xã Đắk 2"
    assert rows(sent(nobody, both, cot="2", dang="csv", den="28/02/2019"))[1][3] == "Thôn 2"
    assert rows(sent(nobody, both, cot="b", dang="csv", luc="02/03/2019"))[1][3] != "Thôn 1"


def test_lines_may_be_pasted_and_are_shown_as_words(nobody: Client) -> None:
    text = nobody.post(AT, {"dong": "Thôn 2, Xã Đắk 1\n<script>alert(1)</script>"}).text
    assert "Thôn 1, Xã Đắk 1, Huyện Đắk Mẫu, Tỉnh Mẫu" in text
    assert "<script>alert" not in text


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (65 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "more"),
    [
        (b"", "a.csv", {}),
        (b"a\n", "a.csv", {}),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.csv", {}),
        (b"a\0b\n1\n", "a.csv", {}),
        (b"PK\x03\x04 not a zip", "a.xlsx", {}),
        (bomb(), "a.xlsx", {}),
        (b"a\n" + b"x\n" * (sheets.MOST_ROWS + 1), "a.csv", {}),
        (b"a" * (sheets.MOST_BYTES + 1), "a.csv", {}),
        (b"a\nx\n", "a.csv", {"cot": "<b>c</b>"}),
        (b"a\nx\n", "a.csv", {"cot": "99"}),
        (b"a\nx\n", "a.csv", {"luc": "<b>mai</b>"}),
        (b"a\nx\n", "a.csv", {"den": "31/02/2019"}),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    nobody: Client, content: bytes, name: str, more: dict[str, str]
) -> None:
    response = sent(nobody, content, name, **more)
    assert response.status_code == 422
    assert 'class="refused"' in response.text
    assert "<b>" not in response.text.partition('class="refused"')[2].partition("</p>")[0]


def test_too_many_lists_have_to_wait(nobody: Client) -> None:
    for _ in range(bulk_views.OFTEN.most):
        assert nobody.post(AT, {"dong": "thôn 2"}).status_code == 200
    response = nobody.post(AT, {"dong": "thôn 2"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= bulk_views.OFTEN.seconds
