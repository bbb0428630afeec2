"""What the interface says when it cannot answer: a code for programs, a sentence in each language for people."""

from __future__ import annotations

from typing import Any

from tinhgon.refusal import Refusal


class UnableToAnswer(Refusal):
    """A request that cannot be answered, with its status."""

    def __init__(self, code: str, vi: str, en: str, status: int = 400) -> None:
        super().__init__(vi, en)
        self.code, self.status = code, status


def told(code: str, vi: str, en: str, **more: Any) -> dict[str, Any]:
    """The body of a refusal."""
    return {"error": {"code": code, "vi": vi, "en": en, **more}}
