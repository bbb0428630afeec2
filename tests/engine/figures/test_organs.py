"""Organs against the law of 2021: the least staff, deputies of one, and deputies over a group."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
from click.testing import CliRunner
from tests.engine.building import BASE, CITED, act, day, held, opened, posts, province, register_of

from tinhgon.cli import main
from tinhgon.figures import organ_findings
from tinhgon.registry import events
from tinhgon.registry.documents import Document
from tinhgon.registry.folder import write_folder
from tinhgon.registry.journal import Journal
from tinhgon.rules import Rulebook

RULEBOOK, ON = Rulebook.load(), day("2021-06-01")


def staff(unit: str, assigned: int, category: str = "civil_servant") -> events.HeadcountRecorded:
    return events.HeadcountRecorded(
        effective_on=BASE, citation=CITED, unit=unit, category=category, assigned=assigned
    )


def apparatus(first_division: int = 5, deputies: int = 1) -> list[events.Event]:
    """A class II province with two departments: six deputies is what the average of three allows them."""
    return [
        attrs.evolve(province()[0], attributes={"class": "II"}),
        opened("district", "district", "province"),
        opened("d1", "department", "province"),
        opened("d2", "department", "province"),
        posts("d1", "deputy", "d1-a", "d1-b", "d1-c", "d1-d"),
        posts("d2", "deputy", "d2-a", "d2-b"),
        opened("division", "division", "d1"),
        staff("division", first_division),
        posts("division", "deputy", *(f"dep-{number}" for number in range(deputies))),
        opened("office", "district_office", "district"),
        opened("team", "division", "office"),
        opened("school", "public_service_unit", "district", attributes={"basic_service": "yes"}),
        opened("centre", "public_service_unit", "d1", attributes={"autonomy": "2"}),
        staff("centre", 14, "public_employee"),
    ]


def found(on: dt.date = ON, **sizes: int) -> dict[tuple[str, str], tuple[object, object, object, str]]:
    register = register_of(apparatus(**sizes))
    return {
        (item.unit.id, item.finding.measure): (
            item.finding.value,
            item.finding.standard,
            item.finding.band,
            item.finding.obligation,
        )
        for item in organ_findings(register, RULEBOOK, on)
    }


def test_staff_is_held_against_the_least_number_of_the_kind_and_class() -> None:
    assert found()["division", "staff"] == (5, 5, "meets", "none")
    assert found(first_division=4)["division", "staff"] == (4, 5, "must", "none")
    assert found()["centre", "staff"] == (14, 15, "must", "none")
    assert found()["school", "staff"][2] == "meets"
    assert ("team", "staff") not in found()


def test_deputies_are_held_against_the_most_for_the_staff() -> None:
    assert found()["division", "deputies"] == (1, 1, "meets", "none")
    assert found(deputies=2)["division", "deputies"] == (2, 1, "must", "mandatory")


def test_deputies_of_departments_are_limited_together() -> None:
    """Four in one department are lawful where the other has two."""
    assert found()["province", "sum over the group"] == (6, 6, "meets", "none")
    more = register_of(apparatus(), posts("d2", "deputy", "d2-c"))
    [group] = [item for item in organ_findings(more, RULEBOOK, ON) if item.unit.id == "province"]
    assert (group.finding.value, group.finding.obligation) == (7, "mandatory")


def test_before_the_law_there_is_no_standard() -> None:
    assert found(day("2019-10-09"))["division", "staff"][1:3] == (None, None)


def test_the_commands_show_organs_and_models(tmp_path: Path) -> None:
    story = [
        *apparatus(deputies=2),
        opened("commune", "commune", "district"),
        opened("party", "party_committee", "commune"),
        opened("people", "committee", "commune"),
        posts("party", "secretary", "sec"),
        posts("people", "chair", "chair"),
        held("sec", "an"),
        held("chair", "an"),
        act("rename", ["commune"], [events.Output("commune", title="Xã Mới")], day("2018-01-01")),
    ]
    journal = Journal().append(story, recorded_at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC), by="t")
    document = Document("qd-1", "1/QĐ-UBND", "Quyết định", "UBND tỉnh", "Thử nghiệm", synthetic=True)
    write_folder(tmp_path / "register", journal, {"qd-1": document})

    def rows(*words: str) -> list[dict[str, object]]:
        result = CliRunner().invoke(
            main, [words[0], str(tmp_path / "register"), *words[1:], "--format", "json"]
        )
        assert result.exit_code == 0, result.output
        return list(json.loads(result.output))

    organs = rows("standards", "--on", "2021-06-01", "--kind", "organ")
    over = [row for row in organs if row["obligation"] == "mandatory"]
    assert [(row["id"], row["measure"], row["value"], row["standard"]) for row in over] == [
        ("division", "deputies", 2, 1)
    ]
    by_code = {row["code"]: row for row in rows("models", "--on", "2019-10-09")}
    applied = by_code["secretary_committee_chair"]
    assert (applied["applied"], applied["places"], applied["percent"], applied["where"]) == (
        1,
        1,
        100.0,
        ["commune"],
    )
    assert applied["status"] == "pilot"
    assert by_code["cell_secretary_village_head"]["percent"] is None
    [ended] = [row for row in rows("models", "--on", "2025-08-01") if row["status"] == "ended"]
    assert (ended["code"], ended["verified"]) == ("propaganda_head_political_centre", False)
