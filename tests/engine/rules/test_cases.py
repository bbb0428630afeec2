"""Every case of `cases/*.yaml`, which a jurist can read and add to, holds for the rulebook as it ships."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tinhgon import rules

CASES = Path(__file__).parent / "cases"
RULEBOOK = rules.Rulebook.load()


def cases() -> list[Any]:
    files = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))}
    return [
        pytest.param({"criterion": file["criterion"], **case}, id=f"{path.stem}: {case['name']}")
        for path, file in files.items()
        for case in file["cases"]
    ]


def exact(value: Any) -> Any:
    """A number as the criteria give it: "99/200" is a ratio, 5.5 is exactly 11/2."""
    if isinstance(value, str) and value.replace("/", "", 1).isdigit():
        return Fraction(value)
    return Fraction(str(value)) if isinstance(value, float) else value


@pytest.mark.parametrize("case", cases())
def test_the_law_says_so(case: dict[str, Any]) -> None:
    answer = getattr(rules, case["criterion"])(on=case["date"], rulebook=RULEBOOK, **case["facts"])
    got = {key: getattr(answer, key) for key in case["expected"]}
    assert got == {key: exact(value) for key, value in case["expected"].items()}
    documents = {citation.document for citation in answer.citations}
    assert "citation" not in case or case["citation"] in documents
    assert "reason" not in case or case["reason"] in answer.reason_vi


def test_a_case_names_its_document_unless_it_is_a_gap_of_the_law() -> None:
    def is_gap(case: dict[str, Any]) -> bool:
        return None in case["expected"].values() or case["expected"].get("status") == "none"

    unfounded = [
        case["name"]
        for case in (param.values[0] for param in cases())
        if "citation" not in case and not is_gap(case)
    ]
    assert unfounded == []
