"""Every case of `cases/*.yaml`, which a jurist can read and add to, holds for the rulebook as it ships."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tinhgon import rules

CASES = Path(__file__).parent / "cases"
RULEBOOK = rules.Rulebook.load()


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in file["cases"]:
            yield pytest.param(
                case.get("criterion", file.get("criterion")), case, id=f"{path.stem}: {case['name']}"
            )


@pytest.mark.parametrize(("criterion", "case"), list(_cases()))
def test_the_law_says_so(criterion: str, case: dict[str, Any]) -> None:
    answer = getattr(rules, criterion)(on=case["date"], rulebook=RULEBOOK, **case["facts"])
    got = {key: getattr(answer, key) for key in case["expected"]}
    assert got == {key: _exact(value) for key, value in case["expected"].items()}
    if "citation" in case:
        assert case["citation"] in {citation.document for citation in answer.citations}
    assert case.get("reason", "") in answer.reason_vi


def _exact(value: Any) -> Any:
    if isinstance(value, str) and value.replace("/", "", 1).isdigit():
        return Fraction(value)
    return Fraction(str(value)) if isinstance(value, float) else value


def test_a_case_names_its_document_unless_it_is_a_gap_of_the_law() -> None:
    unfounded = [
        case["name"]
        for _, case in (param.values for param in _cases())
        if "citation" not in case and None not in case["expected"].values()
    ]
    assert unfounded == []
