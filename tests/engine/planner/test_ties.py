"""The tie-break a province chooses, from a table to the figures; that it is the best of all plans is in test_law."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import plan_of, villages

from tinhgon.cli import main
from tinhgon.planner.inputs.nearness import UnableToReadTieBreak
from tinhgon.planner.plan import Plan
from tinhgon.planner.solving import UnableToBreakTies

# Three villages in a row: the second is too small, and both its neighbours are large.
ROW = {"households": [210, 80, 240, 270, 260, 210], "commune": ["Đắk Lao"] * 3 + ["Khác"] * 3}
BESIDE = [("v1", "v2"), ("v2", "v3")]


def roads(folder: Path, km: tuple[float, float]) -> Path:
    path = folder / "near.csv"
    lines = [f"{a},{b},{far}" for (a, b), far in zip(BESIDE, km, strict=True)]
    path.write_text("\n".join(["a,b,road_km", *lines]) + "\n", encoding="utf-8")
    return path


def beside_the_second(plan: Plan) -> str:
    group = next(group for group in plan.groups if 1 in group.members)
    return "".join(plan.posed.problem.ids[unit] for unit in group.members if unit != 1)


@pytest.mark.parametrize(("km", "joined"), [((2.0, 5.0), "v1"), ((5.0, 2.0), "v3")])
def test_a_village_joins_the_seat_that_is_nearer_by_road(
    tmp_path: Path, km: tuple[float, float], joined: str
) -> None:
    plan = plan_of(villages(**ROW), edges=roads(tmp_path, km), tie_break="road")
    assert plan.status == "optimal"
    assert beside_the_second(plan) == joined
    assert plan.objectives["resident_road_km"] == 80 * 2.0


@pytest.mark.parametrize(
    ("people", "joined", "others"), [("MMK", "v1", 0), ("KMM", "v3", 0), ("MKM", "", 80)]
)
def test_a_village_joins_the_community_it_is_of(
    tmp_path: Path, people: str, joined: str, others: int
) -> None:
    frame = villages(**ROW, people=[*people, "M", "M", "M"])
    plan = plan_of(frame, edges=roads(tmp_path, (1, 1)), tie_break="same:people")
    assert joined in beside_the_second(plan)
    assert plan.objectives["residents_among_others"] == others


def test_by_air_the_middles_of_outlines_count() -> None:
    frame = villages(**ROW)
    frame.loc[2, "geometry"] = frame.geometry[2].union(frame.geometry[4])  # its middle moves away
    plan = plan_of(frame, edges=None, tie_break="distance")
    assert beside_the_second(plan) == "v1"
    assert plan.objectives["resident_km"] == pytest.approx(80 * 1.0)


def test_the_next_best_plan_is_the_same_but_for_the_tie_break(tmp_path: Path) -> None:
    plan = plan_of(villages(**ROW), edges=roads(tmp_path, (2, 5)), tie_break="road")
    after = plan.alternatives(1)[0]
    assert beside_the_second(after) == "v3"
    assert [d.name for d in plan.compare(after).objectives if d.more] == ["resident_road_km"]


def test_what_is_no_tie_break_or_has_no_data_is_refused(tmp_path: Path) -> None:
    near = roads(tmp_path, (1, 1))
    for text, said in (("road2", "same:COLUMN"), ("same:faith", "faith")):
        with pytest.raises(UnableToReadTieBreak, match=said):
            plan_of(villages(**ROW), edges=near, tie_break=text)
    with pytest.raises(UnableToReadTieBreak, match="road_km"):
        plan_of(villages(), tie_break="road")
    with pytest.raises(UnableToReadTieBreak, match="no geometry"):
        plan_of(villages().drop(columns="geometry"), edges=near, tie_break="distance")
    with pytest.raises(UnableToBreakTies):
        plan_of(villages(), form="max-p", tie_break="distance")


def test_the_figures_tell_it_and_the_check_says_what_is_not_in_the_certificate(tmp_path: Path) -> None:
    source, plan, proof = (tmp_path / name for name in ("villages.geojson", "plan.csv", "proof.json"))
    villages().to_file(source)
    asked = ["plan", str(source), "--standard", "households>=200", "--within", "commune", "--lang", "en"]
    files = ["--output", str(plan), "--certificate", str(proof), "--json"]
    run = CliRunner().invoke(main, [*asked, "--tie-break", "distance", *files])
    told = json.loads(run.stdout)
    assert list(told["objectives"])[3] == "resident_km"
    assert told["status"] == "optimal"
    checked = CliRunner().invoke(main, ["plan-check", str(source), str(plan), str(proof), "--json"])
    silent = "resident_km: the certificate proves the objectives before it only"
    assert json.loads(checked.stdout)["open"] == [silent]
