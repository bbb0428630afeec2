"""The notebook in docs is one that ran: every cell in order, without an error, with what it claims."""

from __future__ import annotations

import json
from pathlib import Path


def test_the_side_by_side_notebook_was_executed_whole(root: Path) -> None:
    notebook = json.loads((root / "docs" / "maxp_side_by_side.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert all(output["output_type"] != "error" for output in outputs)
    assert any("image/png" in output.get("data", {}) for output in outputs)
    shown = "".join(text for output in outputs for text in output.get("text", []))
    assert "optimal" in shown
    assert "same labels: True" in shown
