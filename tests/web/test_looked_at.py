"""Every page of the site is looked at in Chromium, and axe goes over it; or it is said why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pages
import pytest
from django.urls import resolve

sys.path.append(str(Path(__file__).parents[1] / "e2e"))

import looked_at  # it lies beside the tests that look

_SHOWN = {name for name, page in pages.GETS.items() if page.answer == "page" and not page.fragment}
"""The views that answer with a whole page."""


def test_no_page_is_left_out() -> None:
    missing = sorted(_SHOWN - set(looked_at.SAID))
    assert missing == [], (
        "list them in tests/e2e/looks/NAMESPACE.yaml, or say there why they are not looked at"
    )
    assert sorted(set(looked_at.SAID) - set(pages.GETS)) == [], "these are no longer there"


@pytest.mark.parametrize("name", looked_at.LOOKS)
def test_what_is_looked_at_is_that_page(name: str) -> None:
    look = looked_at.LOOKS[name]
    assert resolve(look.address.partition("?")[0]).view_name == look.view
