"""`tinhgon convert` on a small register of its own."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engine.building import act, day, opened

from tinhgon.cli import main
from tinhgon.registry import events
from tinhgon.registry.folder import write_folder
from tinhgon.registry.journal import Journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    told = [
        opened("p", "province", title="Tỉnh Đắk Nông"),
        opened("x", "commune", "d", title="Xã Nâm Nung"),
        opened("a", "village", "x", title="Thôn 3", code="0003"),
        opened("b", "village", "x", title="Thôn 4"),
        act(
            "merge",
            ["a", "b"],
            [events.Output("c", "village", "Thôn Tân Tiến", code="0007", parents={"administrative": "x"})],
            day("2019-12-01"),
        ),
    ]
    told.insert(1, opened("d", "district", "p", title="Huyện Krông Nô"))
    journal = Journal(()).append(told, recorded_at=moment(), by="test")
    write_folder(tmp_path / "register", journal, {})
    return tmp_path / "register"


def moment() -> dt.datetime:

    return dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["convert", *map(str, arguments)])


def test_an_address_is_converted(folder: Path) -> None:
    result = run(folder, "nha so 5, thon 4 xa nam nung", "--to", "2020-01-01", "--format", "json")
    [row] = json.loads(result.output)
    assert result.exit_code == 0
    assert (row["status"], row["target"], row["code"]) == ("one", "c", "0007")
    assert row["text"] == "nha so 5, Thôn Tân Tiến, Xã Nâm Nung, Huyện Krông Nô, Tỉnh Đắk Nông"


def test_what_has_no_single_answer_is_said(folder: Path) -> None:
    result = run(folder, "thôn 9, xã không có", "--to", "2020-01-01")
    assert (result.exit_code, "không rõ" in result.output) == (1, True)


def test_a_file_is_converted_row_by_row(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text("id,nơi ở\n1,Thôn 3 xã Nâm Nung\n2,Thôn 4 xã Nâm Nung\n", encoding="utf-8")
    result = run(folder, "--file", file, "--column", "nơi ở", "--to", "2020-01-01", "--format", "csv")
    rows = list(csv.DictReader(result.output.splitlines()))
    assert [row["code"] for row in rows] == ["0007", "0007"]


def test_a_missing_column_is_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text("id,place\n", encoding="utf-8")
    result = run(folder, "--file", file, "--to", "2020-01-01")
    assert (result.exit_code, "'address'" in result.output) == (2, True)
