"""Files whose structure is spoilt, or that would harm whoever opens them, are refused."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from books import bring, refused, sound, write

from tinhgon.registry.folder import open_folder
from tinhgon.workbook import guard


def spoil_merge(book: openpyxl.Workbook) -> None:
    book["Sắp xếp"].merge_cells("A2:A3")


def spoil_columns(book: openpyxl.Workbook) -> None:
    page = book["Chỉ tiêu"]
    page["B1"], page["C1"], page["Z1"] = "Số hộ gia đình", "Từ ngày", None
    page["Z2"] = "lạc"


def spoil_required(book: openpyxl.Workbook) -> None:
    book["Đơn vị"]["A1"] = None
    for row in range(2, 6):
        book["Đơn vị"][f"A{row}"] = None


def spoil_sheet(book: openpyxl.Workbook) -> None:
    book["Biên chế"].title = "Bien che"


def spoil_formula(book: openpyxl.Workbook) -> None:
    book["Chỉ tiêu"]["B2"] = "=100+20"


STRUCTURES: list[tuple[Callable[[openpyxl.Workbook], None], set[tuple[str, int, str, str]]]] = [
    (spoil_merge, {("Sắp xếp", 2, "A", "merged-cells")}),
    (spoil_sheet, {("Bien che", 0, "", "unknown-sheet")}),
    (spoil_formula, {("Chỉ tiêu", 2, "B", "formula-without-value")}),
    (spoil_required, {("Đơn vị", 1, "", "missing-column")}),
    (
        spoil_columns,
        {
            ("Chỉ tiêu", 1, "B", "unknown-column"),
            ("Chỉ tiêu", 1, "E", "duplicate-column"),
            ("Chỉ tiêu", 1, "Z", "no-header"),
            ("Chỉ tiêu", 2, "C", "bad-date"),
        },
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), STRUCTURES, ids=[case[0].__name__ for case in STRUCTURES])
def test_a_spoilt_structure_is_refused(
    tmp_path: Path, spoil: Callable[[openpyxl.Workbook], None], expected: set[tuple[str, int, str, str]]
) -> None:
    book = write(tmp_path / "a.xlsx", sound())
    spoil(book)
    book.save(tmp_path / "a.xlsx")
    found = {
        (one.sheet, one.row, one.column, one.rule) for one in refused(tmp_path / "a.xlsx", tmp_path / "r")
    }
    assert expected <= found
    assert {one for one in found if one[0] not in {place[0] for place in expected}} == set()


def test_a_formula_with_its_value_is_read(tmp_path: Path) -> None:
    """A file as Excel saves it: the formula and, beside it, what it came to."""
    book = write(tmp_path / "a.xlsx", sound())
    spoil_formula(book)
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for part in old.infolist():
            # With lxml beside it openpyxl writes the empty value in another spelling.
            content = re.sub(rb"<f>100\+20</f><v ?(/>|></v>)", b"<f>100+20</f><v>120</v>", old.read(part))
            new.writestr(part, content)
    bring(tmp_path / "b.xlsx", tmp_path / "register")
    register = open_folder(tmp_path / "register").register()
    assert register.units["x-thon-1"].measure("households", dt.date(2018, 1, 1)) == 120


def not_a_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 nothing more")


def old_format(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def damaged(path: Path) -> None:
    """A byte of packed data is another one: the part does not unpack, or not to what it was."""
    write(path, sound())
    content = bytearray(path.read_bytes())
    start = content.index(b"xl/worksheets/sheet2.xml") + 200
    content[start : start + 40] = bytes(40)
    path.write_bytes(bytes(content))


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "hello")


def bomb(path: Path) -> None:
    write(path, sound())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(4 << 20))


def many_parts(path: Path) -> None:
    write(path, sound())
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(guard.MOST_PARTS):
            archive.writestr(f"xl/p{number}.bin", "")


def entities(path: Path) -> None:
    write(path, sound())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/more.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def far_cell(path: Path) -> None:
    book = write(path, sound())
    book["Đơn vị"]["XFD1048576"] = "x"
    book.save(path)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (not_a_zip, "not-a-workbook"),
        (old_format, "not-a-workbook"),
        (other_zip, "not-a-workbook"),
        (damaged, "not-a-workbook"),
        (entities, "not-a-workbook"),
        (bomb, "too-large"),
        (many_parts, "too-large"),
        (far_cell, "too-large"),
    ],
)
def test_a_harmful_file_is_refused_before_it_is_read(
    tmp_path: Path, make: Callable[[Path], None], rule: str
) -> None:
    make(tmp_path / "a.xlsx")
    assert rule in {problem.rule for problem in refused(tmp_path / "a.xlsx", tmp_path / "register")}
