"""The documents the story cites: real ones as they are, synthetic ones numbered by date as an office would."""

from __future__ import annotations

import datetime as dt
import random

import attrs

from tinhgon.registry.documents import Document

from . import parameters

SYNTHETIC = "[Giả lập]"
_TERM_BEGAN = dt.date(2015, 10, 15)
"""Party documents are numbered through a committee's term, State documents from each new year."""


@attrs.frozen
class Series:
    """How a kind of document is numbered: its symbol, and how many an office signs in a day."""

    type: str
    symbol: str
    daily: float
    of_the_party: bool = False


_SERIES = {
    "QĐ": Series("Quyết định", "/QĐ-UBND", 4.5),
    "QĐ/TU": Series("Quyết định", "-QĐ/TU", 0.9, of_the_party=True),
    "NQ": Series("Nghị quyết", "/NQ-HĐND", 0.15),
    "ĐA": Series("Đề án", "/ĐA-UBND", 0.03),
    "BC": Series("Báo cáo", "/BC-UBND", 1.1),
    "BC/SNV": Series("Báo cáo", "/BC-SNV", 0.8),
    "BC/SNN": Series("Báo cáo", "/BC-SNN", 0.9),
    "BC/STC": Series("Báo cáo", "/BC-STC", 0.7),
    "BC/CTK": Series("Báo cáo", "/BC-CTK", 1.2),
    "BC/TU": Series("Báo cáo", "-BC/TU", 0.25, of_the_party=True),
}
_COMMUNES_DAILY = 0.4
_COMMUNES = ("Ủy ban nhân dân xã", "Ủy ban nhân dân phường", "Ủy ban nhân dân thị trấn")


class Papers:
    """Collects documents; their numbers are given at the end, when all dates are known."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._series: dict[str, str] = {}

    def list_real(self, document: Document) -> None:
        """Put a real document on the list, under its own number."""
        self._documents[document.id] = document

    def decide(self, series: str, issuer: str, title: str, signed_on: dt.date, carries_out: str) -> str:
        """A synthetic document of a series (a key of the table above); returns its id."""
        id_ = f"doc-{len(self._series) + 1:04d}"
        self._series[id_] = series
        self._documents[id_] = Document(
            id=id_,
            number="",
            type=_SERIES[series].type,
            issuer=issuer,
            title=f"{SYNTHETIC} {title}",
            signed_on=signed_on,
            carries_out=(carries_out,),
            synthetic=True,
        )
        return id_

    def numbered(self) -> dict[str, Document]:
        """All documents, real ones first, then by date of signature, with their numbers."""
        dated = sorted(self._series, key=lambda id_: (self._documents[id_].signed_on, id_))
        reached: dict[tuple[str, str, int], int] = {}
        numbered = {id_: one for id_, one in self._documents.items() if not one.synthetic}
        for id_ in dated:
            numbered[id_] = self._number(id_, reached)
        return numbered

    def _number(self, id_: str, reached: dict[tuple[str, str, int], int]) -> Document:
        document, series = self._documents[id_], _SERIES[self._series[id_]]
        signed_on = document.signed_on
        if signed_on is None:
            raise ValueError(f"{id_} has no day of signature, so it cannot be numbered")
        began = _TERM_BEGAN if series.of_the_party else dt.date(signed_on.year, 1, 1)
        key = (self._series[id_], document.issuer, began.year)
        daily = min(series.daily, _COMMUNES_DAILY) if document.issuer.startswith(_COMMUNES) else series.daily
        chance = random.Random(f"{parameters.SEED}/number/{id_}").randint(0, 3)
        number = max(reached.get(key, 0) + 1, round((signed_on - began).days * daily) + chance)
        reached[key] = number
        return attrs.evolve(document, number=f"{number:02d}{series.symbol}")
