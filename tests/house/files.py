"""The files of the checkout, as the house rules see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "bench", "bin", "demo", "docs", "requirements", "src", "tests")
NOT_OURS = {"__pycache__", "vendor", "node_modules"}


def files(*tops: str) -> Iterator[Path]:
    """Every file under the given top folders, in order; without caches and vendored files."""
    for top in tops:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and not NOT_OURS.intersection(path.parts):
                yield path


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every text file of the project, the ones at the top included."""
    at_the_top = (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".git")
    for path in [*at_the_top, *files(*FOLDERS)]:
        try:
            yield name(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules(*tops: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Name, text and tree of every Python module under the folders, Django's migrations left out."""
    for path in files(*tops):
        if path.suffix == ".py" and "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            yield name(path), text, ast.parse(text)


def name(path: Path) -> str:
    """The path from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()
