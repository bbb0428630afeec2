"""Files of a plan read back: tables, workbooks that calculate, pages that need no network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from desk import NAMES, plan_of, villages

from tinhgon.planner.outputs.tables import UnableToExport, groups_table, units_table
from tinhgon.planner.outputs.words import LANGUAGES, WORDS


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".csv"])
def test_tables_hold_the_rows_read_and_what_becomes_of_each(tmp_path: Path, suffix: str) -> None:
    plan, path = plan_of(villages()), tmp_path / f"plan{suffix}"
    plan.write(path)
    if suffix == ".csv":
        table = pd.read_csv(path)
    else:
        table = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    ids = plan.posed.problem.ids
    assert table["id"].tolist() == list(ids)
    assert table["households"].tolist() == villages()["households"].tolist()
    expected = [ids[plan.groups[change.group].seat] for change in plan.changes]
    assert table["group"].tolist() == expected
    assert table["abolished"].tolist() == [unit != seat for unit, seat in zip(ids, expected, strict=True)]


def test_units_after_the_plan_cover_the_same_ground(tmp_path: Path) -> None:
    plan = plan_of(villages())
    plan.write(tmp_path / "after.geojson", dissolve=True)
    after = gpd.read_file(tmp_path / "after.geojson").to_crs("EPSG:32648")
    before = villages()
    assert len(after) == len(plan.groups)
    assert after.area.sum() == pytest.approx(before.area.sum(), rel=1e-3)
    assert after["households"].sum() == before["households"].sum()
    assert sorted(unit for units in after["members"] for unit in units.split(";")) == sorted(before["id"])


def test_without_geometry_maps_are_refused_and_tables_are_not(tmp_path: Path) -> None:
    import libpysal

    graph = libpysal.graph.Graph.build_contiguity(villages().set_index("id"))
    plan = plan_of(pd.DataFrame(villages().drop(columns="geometry")), edges=graph)
    plan.write(tmp_path / "plan.parquet")
    assert pd.read_parquet(tmp_path / "plan.parquet")["group"].tolist() == units_table(plan)["group"].tolist()
    assert len(groups_table(plan)) == len(plan.groups)
    with pytest.raises(UnableToExport, match="needs geometry"):
        plan.write(tmp_path / "plan.geojson")


def test_an_unknown_suffix_or_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToExport, match=r"\.xlsx"):
        plan_of(villages()).write(tmp_path / "plan.docx")
    with pytest.raises(UnableToExport, match="no folder"):
        plan_of(villages()).write(tmp_path / "none" / "plan.csv")


def test_names_that_look_like_formulas_stay_names(tmp_path: Path) -> None:
    plan = plan_of(villages())
    plan.write(tmp_path / "plan.xlsx")
    plan.write(tmp_path / "plan.csv")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == NAMES[3]]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert f"'{NAMES[3]}" in pd.read_csv(tmp_path / "plan.csv")["name"].tolist()


def test_workbooks_print_column_numbers_and_formulas(tmp_path: Path) -> None:
    plan_of(villages()).write(tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Biểu 1"]
    printed = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("(")
    ]
    assert printed[0] == "(1)"
    assert "(6) = (3) - (5)" in printed
    assert "(7) = (6) / (3) x 100" in printed


def calculated(path: Path, folder: Path) -> openpyxl.Workbook:
    """The workbook after LibreOffice has worked out every formula anew."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is missing: formulas cannot be worked out anew")
    folder.mkdir()
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return openpyxl.load_workbook(folder / path.name, data_only=True)


def test_live_formulas_give_the_values_written_beside_them(tmp_path: Path) -> None:
    plan = plan_of(villages())
    plan.write(tmp_path / "plan.xlsx")
    written = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    anew = calculated(tmp_path / "plan.xlsx", tmp_path / "anew")
    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = anew[sheet.title][cell.coordinate].value
                    assert value == pytest.approx(written[sheet.title][cell.coordinate].value)
                    checked += 1
    assert checked >= 2 * len(plan.groups) + len(plan.posed.problem.ids)


def test_the_total_row_adds_up_to_the_plan(tmp_path: Path) -> None:
    plan = plan_of(villages())
    plan.write(tmp_path / "plan.xlsx", language="en")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)["Table 1"]
    rows = list(sheet.iter_rows(values_only=True))
    total = next(row for row in rows if row[1] == "Total")
    parents = [row for row in rows if row[1] in {"Đắk Lao", "Đức Minh"}]
    assert [sum(row[k] for row in parents) for k in (2, 3, 4, 5, 7, 8)] == [
        total[k] for k in (2, 3, 4, 5, 7, 8)
    ]
    assert total[2:6] == (6, 4, len(plan.groups), 6 - len(plan.groups))
    assert total[8] == plan.renamed_residents


@pytest.mark.parametrize("suffix", [".xlsx", ".html", ".csv"])
def test_the_same_plan_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        plan_of(villages()).write(tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def page(tmp_path: Path, **columns: object) -> str:
    plan_of(villages(**columns)).write(tmp_path / "plan.html")
    return (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_the_page_names_no_outside_address_and_forbids_them(tmp_path: Path) -> None:
    text = page(tmp_path)
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.[\w/.-]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in text
    assert text.startswith('<!doctype html>\n<html lang="vi">')


def test_a_name_cannot_break_out_of_the_page(tmp_path: Path) -> None:
    nasty = ["</script><script>alert(1)</script>", "<b>", "&amp;", '"', "'", "$data"]
    text = page(tmp_path, name=nasty)
    assert "alert(1)</script>" not in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert [unit["n"] for unit in data["units"]] == nasty


def test_the_page_draws_every_unit_before_and_after(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert len(re.findall(r'<path data-u="\d" class="(?:meets|may|must)"', text)) == 12
    assert 'class="group"' in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    used = {*re.findall(r'data-word="(\w+)"', text), *re.findall(r'word\("(\w+)"\)', text)}
    assert used <= data["words"].keys()


def test_the_page_runs_in_a_browser(tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("Chromium is missing: the page cannot be opened")
    page(tmp_path)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = [
        browser,
        *options,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=3000",
        "--dump-dom",
    ]
    shown = subprocess.run(
        [*command, (tmp_path / "plan.html").as_uri()], check=True, capture_output=True, text=True, timeout=600
    ).stdout
    assert "Phương án sắp xếp đơn vị</h1>" in shown
    assert "Số đơn vị trước sắp xếp" in shown
    assert shown.count('<tr tabindex="0">') >= 1


def test_every_word_is_there_in_both_languages() -> None:
    assert all(len(pair) == len(LANGUAGES) and all(pair) for pair in WORDS.values())
