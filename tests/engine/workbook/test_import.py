"""A filled workbook becomes a register, or every reason why not is told by sheet, row and column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from books import RECORDED, Rows, bring, letter, refused, sound, write

from tinhgon.registry.folder import open_folder
from tinhgon.workbook import layout
from tinhgon.workbook.load import import_workbook
from tinhgon.workbook.problems import UnableToImport
from tinhgon.workbook.template import write_template

NFD_NAME = "Xa\u0303 Vi\u0301 Du\u0323"


def test_the_examples_of_the_template_are_a_sound_register(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", sound())
    imported = bring(tmp_path / "a.xlsx", tmp_path / "register")
    register = open_folder(tmp_path / "register").register()
    day = dt.date(2019, 7, 1)
    assert [unit.name(day) for unit in register.children("x-xa", day)] == ["Thôn 3"]
    assert register.units["x-xa"].code(day) == "00022"
    assert register.units["x-thon-1"].measure("households", dt.date(2018, 1, 1)) == 120
    assert register.posts["x-truong-thon-3"].holder(day).person == "CB-00123"  # type: ignore[union-attr]  # there
    assert register.posts["x-truong-thon-3"].holder(dt.date(2019, 9, 1)) is None
    assert len(imported.events) == 11
    assert imported.rows["Sắp xếp"] == 2


def test_the_untouched_template_holds_no_data(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    assert [problem.rule for problem in refused(tmp_path / "a.xlsx", tmp_path / "r")] == ["empty-workbook"]


def test_a_filled_template_keeps_its_examples_out(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for sheet in (layout.DOCUMENTS, layout.UNITS):
        book[sheet.name].append([sound()[sheet.name][0].get(column.field) for column in sheet.columns])
    book.save(tmp_path / "a.xlsx")
    bring(tmp_path / "a.xlsx", tmp_path / "register")
    folder = open_folder(tmp_path / "register")
    assert list(folder.register().units) == ["x-huyen"]
    assert list(folder.documents) == ["x-qd-1"]


def test_trying_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", sound())
    assert len(bring(tmp_path / "a.xlsx", tmp_path / "register", dry_run=True).events) == 11
    assert not (tmp_path / "register").exists()


def test_rows_may_stand_in_any_order(tmp_path: Path) -> None:
    rows = {name: list(reversed(found)) for name, found in sound().items()}
    write(tmp_path / "a.xlsx", rows)
    bring(tmp_path / "a.xlsx", tmp_path / "register")
    register = open_folder(tmp_path / "register").register()
    assert len(list(register.units_on(dt.date(2019, 7, 1)))) == 3


def test_a_second_file_adds_to_the_register(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    write(tmp_path / "a.xlsx", sound())
    bring(tmp_path / "a.xlsx", folder)
    more: Rows = {
        "Văn bản": [sound()["Văn bản"][0], {**sound()["Văn bản"][0], "id": "x-qd-2", "number": "9/QĐ-UBND"}],
        "Chỉ tiêu": [
            {"unit": "x-thon-3", "households": 250, "effective_on": "31/12/2019", "document": "x-qd-2"}
        ],
    }
    write(tmp_path / "b.xlsx", more)
    bring(tmp_path / "b.xlsx", folder)
    found = open_folder(folder)
    assert list(found.documents) == ["x-qd-1", "x-nq-2", "x-qd-2"]
    assert found.register().units["x-thon-3"].measure("households", dt.date(2020, 1, 1)) == 250


# What is done to a cell (sheet, field, row from 2, value, number format), and the rule it breaks.
CELLS: list[tuple[str, layout.Sheet, str, Any, str, str]] = [
    ("31 February", layout.UNITS, "effective_on", "31/02/2018", "@", "bad-date"),
    ("US order", layout.UNITS, "effective_on", "03/25/2018", "@", "us-date"),
    ("US cell", layout.UNITS, "effective_on", dt.date(2018, 3, 8), "m/d/yyyy", "us-date"),
    ("serial number", layout.UNITS, "effective_on", 43167, "General", "bare-number-date"),
    ("only a year", layout.UNITS, "effective_on", 2018, "General", "bad-date"),
    ("time of day", layout.UNITS, "effective_on", dt.datetime(2018, 3, 8, 7, 30), "dd/mm/yyyy", "bad-date"),  # noqa: DTZ001  # as Excel has it
    ("long ago", layout.UNITS, "effective_on", "8/3/1018", "@", "implausible-date"),
    ("NFD", layout.UNITS, "title", NFD_NAME, "@", "decomposed-text"),
    ("stray sign", layout.DOCUMENTS, "number", "30\u00ac-CTr/TU", "@", "stray-characters"),
    ("zero width", layout.UNITS, "title", "Xã\u200b Ví Dụ", "@", "stray-characters"),
    ("control character", layout.UNITS, "title", "Xã\x7f Ví Dụ", "@", "stray-characters"),
    ("code as number", layout.UNITS, "code", 22, "00000", "not-text"),
    ("number became a day", layout.DOCUMENTS, "number", dt.date(2018, 3, 26), "d-mmm", "date-not-text"),
    ("spaces in an id", layout.UNITS, "unit", "xã một", "@", "bad-id"),
    ("a name for a person", layout.HOLDINGS, "person", "Nguyễn Văn A", "@", "personal-name"),
    ("a name without spaces", layout.HOLDINGS, "person", "NguyenVanA", "@", "personal-name"),
    ("number as text", layout.MEASURES, "households", "1.234", "@", "number-as-text"),
    ("no number", layout.MEASURES, "population", "nhiều", "@", "not-a-number"),
    ("negative", layout.MEASURES, "households", -5, "0", "negative"),
    ("half a household", layout.MEASURES, "households", 12.5, "0.0", "not-whole"),
    ("no share", layout.ACTS, "share", 1.5, "0.0", "bad-share"),
    ("unknown kind", layout.UNITS, "kind", "xóm", "@", "unknown-choice"),
    ("error value", layout.MEASURES, "area_km2", "#REF!", "General", "error-value"),
    ("no citation", layout.MEASURES, "document", None, "@", "missing-value"),
    ("unknown document", layout.MEASURES, "document", "x-qd-9", "@", "unknown-document"),
    ("unknown unit", layout.MEASURES, "unit", "x-thon-9", "@", "unknown-unit"),
    ("unknown post", layout.HOLDINGS, "post", "x-chuc-danh-9", "@", "unknown-post"),
    ("unknown act", layout.PLACEMENTS, "act_id", "x-sx-9", "@", "unknown-row-act"),
    ("unsigned", layout.ACTS, "signed_on", None, "@", "missing-value"),
    ("signed otherwise", layout.ACTS, "signed_on", "21/6/2019", "@", "signed-otherwise"),
    ("two days of effect", layout.ACTS, "effective_on", "2/7/2019", "@", "differs-within-act"),
    ("to itself", layout.UNITS, "parent", "x-huyen", "@", "parent-cycle"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "field", "value", "form", "rule"), [case[1:] for case in CELLS], ids=[c[0] for c in CELLS]
)
def test_a_spoilt_cell_is_refused_at_its_place(
    tmp_path: Path, sheet: layout.Sheet, field: str, value: Any, form: str, rule: str
) -> None:
    book = write(tmp_path / "a.xlsx", sound())
    place = letter(sheet, field)
    cell = book[sheet.name][f"{place}2"]
    cell.value = value
    cell.number_format = form
    book.save(tmp_path / "a.xlsx")
    problems = [one for one in refused(tmp_path / "a.xlsx", tmp_path / "register") if one.rule == rule]
    if rule == "differs-within-act":
        assert [(one.row, one.column) for one in problems] == [(3, place)]
    else:
        assert [(one.sheet, one.row, one.column) for one in problems] == [(sheet.name, 2, place)]
    for lang in ("vi", "en"):
        assert problems[0].message(lang).startswith("a.xlsx, ")
        assert problems[0].message(lang).endswith(f"[{rule}]")


def test_a_day_with_day_and_month_swapped_is_suspect(tmp_path: Path) -> None:
    """08/3/2018 typed into an Excel that writes the month first is stored as 3 August."""
    rows = sound()
    rows["Văn bản"][0]["signed_on"] = "8/3/2018"
    rows["Chỉ tiêu"][0]["effective_on"] = dt.date(2018, 8, 3)
    write(tmp_path / "a.xlsx", rows)
    (problem,) = refused(tmp_path / "a.xlsx", tmp_path / "register")
    assert (problem.sheet, problem.row, problem.rule) == ("Chỉ tiêu", 2, "swapped-date")
    assert "08/03/2018" in problem.message("vi")


def test_a_day_is_read_day_first(tmp_path: Path) -> None:
    rows = sound()
    for row, day in zip(
        rows["Đơn vị"], ["08/3/2018", "8.3.2018", "2018-03-08", dt.date(2018, 3, 8)], strict=True
    ):
        row["effective_on"] = day
    for sheet in ("Chỉ tiêu", "Chức danh", "Người giữ chức danh", "Biên chế"):
        rows[sheet] = []
    rows["Bố trí"] = rows["Thay đổi"] = []
    write(tmp_path / "a.xlsx", rows)
    bring(tmp_path / "a.xlsx", tmp_path / "register")
    register = open_folder(tmp_path / "register").register()
    assert {unit.opened_on for unit in register.units.values() if unit.id != "x-thon-3"} == {
        dt.date(2018, 3, 8)
    }


def test_all_errors_are_listed_and_none_is_only_a_consequence(tmp_path: Path) -> None:
    rows = sound()
    rows["Đơn vị"][1]["effective_on"] = "31/02/2018"  # the commune: villages hang on it, and are not blamed
    rows["Chỉ tiêu"][0]["households"] = -1
    rows["Chức danh"].append({**rows["Chức danh"][0]})
    rows["Biên chế"][0]["unit"] = "x-khong-co"
    rows["Thay đổi"].append({**rows["Thay đổi"][0], "change": "di chuyển sang cấp trên mới", "value": None})
    write(tmp_path / "a.xlsx", rows)
    found = {(one.sheet, one.row, one.rule) for one in refused(tmp_path / "a.xlsx", tmp_path / "register")}
    assert found == {
        ("Đơn vị", 3, "bad-date"),
        ("Chỉ tiêu", 2, "negative"),
        ("Chức danh", 3, "duplicate-id"),
        ("Biên chế", 2, "unknown-unit"),
        ("Thay đổi", 3, "needed-here"),
    }


def test_what_the_register_refuses_is_told_by_row(tmp_path: Path) -> None:
    rows = sound()
    rows["Đơn vị"].append({**rows["Đơn vị"][1], "unit": "x-xa-2"})
    rows["Sắp xếp"][0]["share"] = 0.5
    rows["Thay đổi"][0]["effective_on"] = "1/1/2017"
    write(tmp_path / "a.xlsx", rows)
    found = {
        (one.sheet, one.row, one.header, one.rule): one
        for one in refused(tmp_path / "a.xlsx", tmp_path / "r")
    }
    assert set(found) == {
        ("Đơn vị", 6, "Mã số", "overlap-code"),
        ("Sắp xếp", 2, "Đơn vị cũ", "unbalanced-shares"),
        ("Thay đổi", 2, "Đối tượng", "unknown-holding"),
    }
    assert "cộng lại là 0.5" in found["Sắp xếp", 2, "Đơn vị cũ", "unbalanced-shares"].message("vi")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_refused_file_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    write(tmp_path / "a.xlsx", sound())
    bring(tmp_path / "a.xlsx", folder)
    before = contents(folder)
    rows = sound()
    rows["Văn bản"][0]["title"] = "Trích yếu khác"
    write(tmp_path / "b.xlsx", rows)
    with pytest.raises(UnableToImport) as caught:
        bring(tmp_path / "b.xlsx", folder)
    rules = [problem.rule for problem in caught.value.problems]
    assert rules.count("different-document") == 1
    assert rules.count("overlap-unit") == 4
    assert contents(folder) == before


def test_data_that_contradicts_an_older_entry_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    write(tmp_path / "a.xlsx", sound())
    bring(tmp_path / "a.xlsx", folder)
    before = contents(folder)
    rows: Rows = {"Thay đổi": [{**sound()["Thay đổi"][0], "effective_on": "1/8/2019"}]}
    write(tmp_path / "b.xlsx", rows)
    with pytest.raises(UnableToImport) as caught:
        bring(tmp_path / "b.xlsx", folder)
    assert [problem.rule for problem in caught.value.problems] == ["breaks-register"]
    assert contents(folder) == before


def test_nothing_is_recorded_before_the_last_entry(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    write(tmp_path / "a.xlsx", {name: sound()[name] for name in ("Văn bản", "Đơn vị")})
    bring(tmp_path / "a.xlsx", folder)
    rows: Rows = {"Chỉ tiêu": sound()["Chỉ tiêu"]}
    write(tmp_path / "b.xlsx", rows)
    with pytest.raises(UnableToImport, match="recorded-before"):
        import_workbook(tmp_path / "b.xlsx", folder, recorded_at=RECORDED - dt.timedelta(1), by="tester")


def test_documents_are_taken_back_when_the_journal_cannot_be_written(tmp_path: Path) -> None:
    """Somebody else appended since the register was read."""
    folder = tmp_path / "register"
    write(tmp_path / "a.xlsx", sound())
    bring(tmp_path / "a.xlsx", folder)
    stale = open_folder(folder)
    write(tmp_path / "b.xlsx", {"Chỉ tiêu": [{**sound()["Chỉ tiêu"][0], "effective_on": "1/2/2018"}]})
    bring(tmp_path / "b.xlsx", folder)
    before = contents(folder)
    event = open_folder(folder).journal.entries[-1].event
    other = {"y": stale.documents["x-qd-1"]}
    with pytest.raises(ValueError, match="changed since it was read"):
        stale.append([event], recorded_at=RECORDED, by="tester", documents=other)
    assert contents(folder) == before
