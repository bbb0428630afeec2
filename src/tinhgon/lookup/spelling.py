"""How people write places: tokens without marks, abbreviations written out, words of kind known.

Keys are folded, without spaces or punctuation and without leading zeros, so that "P.02", "phường 2" and "Phuong 02"
meet in `phuong2`.
"""

from __future__ import annotations

import re
import unicodedata

from tinhgon import text

KIND_WORDS: dict[str, frozenset[str]] = {
    "tinh": frozenset({"province"}),
    "thanhpho": frozenset({"province", "district"}),
    "huyen": frozenset({"district"}),
    "quan": frozenset({"district"}),
    "thixa": frozenset({"district"}),
    "xa": frozenset({"commune"}),
    "phuong": frozenset({"commune"}),
    "thitran": frozenset({"commune"}),
    "dackhu": frozenset({"commune"}),
    "thon": frozenset({"village"}),
    "bon": frozenset({"village"}),
    "buon": frozenset({"village"}),
    "ban": frozenset({"village"}),
    "lang": frozenset({"village"}),
    "ap": frozenset({"village"}),
    "khom": frozenset({"village"}),
    "khupho": frozenset({"village"}),
    "todanpho": frozenset({"village"}),
}
"""Word before a name -> the families of unit it announces."""
LONGEST_KIND = 3
"""Tokens of the longest word of kind (tổ dân phố)."""

_ABBREVIATIONS = (
    (r"\btp\s*\.?\s*hcm\b|\btphcm\b|\bhcmc\b", " thanh pho ho chi minh "),
    (r"\bt\.?\s*t\.?\s*hue\b", " thua thien hue "),
    (r"\btdp\b", " to dan pho "),
    (r"\bt\.?\s*p\b\.?", " thanh pho "),
    (r"\bt\.?\s*x\b\.?", " thi xa "),
    (r"\bt\.?\s*t\b\.?", " thi tran "),
    (r"\bkp\b\.?(?=\s*\d)", " khu pho "),
    (r"\bp\s*\.\s*|\bp\s*(?=\d)|\bp\s+(?=\D)", " phuong "),
    (r"\bq\s*\.\s*|\bq\s*(?=\d)|\bq\s+(?=\D)", " quan "),
    (r"\bh\s*\.\s*|\bh\s+(?=\D)", " huyen "),
    (r"\bx\s*\.\s*|\bx\s+(?=\D)", " xa "),
    (r"\bt\s*\.\s*(?=\D)", " tinh "),
)
_WRITTEN_OUT = tuple((re.compile(pattern), words) for pattern, words in _ABBREVIATIONS)
_SHORTENED = re.compile(r"\b(?:tp|tphcm|hcmc|tdp|tx|tt|kp|[tpqhx])\b|\b[pq]\d|\bt\.\s*[ptx]")
_TOKEN = re.compile(r"[a-z]+|\d+[a-z]?(?![a-z])|\d+")
_COMMAS = re.compile(r"[,;\n|]+")


def pieces(address: str) -> list[str]:
    """An address cut at its commas, cleaned, empty pieces left out."""
    return [piece for piece in map(text.clean, _COMMAS.split(address)) if piece]


def words(piece: str) -> list[str]:
    """Folded words of a piece, abbreviations written out, numbers without leading zeros.

    >>> words("P.02 Q. Tân Bình")
    ['phuong', '2', 'quan', 'tan', 'binh']
    """
    folded = text.fold(piece).replace("'", "").replace("’", "")
    if _SHORTENED.search(folded):
        for pattern, written in _WRITTEN_OUT:
            folded = pattern.sub(written, folded)
    return [word.lstrip("0") or "0" if word[0].isdigit() else word for word in _TOKEN.findall(folded)]


def key(name: str) -> str:
    """The key of a name.

    >>> key("Bà Rịa - Vũng Tàu"), key("Phường 08"), key("N'Jang")
    ('bariavungtau', 'phuong8', 'njang')
    """
    return "".join(words(name))


def split_kind(name: str) -> tuple[str, str]:
    """(key of the word of kind, key of the rest); the first is empty when the name starts with none.

    >>> split_kind("Thị trấn Đắk Mil"), split_kind("Đắk Mil")
    (('thitran', 'dakmil'), ('', 'dakmil'))
    """
    found = words(name)
    for count in range(min(LONGEST_KIND, len(found) - 1), 0, -1):
        kind = "".join(found[:count])
        if kind in KIND_WORDS:
            return kind, "".join(found[count:])
    return "", "".join(found)


def without_kind(name: str) -> str:
    """A name without its word of kind, with its marks.

    >>> without_kind("Thị trấn Đắk Mil"), without_kind("Phường 2")
    ('Đắk Mil', '2')
    """
    parts = name.split()
    for count in range(min(LONGEST_KIND, len(parts) - 1), 0, -1):
        if key(" ".join(parts[:count])) in KIND_WORDS:
            return " ".join(parts[count:])
    return name


def accents(name: str) -> str:
    """A name's letters with their marks, wherever the tone is put: what tells Mỹ Hoà from My Hòa, not from Mỹ Hòa."""
    syllables = re.findall(r"\w+", text.clean(name).lower())
    return " ".join(["", *(_syllable(syllable.lstrip("0") or "0") for syllable in syllables), ""])


def _syllable(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [char for char in decomposed if char in "\u0300\u0301\u0303\u0309\u0323"]
    return "".join(char for char in decomposed if char not in tones) + "".join(tones)


def has_marks(name: str) -> bool:
    """Whether a text is written with Vietnamese letters, so that its marks can decide between namesakes."""
    return not name.isascii()
