"""What axe-core finds wrong with a page for people who do not see or point."""

from __future__ import annotations

from typing import Any

from conftest import ROOT
from playwright.sync_api import Page

_AXE = (ROOT / "tests/e2e/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")


def serious(page: Page) -> list[str]:
    """What axe holds to be serious or critical, with where."""
    page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
