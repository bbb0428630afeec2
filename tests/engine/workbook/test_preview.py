"""A workbook looked at before it is recorded: what is new, changed, held already or refused, and mending by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import attrs
import pytest
from books import RECORDED, sound, write

from tinhgon.registry.documents import Document
from tinhgon.registry.journal import Journal
from tinhgon.workbook import cells, guard, layout
from tinhgon.workbook.check import Checked, check
from tinhgon.workbook.preview import Line, preview
from tinhgon.workbook.sheets import read_sheets

Typed = dict[tuple[str, int], dict[str, str]]


@attrs.frozen
class Held:
    """What a register holds."""

    journal: Journal = attrs.field(factory=Journal)
    documents: dict[str, Document] = attrs.field(factory=dict)

    def check(self, path: Path, typed: Typed | None = None) -> Checked:
        known = [(entry.seq, entry.event) for entry in self.journal.entries]
        return check(read_sheets(path, typed), known, self.documents, skip_same=True)

    def lines(self, checked: Checked) -> dict[tuple[str, int], Line]:
        found = preview(checked, self.journal.fold())
        return {(line.row.sheet.name, line.row.number): line for line in found}

    def take(self, checked: Checked) -> Held:
        longer = self.journal.append(checked.events, recorded_at=RECORDED, by="x")
        return Held(longer, {**self.documents, **checked.documents})


def spoilt(path: Path, **cells_: object) -> Path:
    """The sound workbook with cells of "Chỉ tiêu" and "Đơn vị" replaced: households of thon-1, the kind of xa."""
    rows = sound()
    for name, value in cells_.items():
        sheet, field, at = {
            "households": (layout.MEASURES, "households", 0),
            "kind": (layout.UNITS, "kind", 1),
            "document": (layout.DOCUMENTS, "number", 0),
        }[name]
        rows[sheet.name][at][field] = value
    write(path, rows)
    return path


def test_a_sound_workbook_is_new_all_through(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.xlsx")
    checked = Held().check(path)
    assert checked.is_clean
    states = {line.state for place, line in Held().lines(checked).items() if place[0] == layout.UNITS.name}
    assert states == {"new"}


def test_a_workbook_brought_twice_adds_nothing(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.xlsx")
    held = Held().take(Held().check(path))
    again = held.check(path)
    assert again.is_clean
    assert again.events == ()
    assert again.documents == {}
    assert {line.state for line in held.lines(again).values()} == {"same"}


def test_what_is_taken_folds_and_every_row_has_one_state(tmp_path: Path) -> None:
    checked = Held().check(spoilt(tmp_path / "a.xlsx", kind="xa la"))
    Held().take(checked)
    lines = Held().lines(checked)
    assert len(lines) == sum(len(rows) for rows in checked.rows.values())
    assert all(bool(line.problems) == (line.state == "refused") for line in lines.values())


def test_rows_that_rest_on_a_refused_one_wait_for_it(tmp_path: Path) -> None:
    checked = Held().check(spoilt(tmp_path / "a.xlsx", kind="xa la"))
    assert [(one.sheet, one.row, one.rule) for one in checked.problems] == [
        (layout.UNITS.name, 3, "unknown-choice")
    ]
    waiting = {(one.sheet, one.row) for one in checked.waiting}
    assert {(layout.UNITS.name, 4), (layout.MEASURES.name, 2), (layout.ACTS.name, 2)} <= waiting
    assert "x-xa" in checked.waiting[0].reason("vi")
    lines = Held().lines(checked)
    assert lines[layout.UNITS.name, 2].state == "new"


def test_events_that_cite_a_refused_document_wait_for_it(tmp_path: Path) -> None:
    checked = Held().check(spoilt(tmp_path / "a.xlsx", document=None))
    assert {one.rule for one in checked.problems} == {"missing-value"}
    assert all(event.citation.document in checked.documents for event in checked.events)
    assert (layout.UNITS.name, 2) in {(one.sheet, one.row) for one in checked.waiting}


def test_a_refused_cell_is_mended_by_hand(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.xlsx", kind="xa la", households="nhiều")
    assert not Held().check(path).is_clean
    typed = {
        (layout.UNITS.name, 3): {"kind": "xã"},
        (layout.MEASURES.name, 2): {"households": "1.250", "area_km2": "3,25"},
    }
    checked = Held().check(path, typed)
    assert checked.is_clean
    line = Held().lines(checked)[layout.MEASURES.name, 2]
    assert (line.cells["households"], line.cells["area_km2"]) == ("1250", "3,25")


def test_a_refused_cell_is_shown_as_it_stands(tmp_path: Path) -> None:
    checked = Held().check(spoilt(tmp_path / "a.xlsx", households="nhiều"))
    assert Held().lines(checked)[layout.MEASURES.name, 2].cells["households"] == "nhiều"


def test_a_changed_number_shows_the_one_before(tmp_path: Path) -> None:
    held = Held().take(Held().check(spoilt(tmp_path / "a.xlsx")))
    checked = held.check(spoilt(tmp_path / "b.xlsx", households=95))
    line = held.lines(checked)[layout.MEASURES.name, 2]
    assert line.state == "changed"
    assert [(one.header, one.before, one.after) for one in line.changes] == [("Số hộ", "120", "95")]
    assert [event.measures["households"] for event in checked.events if event.name == "measure_recorded"] == [
        95
    ]


def test_a_missing_column_leaves_nothing_to_take(tmp_path: Path) -> None:
    book = write(tmp_path / "a.xlsx", sound())
    book[layout.UNITS.name].delete_cols(1)
    book.save(tmp_path / "a.xlsx")
    checked = Held().check(tmp_path / "a.xlsx")
    assert not checked.finished
    assert checked.events == ()


def test_merged_rows_are_refused_and_the_others_taken(tmp_path: Path) -> None:
    book = write(tmp_path / "a.xlsx", sound())
    book[layout.UNITS.name].merge_cells("C4:C5")
    book.save(tmp_path / "a.xlsx")
    checked = Held().check(tmp_path / "a.xlsx")
    lines = Held().lines(checked)
    assert [lines[layout.UNITS.name, row].state for row in (2, 3, 4, 5)] == [
        "new",
        "new",
        "refused",
        "refused",
    ]


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("xl/vbaProject.bin", "has-macros"),
        ("xl/macrosheets/sheet1.xml", "has-macros"),
        ("xl/externalLinks/externalLink1.xml", "external-links"),
    ],
)
def test_macros_and_links_to_other_files_are_refused(tmp_path: Path, part: str, rule: str) -> None:
    path = spoilt(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, "x")
    with pytest.raises(guard.UnableToTrustFile) as caught:
        guard.inspect(path)
    assert caught.value.rule == rule


@pytest.mark.parametrize("sheet", layout.SHEETS, ids=[sheet.name for sheet in layout.SHEETS])
def test_what_is_shown_can_be_typed_back(tmp_path: Path, sheet: layout.Sheet) -> None:
    """Every cell of the sound workbook, typed by hand as it is shown, says the same."""
    path = spoilt(tmp_path / "a.xlsx")
    checked = Held().check(path)
    lines = Held().lines(checked)
    typed = {place: dict(line.cells) for place, line in lines.items() if place[0] == sheet.name}
    assert Held().check(path, typed).events == checked.events


def test_a_number_typed_as_vietnamese_write_it_is_a_number() -> None:
    column = layout.Column("x", "x", "number")
    for written, meant in {
        "1.250": 1250,
        "3,25": 3.25,
        " 12 ": 12,
        "12.5": 12.5,
        "": None,
        "ba": "ba",
    }.items():
        assert cells.typed(written, column).value == meant
    assert cells.typed("25%", layout.Column("x", "x", "share")).value == 0.25
