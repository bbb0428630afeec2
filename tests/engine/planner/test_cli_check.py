"""`tinhgon plan-check`: a true plan passes, and whatever is bent in it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from click.testing import CliRunner, Result
from desk import villages

from tinhgon.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def planned(folder: Path, *asked: object, form: str = "law", plan: str = "plan.geojson") -> list[Path]:
    """Units, plan and certificate as files."""
    units, out, certificate = folder / "units.geojson", folder / plan, folder / "certificate.json"
    villages().to_file(units)
    args = asked or ("--standard", "households>=200")
    made = run(
        "plan",
        units,
        "--within",
        "commune",
        *args,
        "--form",
        form,
        "--output",
        out,
        "--certificate",
        certificate,
    )
    assert made.exit_code == 0, made.output
    return [units, out, certificate]


def checked(files: list[Path]) -> tuple[int, dict[str, Any]]:
    result = run("plan-check", *files, "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("form", ["law", "max-p", "target=4"])
@pytest.mark.parametrize("plan", ["plan.geojson", "plan.csv", "plan.parquet"])
def test_a_true_plan_is_verified_the_best(tmp_path: Path, form: str, plan: str) -> None:
    code, found = checked(planned(tmp_path, form=form, plan=plan))
    assert (code, found["verdict"], found["faults"], found["open"]) == (0, "proven", [], [])
    assert found["units"] == 6


def test_of_two_objectives_only_the_proven_one_is_verified(tmp_path: Path) -> None:
    code, found = checked(planned(tmp_path, form="max-p+renamed"))
    assert (code, found["verdict"], found["faults"]) == (3, "lawful", [])
    assert any("renamed" in line for line in found["open"])


def test_a_dissolved_plan_is_read_by_its_members(tmp_path: Path) -> None:
    files = planned(tmp_path, "--standard", "households>=200", "--dissolve")
    assert checked(files)[0] == 0


def test_pairs_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "force.csv").write_text("a,b\nv2,v4\n", encoding="utf-8")
    files = planned(tmp_path, "--standard", "households>=200", "--force", tmp_path / "force.csv")
    assert checked(files)[0] == 0
    move(files[1], "v4", "v4")
    code, found = checked(files)
    assert code == 1
    assert any("forced" in fault for fault in found["faults"])


def move(path: Path, unit: str, group: str) -> None:
    """Put one unit of a written plan into another group."""
    table = gpd.read_file(path)
    table.loc[table["unit"] == unit, "group"] = group
    table.to_file(path, driver="GeoJSON")


def test_a_group_that_does_not_hang_together_is_found(tmp_path: Path) -> None:
    files = planned(tmp_path)
    move(files[1], "v1", "v6")
    code, found = checked(files)
    assert code == 1
    assert any("not connected" in fault for fault in found["faults"])


def test_a_worse_plan_is_not_called_the_best(tmp_path: Path) -> None:
    files = planned(tmp_path)
    table = gpd.read_file(files[1])
    table["group"] = ["v2", "v2", "v2", "v2", "v6", "v6"]
    table.to_file(files[1], driver="GeoJSON")
    code, found = checked(files)
    assert code in {1, 3}
    assert found["verdict"] != "proven"


def change_question(certificate: dict[str, Any]) -> None:
    certificate["question"]["units"]["v3"]["values"][0] = 500


def change_parent(certificate: dict[str, Any]) -> None:
    certificate["question"]["units"]["v3"]["parent"] = "Đức Minh"


def change_claim(certificate: dict[str, Any]) -> None:
    certificate["answer"]["objectives"]["violations"] = 3


def change_residents(certificate: dict[str, Any]) -> None:
    certificate["question"]["units"]["v3"]["residents"] += 1


def leave_a_border_out(certificate: dict[str, Any]) -> None:
    certificate["question"]["edges"].pop()


def make_a_border_up(certificate: dict[str, Any]) -> None:
    certificate["question"]["edges"].append(["v1", "v6"])


BENDS = [
    change_question,
    change_parent,
    change_claim,
    change_residents,
    leave_a_border_out,
    make_a_border_up,
]


@pytest.mark.parametrize("bend", BENDS)
def test_a_certificate_that_differs_from_the_units_or_the_plan_is_found(
    tmp_path: Path, bend: Callable[[dict[str, Any]], None]
) -> None:
    files = planned(tmp_path)
    rewrite(files[2], bend)
    code, found = checked(files)
    assert code == 1
    assert found["faults"]


def test_neighbours_from_a_list_are_held_against_the_list(tmp_path: Path) -> None:
    edges = tmp_path / "edges.csv"
    edges.write_text("a,b\nv1,v2\nv2,v3\nv2,v4\nv3,v4\nv5,v6\n", encoding="utf-8")
    files = planned(tmp_path, "--standard", "households>=200", "--edges", edges)
    assert checked(files)[1]["borders"] is False
    assert checked([*files, Path("--edges"), edges])[0] == 0
    edges.write_text("a,b\nv1,v2\nv2,v4\nv3,v4\nv5,v6\n", encoding="utf-8")
    code, found = checked([*files, Path("--edges"), edges])
    assert (code, found["borders"]) == (1, True)
    assert found["faults"] == ["v2, v3: neighbours only in the certificate"]


def rewrite(path: Path, bend: Callable[[dict[str, Any]], None]) -> None:
    certificate = json.loads(path.read_text(encoding="utf-8"))
    bend(certificate)
    path.write_text(json.dumps(certificate), encoding="utf-8")


def without_proof(certificate: dict[str, Any]) -> None:
    certificate["proof"]["components"] = []


def test_without_a_proof_the_plan_holds_but_is_not_called_the_best(tmp_path: Path) -> None:
    files = planned(tmp_path)
    rewrite(files[2], without_proof)
    code, found = checked(files)
    assert (code, found["verdict"], found["faults"]) == (3, "lawful", [])
    assert found["open"]


def another_form(certificate: dict[str, Any]) -> None:
    certificate["question"]["form"] = "max-p"


def another_target(certificate: dict[str, Any]) -> None:
    certificate["question"]["form"] = "target=5"


def better_claim(certificate: dict[str, Any]) -> None:
    certificate["answer"]["objectives"]["abolished"] -= 1


def better_bound(certificate: dict[str, Any]) -> None:
    certificate["answer"]["bound"] += 1


def less_standard(certificate: dict[str, Any]) -> None:
    certificate["question"]["bounds"] = [[1.0]]


def no_piece(certificate: dict[str, Any]) -> None:
    certificate["proof"]["components"].pop()


def no_number(certificate: dict[str, Any]) -> None:
    certificate["proof"]["components"][0]["prices"][0] = float("nan")


@pytest.mark.parametrize(
    "bend", [another_form, another_target, better_claim, better_bound, less_standard, no_piece, no_number]
)
def test_a_bent_certificate_never_passes(tmp_path: Path, bend: Callable[[dict[str, Any]], None]) -> None:
    files = planned(tmp_path)
    rewrite(files[2], bend)
    result = run("plan-check", *files, "--lang", "en")
    assert result.exit_code in {1, 2, 3}
    assert result.exception is None or isinstance(result.exception, SystemExit)


def places_in(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something is said in a certificate."""
    if isinstance(part, dict | list) and part:
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        return [path, *(found for key, value in inside for found in places_in(value, (*path, key)))]
    return [path]


@pytest.mark.parametrize("nonsense", [None, "x", -7, [], {"x": 1}])
def test_a_malformed_certificate_gets_a_message_and_no_traceback(tmp_path: Path, nonsense: Any) -> None:
    """Every place of the proof, and of the question, is overwritten with what does not belong there."""
    files = planned(tmp_path)
    whole = json.loads(files[2].read_text(encoding="utf-8"))
    paths = [
        path for path in places_in(whole) if path and path[0] in {"question", "answer", "proof", "columns"}
    ]
    for path in paths[:: max(1, len(paths) // 40)]:
        bent = json.loads(json.dumps(whole))
        holder = bent
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = nonsense
        files[2].write_text(json.dumps(bent), encoding="utf-8")
        result = run("plan-check", *files, "--lang", "en")
        assert result.exception is None or isinstance(result.exception, SystemExit), path
        assert result.exit_code in {0, 1, 2, 3}, path


def other_version(certificate: dict[str, Any]) -> None:
    certificate["version"] = "something else"


def less_units(certificate: dict[str, Any]) -> None:
    del certificate["question"]["units"]["v1"]


@pytest.mark.parametrize(
    ("bend", "said"), [(other_version, "its version is not"), (less_units, "ids differ")]
)
def test_what_is_no_certificate_of_these_units_is_refused(
    tmp_path: Path, bend: Callable[[dict[str, Any]], None], said: str
) -> None:
    files = planned(tmp_path)
    rewrite(files[2], bend)
    result = run("plan-check", *files, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr


def test_files_in_the_wrong_places_are_refused(tmp_path: Path) -> None:
    units, plan, certificate = planned(tmp_path)
    assert "its version is not" in run("plan-check", units, plan, units, "--lang", "en").stderr
    assert "is no plan" in run("plan-check", units, units, certificate, "--lang", "en").stderr
    assert run("plan-check", units, plan, plan).exit_code == 2


def test_a_register_is_read_again_on_the_day_of_the_plan(tmp_path: Path, root: Path) -> None:
    story = root / "demo" / "register"
    if not story.is_dir():
        pytest.skip("demo/register is missing")
    files = [tmp_path / "plan.csv", tmp_path / "certificate.json"]
    made = run(
        "plan",
        story,
        "--rule",
        "commune",
        "--on",
        "2019-10-09",
        "--output",
        files[0],
        "--certificate",
        files[1],
    )
    assert made.exit_code == 0, made.output
    assert checked([story, *files])[0] == 0
