"""What leaves the site as a file: cells that no spreadsheet takes for a formula."""

from __future__ import annotations

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A cell as text: one that could be taken for a formula gets an apostrophe before it; numbers stay."""
    is_number = cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in _FORMULAS and not is_number else cell
