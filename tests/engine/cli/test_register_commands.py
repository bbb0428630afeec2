"""The commands over a register folder, as officers and scripts call them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from tests.engine.building import CITED, act, day, measured, opened, posts, province

from tinhgon.cli import main
from tinhgon.registry import events
from tinhgon.registry.documents import Document, write_documents
from tinhgon.registry.folder import open_folder, write_folder
from tinhgon.registry.journal import Journal

RECORDED = dt.datetime(2019, 10, 1, tzinfo=dt.UTC)
LATE = dt.datetime(2019, 11, 1, tzinfo=dt.UTC)
MERGED = day("2019-09-15")
WINDOW = ("--from", "8/3/2018", "--to", "2019-10-09")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small villages and a division; the act that merges the villages was recorded a month late."""
    early = [
        *province(),
        opened("v1", "village", "commune", code="t1"),
        measured("v1", households=99),
        opened("v2", "village", "commune"),
        measured("v2", households=150),
        posts("v2", "part_time", "p1", "p2"),
        events.ClaimMade(
            effective_on=day("2019-10-09"),
            citation=CITED,
            indicator="village_part_time",
            value=-3,
            start=day("2018-03-08"),
            end=day("2019-10-09"),
        ),
    ]
    journal = Journal().append(early, recorded_at=RECORDED, by="u-1")
    journal = journal.append([act("absorb", ["v1", "v2"], ["v1"], MERGED)], recorded_at=LATE, by="u-1")
    document = Document("qd-1", "12/QĐ-UBND", "decision", "UBND tỉnh", "=1+1", synthetic=True)
    write_folder(tmp_path / "register", journal, {"qd-1": document})
    return tmp_path / "register"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def json_of(*words: object) -> object:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_figures_as_json_have_the_agreed_keys(folder: Path) -> None:
    [found] = json_of("figures", folder, *WINDOW, "--code", "village_part_time")
    assert list(found) == ["code", "name", "kind", "value", "unit", "approximate", "from", "to", "trace"]
    assert (found["value"], found["kind"], found["from"], found["to"]) == (
        -2,
        "result",
        "2018-03-08",
        "2019-10-09",
    )
    assert found["trace"] == [
        {"seq": 11, "event": "reorganised", "effective_on": "2019-09-15", "document": "12/QĐ-UBND, Điều 1"}
    ]


def test_figures_as_known_earlier_do_not_see_what_was_recorded_later(folder: Path) -> None:
    [then] = json_of("figures", folder, *WINDOW, "--code", "village_part_time", "--known-at", "2019-10-09")
    assert (then["value"], then["trace"]) == (0, [])


def test_figures_speak_vietnamese_and_english(folder: Path) -> None:
    assert "Phòng, ban, chi cục" in run("figures", folder, *WINDOW).output
    assert "Provincial divisions" in run("figures", folder, *WINDOW, "--lang", "en").output
    assert "12/QĐ-UBND, Điều 1" in run("figures", folder, *WINDOW, "--trace").output


def test_tables_of_a_register_with_invented_documents_say_so(folder: Path) -> None:
    for command in (
        ("figures", folder, *WINDOW),
        ("units", folder, "--on", "2019-09-14"),
        ("lineage", folder, "v2"),
    ):
        assert run(*command).output.startswith("Dữ liệu minh họa")
        assert run(*command, "--lang", "en").output.startswith("Synthetic data")


def test_figures_as_csv_and_their_traces_as_csv(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("figures", folder, *WINDOW, "--format", "csv").output)))
    assert {row["code"]: row["value"] for row in rows}["village_part_time"] == "-2"
    traced = run("figures", folder, *WINDOW, "--format", "csv", "--trace").output
    assert "village_part_time,11,reorganised,2019-09-15" in traced


def test_claims_that_differ_are_listed_and_said_by_the_exit_code(folder: Path) -> None:
    result = run("claims", folder, "--format", "json")
    [claim] = json.loads(result.output)
    assert (claim["reported"], claim["value"], claim["difference"], result.exit_code) == (-3, -2, -1, 1)


def test_units_on_a_day_under_a_place_named_by_id_or_code(folder: Path) -> None:
    before = json_of("units", folder, "--on", "2019-09-14", "--kind", "village", "--under", "24611")
    after = json_of("units", folder, "--on", "2019-09-15", "--kind", "village", "--under", "commune")
    assert [unit["id"] for unit in before] == ["v1", "v2"]
    assert [unit["id"] for unit in after] == ["v1"]


def test_standards_say_band_obligation_and_citation(folder: Path) -> None:
    small, larger = json_of("standards", folder, "--on", "2019-09-14")
    assert (small["value"], small["standard"], small["ratio"]) == (99, 200, 49.5)
    assert (small["band"], small["obligation"], larger["obligation"]) == ("must", "mandatory", "encouraged")
    assert "14/2018/TT-BNV" in small["citation"]
    assert small["verified"] is True
    assert run("standards", folder, "--on", "2019-09-14", "--kind", "commune").exit_code == 0


def test_lineage_by_id_and_by_code(folder: Path) -> None:
    found = json_of("lineage", folder, "t1")
    assert [(flow["direction"], flow["source"], flow["target"]) for flow in found["flows"]] == [
        ("from", "v2", "v1")
    ]
    assert json_of("lineage", folder, "v2")["flows"][0]["document"] == "12/QĐ-UBND, Điều 1"


def test_a_code_nobody_held_is_refused_with_the_code(folder: Path) -> None:
    result = run("lineage", folder, "99999")
    assert (result.exit_code, "99999" in result.output) == (2, True)


def test_crosswalk_of_what_changed(folder: Path) -> None:
    rows = json_of(
        "crosswalk", folder, "--from", "2018-01-01", "--to", "2020-01-01", "--kind", "village", "--changed"
    )
    assert [(row["source"], row["target"], row["share"]) for row in rows] == [("v2", "v1", 1.0)]


def test_verify_is_silent_about_a_sound_register_and_loud_about_a_broken_one(folder: Path) -> None:
    assert run("verify", folder).exit_code == 0
    file = folder / "journal.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines[:5], lines[5].replace("99", "98"), *lines[6:]]), encoding="utf-8")
    broken = run("verify", folder)
    assert broken.exit_code == 2
    assert "journal.jsonl, dòng 6: đứt chuỗi" in broken.output
    assert "journal.jsonl, line 6: broken chain" in run("verify", folder, "--lang", "en").output


def test_verify_names_the_line_that_cites_nothing_known(folder: Path) -> None:
    (folder / "documents.yaml").write_text("[]\n", encoding="utf-8")
    result = run("verify", folder, "--format", "json")
    problems = json.loads(result.output)["problems"]
    assert (result.exit_code, problems[0]["line"], problems[0]["rule"]) == (1, 1, "unknown-document")


def test_verify_asks_of_a_corrected_act_what_it_should_have_said(folder: Path) -> None:
    signed = Document("qd-1", "12/QĐ-UBND", "decision", "UBND tỉnh", "Sáp nhập", signed_on=MERGED)
    write_documents(folder / "documents.yaml", {"qd-1": signed})
    wrong = act("dissolve", ["border"], [], day("2019-09-20"), signed_on=day("2019-09-01"))
    right = attrs.evolve(wrong, signed_on=MERGED)
    register = open_folder(folder).append([wrong], recorded_at=LATE, by="u-1")
    result = run("verify", folder, "--format", "json")
    assert [problem["rule"] for problem in json.loads(result.output)["problems"]] == ["signed-otherwise"]
    correction = events.Corrected(
        effective_on=MERGED,
        citation=CITED,
        target=len(register.journal),
        replacement=right,
        reason="typing error",
    )
    register.append([correction], recorded_at=LATE, by="u-1")
    assert run("verify", folder).exit_code == 0


def test_days_are_read_day_first_and_bad_ones_refused(folder: Path) -> None:
    result = run("units", folder, "--on", "31/02/2019")
    assert result.exit_code == 2
    assert "31/02/2019" in result.output


def test_a_folder_without_a_journal_is_no_register(tmp_path: Path) -> None:
    result = run("verify", tmp_path)
    assert (result.exit_code, "journal.jsonl" in result.output) == (2, True)


def test_help_loads_no_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(command in result.output for command in ("figures", "plan-check", "template"))
