"""Workbooks brought in: looked at, mended, recorded as one group, undone; and files sent in bad faith."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import uploads
import workbooks
from django.test import Client
from pytest_django.fixtures import Settings
from workbooks import measured, village, workbook

from tinhgon.workbook import layout
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.apparatus.services import check_apparatus
from tinhgon_web.core.models import AuditLine
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.exchange.models import Import

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
UNITS, MEASURES, DOCUMENTS = layout.UNITS.name, layout.MEASURES.name, layout.DOCUMENTS.name
SOUND = {UNITS: [village("x1v9", "Thôn 9", "x1")], MEASURES: [measured("x1v9", 150), measured("x1v1", 260)]}
TWO_REFUSED = {
    UNITS: [village("x1v9", "Thôn 9", "x1"), village("x1v8", "Thôn 8", "x1", kind="lang")],
    MEASURES: [measured("x1v9", "nhiều")],
}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(client: Client, content: bytes, name: str = "số liệu.xlsx") -> Import:
    response = client.post("/nhap-du-lieu/", {"tep": uploads.upload(name, content)})
    assert response.status_code == 302, response.text
    return Import.objects.latest("pk")


def record(client: Client, imported: Import, **more: str) -> Import:
    client.post(f"/nhap-du-lieu/{imported.pk}/ghi-so/", {"seen": imported.seen, **more})
    imported.refresh_from_db()
    return imported


def states(imported: Import) -> dict[tuple[str, int], str]:
    return {(row.sheet, row.row): row.state for row in imported.rows.all()}


def test_a_workbook_is_looked_at_and_nothing_recorded(client_as: As) -> None:
    before = registers.head()
    client = client_as("editor")
    imported = send(client, workbook(SOUND))
    assert imported.state == "checked"
    assert states(imported) == {(UNITS, 2): "new", (MEASURES, 2): "new", (MEASURES, 3): "changed"}
    assert registers.head() == before
    text = client.get(f"/nhap-du-lieu/{imported.pk}/?xem=changed").text
    assert "<ins>260</ins>" in text


def test_it_is_recorded_as_one_group_and_keeps_its_file(client_as: As) -> None:
    client = client_as("editor")
    imported = record(client, send(client, workbook(SOUND)))
    assert imported.state == "recorded"
    assert imported.first is not None
    assert imported.last == imported.first + 2
    moments = (
        JournalEntry.objects.filter(seq__gte=imported.first)
        .values_list("recorded_at", "by")
        .order_by()
        .distinct()
    )
    assert len(moments) == 1
    assert imported.document is not None
    assert imported.document.files.get().sha256 == imported.sha256
    assert check_apparatus() == []
    assert "Thôn 9" in client.get("/bo-may/don-vi/x1v9/").text
    assert {"upload", "import"} <= set(AuditLine.objects.values_list("verb", flat=True))
    assert "recorded" not in client.get(f"/nhap-du-lieu/{imported.pk}/").text.partition("<main")[0]


def test_a_double_click_records_once(client_as: As) -> None:
    client = client_as("editor")
    imported = record(client, send(client, workbook(SOUND)))
    head = registers.head()
    record(client, imported)
    assert registers.head() == head
    again = send(client, workbook(SOUND))
    assert set(states(again).values()) == {"same"}


def test_an_import_is_undone_by_one_entry_with_its_reason(client_as: As) -> None:
    client = client_as("editor")
    before = registers.register(registers.head()).unit("x1v9")
    assert before is None
    imported = record(client, send(client, workbook(SOUND)))
    assert (
        "lý do" in client.post(f"/nhap-du-lieu/{imported.pk}/huy/", {"ly-do": " "}, follow=True).text.lower()
    )
    client.post(f"/nhap-du-lieu/{imported.pk}/huy/", {"ly-do": "nhầm huyện"})
    imported.refresh_from_db()
    assert imported.state == "undone"
    entry = JournalEntry.objects.latest("seq")
    assert imported.first is not None
    assert (entry.kind, entry.annuls) == ("annulled", [imported.first, imported.first + 1, imported.last])
    assert entry.document_id == imported.document_id
    assert entry.payload["reason"] == "nhầm huyện"
    assert registers.register(registers.head()).unit("x1v9") is None
    assert check_apparatus() == []
    head = registers.head()
    client.post(f"/nhap-du-lieu/{imported.pk}/huy/", {"ly-do": "lần nữa"})
    assert registers.head() == head
    assert record(client, send(client, workbook(SOUND))).state == "recorded"


def test_what_rests_on_an_import_keeps_it_from_being_undone(client_as: As) -> None:
    client = client_as("editor")
    first = record(client, send(client, workbook({UNITS: [village("x1v9", "Thôn 9", "x1")]})))
    record(client, send(client, workbook({MEASURES: [measured("x1v9", 10)]})))
    text = client.post(f"/nhap-du-lieu/{first.pk}/huy/", {"ly-do": "sai"}, follow=True).text
    first.refresh_from_db()
    assert first.state == "recorded"
    assert 'class="error"' in text


def test_two_refused_rows_are_mended_and_then_recorded(client_as: As) -> None:
    client = client_as("editor")
    imported = send(client, workbook(TWO_REFUSED))
    page = client.get(f"/nhap-du-lieu/{imported.pk}/").text
    assert "không có trong danh mục" in page
    assert 'value="nhiều"' in page
    kind, count = imported.rows.get(sheet=UNITS, row=3), imported.rows.get(sheet=MEASURES, row=2)
    client.post(
        f"/nhap-du-lieu/{imported.pk}/sua/",
        {f"o-{kind.pk}-kind": "thôn", f"o-{count.pk}-households": "1.250"},
    )
    imported.refresh_from_db()
    assert set(states(imported).values()) == {"new"}
    assert record(client, imported).state == "recorded"
    register = registers.register(registers.head())
    village_9 = register.unit("x1v9")
    assert village_9 is not None
    assert village_9.measures["households"].last == 1250
    [line] = AuditLine.objects.filter(verb="mend")
    assert line.before == {f"{UNITS} 3": {"kind": "lang"}, f"{MEASURES} 2": {"households": "nhiều"}}


def test_refused_rows_are_left_out_only_in_so_many_words(client_as: As) -> None:
    client = client_as("editor")
    imported = send(client, workbook(TWO_REFUSED))
    assert record(client, imported).state == "checked"
    assert record(client, imported, **{"bo-qua": "1"}).state == "recorded"
    assert imported.left_out == 2
    register = registers.register(registers.head())
    assert register.unit("x1v9") is not None
    assert register.unit("x1v8") is None


def test_the_refused_rows_come_back_as_a_workbook_that_is_read_again(client_as: As) -> None:
    client = client_as("editor")
    imported = send(client, workbook(TWO_REFUSED))
    content = client.get(f"/nhap-du-lieu/{imported.pk}/bi-tu-choi.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [UNITS, MEASURES, "Ghi chú - lý do"]
    assert "danh mục" in book["Ghi chú - lý do"]["E2"].value
    book[UNITS]["B2"] = "thôn"
    book[MEASURES]["B2"] = 12
    again = send(client, workbooks.saved(book))
    assert states(again)[UNITS, 2] == "new"
    assert not again.faults


def test_cells_that_begin_as_formulas_stay_text(client_as: As) -> None:
    client = client_as("editor")
    imported = send(client, workbook({UNITS: [village("x1v8", "x", "x1", kind="'=1+1")]}))
    row = imported.rows.get()
    client.post(f"/nhap-du-lieu/{imported.pk}/sua/", {f"o-{row.pk}-kind": "=HYPERLINK(1)"})
    content = client.get(f"/nhap-du-lieu/{imported.pk}/bi-tu-choi.xlsx").content
    cell = openpyxl.load_workbook(io.BytesIO(content))[UNITS]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_the_register_changing_meanwhile_is_told(client_as: As) -> None:
    client, other = client_as("editor"), client_as("editor", "t")
    imported = send(client, workbook({UNITS: [village("x1v9", "Thôn 9", "x1")]}))
    record(other, send(other, workbook({UNITS: [village("x1v9", "Thôn khác", "x1")]})))
    head = registers.head()
    record(client, imported)
    assert imported.state == "checked"
    assert registers.head() == head
    assert set(states(imported).values()) == {"refused"}
    assert "sổ đã thay đổi" in client.get(f"/nhap-du-lieu/{imported.pk}/").text


def test_a_preview_that_is_no_longer_seen_is_not_recorded(client_as: As) -> None:
    client = client_as("editor")
    imported = send(client, workbook(SOUND))
    client.post(f"/nhap-du-lieu/{imported.pk}/ghi-so/", {"seen": "another"})
    imported.refresh_from_db()
    assert imported.state == "checked"


def test_rows_outside_ones_places_are_refused(client_as: As) -> None:
    client = client_as("editor", "x1")
    rows = {
        UNITS: [
            village("x1v9", "Thôn 9", "x1"),
            village("x2v9", "Thôn 9", "x2"),
            village("lone", "Thôn", ""),
        ],
        MEASURES: [measured("x1v9", 1), measured("x2v1", 2), measured("x2v9", 3)],
        DOCUMENTS: [],
    }
    imported = send(client, workbook(rows))
    assert states(imported) == {
        (UNITS, 2): "new",
        (UNITS, 3): "refused",
        (UNITS, 4): "refused",
        (MEASURES, 2): "new",
        (MEASURES, 3): "refused",
        (MEASURES, 4): "refused",
    }
    assert "ngoài phạm vi" in client.get(f"/nhap-du-lieu/{imported.pk}/").text


def test_nobody_reaches_the_import_of_another(client_as: As) -> None:
    imported = send(client_as("editor", "x1"), workbook(TWO_REFUSED))
    row = imported.rows.filter(state="refused").first()
    assert row is not None
    other = client_as("editor", "x2")
    assert other.get(f"/nhap-du-lieu/{imported.pk}/").status_code == 404
    assert other.get(f"/nhap-du-lieu/{imported.pk}/bi-tu-choi.xlsx").status_code == 404
    for verb in ("sua", "ghi-so", "huy"):
        assert other.post(f"/nhap-du-lieu/{imported.pk}/{verb}/", {"ly-do": "x"}).status_code == 404
    own = send(other, workbook(TWO_REFUSED))
    other.post(f"/nhap-du-lieu/{own.pk}/sua/", {f"o-{row.pk}-kind": "thôn"})
    imported.refresh_from_db()
    assert imported.typed == {}
    assert client_as("editor").get(f"/nhap-du-lieu/{imported.pk}/").status_code == 200


def test_the_template_offers_the_units_of_ones_places(client_as: As) -> None:
    content = client_as("editor", "x1").get("/nhap-du-lieu/mau-nhap-lieu.xlsx").content
    page = openpyxl.load_workbook(io.BytesIO(content))["Ghi chú - đơn vị hiện có"]
    ids = {row[0].value for row in page.iter_rows(min_row=2)}
    assert "x1v1" in ids
    assert "x2" not in ids
    client = client_as("editor")
    response = client.post("/nhap-du-lieu/", {"tep": uploads.upload("mau.xlsx", content)})
    assert response.status_code == 302
    assert "không có dòng dữ liệu nào" in client.get(response.headers["Location"]).text


def bomb() -> bytes:
    return uploads.xlsx(xl__worksheets__sheet1_DOT_xml=b"<a/>" * 10_000_000)


def with_part(name: str, content: bytes) -> bytes:
    made = io.BytesIO(workbook(SOUND))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


BAD = {
    "nothing": (b"", "rỗng"),
    "a PDF": (uploads.pdf(), "PDF"),
    "a DOCX": (uploads.docx(), "DOCX"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "định dạng cũ"),
    "a bomb": (bomb(), "bung ra quá lớn"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "macro"),
    "links": (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "tệp khác"),
    "cut off": (workbook(SOUND)[:-200], "hỏng"),
}


@pytest.mark.parametrize("what", BAD)
def test_hostile_files_are_refused_at_the_door(client_as: As, media: Path, what: str) -> None:
    content, why = BAD[what]
    response = client_as("editor").post("/nhap-du-lieu/", {"tep": uploads.upload("a.xlsx", content)})
    assert response.status_code == 400
    assert why in response.text
    assert not Import.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def merged() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SOUND)))
    book[MEASURES].merge_cells("A2:A3")
    return workbooks.saved(book)


def headers() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SOUND)))
    book[UNITS]["A1"] = "Mã"
    return workbooks.saved(book)


def formulas() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SOUND)))
    book[MEASURES]["B2"] = "=1+1"
    return workbooks.saved(book)


def long_empty() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SOUND)))
    book[MEASURES]["A900000"] = " "
    return workbooks.saved(book)


ODD = {
    "merged cells": (merged(), "bị gộp"),
    "wrong headers": (headers(), "thiếu cột bắt buộc"),
    "a formula never calculated": (formulas(), "công thức"),
    "rows without end": (long_empty(), "giới hạn an toàn"),
    "a date as text": (
        workbook({MEASURES: [measured("x1v1", 1, effective_on="13/25/2019")]}),
        "không phải ngày",
    ),
    "an American date": (
        workbook({MEASURES: [measured("x1v1", 1, effective_on="2/13/2019")]}),
        "tháng/ngày/năm",
    ),
    "a name of 500 letters and a turned mark": (
        workbook({UNITS: [village("x1v9", "n" * 500 + "\u202e", "x1")]}),
        "ký tự",
    ),
    "a unit that is not there": (workbook({MEASURES: [measured("nowhere", 1)]}), "nowhere"),
}


@pytest.mark.parametrize("what", ODD)
def test_odd_workbooks_are_told_what_is_wrong_and_record_nothing(client_as: As, what: str) -> None:
    content, why = ODD[what]
    client = client_as("editor")
    head = registers.head()
    imported = send(client, content)
    assert imported.state == "checked"
    assert why in client.get(f"/nhap-du-lieu/{imported.pk}/").text
    record(client, imported)
    assert registers.head() == head


def test_documents_are_brought_in_with_their_events(client_as: As) -> None:
    client = client_as("editor")
    new = {
        "id": "qd-9", "number": "9/QĐ-UBND", "type": "quyết định", "issuer": "UBND huyện", "title": "Lập thôn",
        "signed_on": "1/8/2019", "carries_out": "ctr26", "amends": "qd2",
    }  # fmt: skip
    rows = {DOCUMENTS: [new], UNITS: [village("x1v9", "Thôn 9", "x1", document="qd-9")]}
    record(client, send(client, workbook(rows)))
    document = Document.objects.get(pk="qd-9")
    assert [one.pk for one in document.amends.all()] == ["qd2"]
    assert document.entries.count() == 1
    assert DocumentFile.objects.count() == 1
