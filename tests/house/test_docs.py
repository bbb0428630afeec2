"""Every document can be found from docs/index.md."""

from __future__ import annotations

from files import ROOT


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    documents = [path.relative_to(ROOT / "docs").as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))]
    assert [name for name in documents if name != "index.md" and f"({name})" not in index] == []
