"""Every indicator of the catalogue is defined in docs/figures.md."""

from __future__ import annotations

from pathlib import Path

from tinhgon.figures import CATALOGUE, KIND_NAMES


def test_every_indicator_and_kind_is_told(root: Path) -> None:
    text = (root / "docs/figures.md").read_text(encoding="utf-8")
    told = [code for code in CATALOGUE if f"`{code}`" in text or code.startswith("model_")]
    assert told == list(CATALOGUE)
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    for code, indicator in CATALOGUE.items():
        if not code.startswith("model_"):
            assert any(line.startswith(f"| `{code}` | {indicator.kind} |") for line in rows), code
    assert all(f"`{kind}`" in text for kind in KIND_NAMES)
