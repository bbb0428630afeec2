"""CHANGELOG.md states the dates and the document of every rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = sorted((Path(__file__).parents[3] / "src/tinhgon/rules/vn").glob("*.yaml"))


def said(period: dict[str, Any]) -> str:
    days = f"{period['from']} to {period['until']}" if "until" in period else f"from {period['from']}"
    return f"{days} ({period['document']})"


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_a_rule_s_dates_are_in_the_changelog(rule: Path, root: Path) -> None:
    lines = (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    rows = " ".join(line for line in lines if f"| `{rule.stem}` |" in line)
    periods = yaml.safe_load(rule.read_text(encoding="utf-8"))["periods"]
    assert [said(period) for period in periods if said(period) not in rows] == []
