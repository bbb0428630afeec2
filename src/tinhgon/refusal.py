"""What every refusal of the engine shares: it speaks both languages of its readers."""

from __future__ import annotations


class Refusal(Exception):
    """A refusal with its sentence in Vietnamese and English; `str()` gives the English one."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en

    def message(self, lang: str = "vi") -> str:
        """The refusal as a sentence in a language."""
        return self.vi if lang == "vi" else self.en
