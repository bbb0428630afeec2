"""`tinhgon plan` as officers and scripts call it: figures, files, exit codes, clear refusals."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from desk import villages

from tinhgon.cli import main
from tinhgon.planner import fanout

KEYS = {
    "form", "status", "parts", "bound", "proven_parents", "parents", "units", "abolished", "renamed_residents",
    "violations", "seconds", "seed",
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The small synthetic commune as a file."""
    path = tmp_path / "villages.geojson"
    villages().to_file(path)
    return path


def call(*args: object) -> Result:
    return CliRunner().invoke(main, ["plan", *map(str, args)])


def figures(*args: object) -> dict[str, Any]:
    result = call(*args, "--json")
    assert result.exit_code in {0, 3}, result.output
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


def test_json_has_the_figures_of_a_proven_plan(source: Path) -> None:
    found = figures(source, "--within", "commune", "--standard", "households>=200", "--seed", 4)
    assert found.keys() >= KEYS
    assert (found["form"], found["status"], found["seed"]) == ("law", "optimal", 4)
    assert found["parts"] + found["abolished"] == found["units"] == 6
    assert found["bound"] == found["abolished"]
    assert found["proven_parents"] == found["parents"] == 2


def test_the_answer_is_the_same_in_every_run_but_for_the_seconds(source: Path) -> None:
    asked = (source, "--within", "commune", "--standard", "households>=200", "--form", "max-p")
    runs = [figures(*asked, "--workers", workers) for workers in (1, 1, 2)]
    for run in runs:
        run.pop("seconds")
    assert runs[0] == runs[1] == runs[2]


def test_max_p_may_also_rename_as_few_residents_as_can_be(source: Path) -> None:
    asked = (source, "--within", "commune", "--standard", "households>=200", "--form")
    plain, kept = (figures(*asked, form) for form in ("max-p", "max-p+renamed"))
    assert (kept["form"], kept["status"], kept["parts"]) == ("max-p+renamed", "optimal", plain["parts"])
    assert kept["renamed_residents"] <= plain["renamed_residents"]


def test_several_files_are_written_at_once(source: Path, tmp_path: Path) -> None:
    names = ["plan.geojson", "plan.parquet", "plan.xlsx", "plan.html"]
    outputs = [word for name in names for word in ("--output", str(tmp_path / name))]
    result = call(source, "--within", "commune", "--standard", "households>=200", *outputs)
    assert result.exit_code == 0
    assert "tốt nhất, đã chứng minh" in result.stdout
    assert all((tmp_path / name).stat().st_size > 0 for name in names)
    assert len(gpd.read_file(tmp_path / "plan.geojson")) == 6


def test_pairs_and_units_left_alone_are_honoured(source: Path, tmp_path: Path) -> None:
    (tmp_path / "force.csv").write_text("a,b\nv1,v2\n", encoding="utf-8")
    (tmp_path / "forbid.json").write_text('[["v3", "v4"]]', encoding="utf-8")
    out = tmp_path / "plan.csv"
    found = figures(
        source, "--within", "commune", "--standard", "households>=200", "--output", out, "--alone", "v5",
        "--force", tmp_path / "force.csv", "--forbid", tmp_path / "forbid.json",
    )  # fmt: skip
    group = pd.read_csv(out).set_index("id")["group"]
    assert group["v1"] == group["v2"]
    assert group["v3"] != group["v4"]
    assert group["v5"] == "v5"
    assert found["violations"] == len(found["unlawful"]) >= 1
    assert any(one["unit"] == "v5" and one["reason"] == "alone" for one in found["unlawful"])


def test_edges_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("id,people\n01,60\n02,50\n03,70\n", encoding="utf-8")
    (tmp_path / "e.csv").write_text("a,b,shared_m\n01,02,900\n02,03,4\n", encoding="utf-8")
    asked = (
        tmp_path / "u.csv",
        "--edges",
        tmp_path / "e.csv",
        "--standard",
        "people>=100",
        "--form",
        "max-p",
    )
    assert figures(*asked)["parts"] == 1
    assert figures(*asked, "--min-border", 100)["adjacency"]["edges"] == 1


def test_the_law_of_a_day_is_asked_by_name(source: Path) -> None:
    law = ("--within", "commune", "--rule", "village", "--on", "9/10/2019", "--fact", "region=tay_nguyen")
    found = figures(source, *law)
    assert "14/2018/TT-BNV" in found["standard"]["source"]
    assert found["standard"]["bounds"] == [[200.0]]
    assert "region" in call(source, "--within", "commune", "--rule", "village", "--on", "2019-10-09").stderr


def test_a_register_at_a_date_is_a_table_of_its_villages(root: Path) -> None:
    story = root / "demo" / "register"
    if not story.is_dir():
        pytest.skip("demo/register is missing")
    found = figures(story, "--rule", "village", "--on", "2019-10-09")
    assert found["units"] > 700
    assert found["proven_parents"] == found["parents"]
    assert found["violations"] == 0
    assert "--on" in call(story, "--standard", "households>=200").stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--standard", "people>=1"], "no column 'people'"),
        (["--standard", "households=200"], "is not a standard"),
        (["--standard", "households>=200", "--form", "best"], "law, max-p, max-p+renamed or target=N"),
        (["--standard", "households>=200", "--within", "district"], "no column 'district'"),
        (["--standard", "households>=200", "--force", "none.csv"], "There is no file none.csv"),
        (["--standard", "households>=200", "--output", "plan.docx"], "plan.docx"),
        (["--standard", "households>=200", "--rule", "village"], "choose one"),
        (["--rule", "village"], "--on"),
        (["--fact", "region"], "NAME=VALUE"),
        ([], "nothing is bounded"),
    ],
)
def test_bad_input_is_one_clear_message_and_exit_code_2(source: Path, args: list[str], said: str) -> None:
    result = call(source, *args, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_refusals_speak_vietnamese_to_officers(source: Path) -> None:
    result = call(source, "--standard", "people>=1")
    assert result.exit_code == 2
    assert result.stderr.startswith("Lỗi: Không có cột số liệu 'people'")


def test_odd_rows_are_told_and_planned_around(tmp_path: Path) -> None:
    path = tmp_path / "odd.geojson"
    villages(households=[90, 150, None, 0, 60, 210]).to_file(path)
    found = figures(path, "--within", "commune", "--standard", "households>=200")
    assert found["defects"] == len(found["odd"]) == 2
    assert "dòng 3 (v3): thiếu số liệu cột households" in found["odd"]
    negative = tmp_path / "negative.geojson"
    villages(households=[90, 150, -3, 0, 60, 210]).to_file(negative)
    assert (
        "row 3 (v3): a negative value"
        in call(negative, "--standard", "households>=200", "--lang", "en").stderr
    )


def test_ctrl_c_gives_the_best_so_far_marked_and_exit_code_3(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = fanout._ParentsDone.count

    def interrupted(self: Any, piece: Any) -> None:
        tell(self, piece)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(fanout, "TOGETHER_UNITS", 1)
    monkeypatch.setattr(fanout._ParentsDone, "count", interrupted)
    result = call(source, "--within", "commune", "--standard", "households>=200", "--workers", 1, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 3
    assert (found["status"], found["interrupted"], found["proven_parents"]) == ("feasible", True, 1)
    assert found["units"] == 6
