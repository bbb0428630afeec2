"""Vietnamese text: one spelling for storage, one folded form for search, one key for sorting."""

from __future__ import annotations

import re
import unicodedata

# Characters that word processors leave inside copied text and that no reader sees.
_STRAY = dict.fromkeys(map(ord, "\u00ac\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"))
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC text without stray marks and with single spaces.

    >>> clean("30\u00ac-CTr/TU") == "30-CTr/TU"
    True
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_STRAY))).strip()


def stray_marks(text: str) -> list[str]:
    """The invisible or stray characters `clean` would remove, as U+XXXX, in order.

    >>> stray_marks("30\u00ac-CTr")
    ['U+00AC']
    """
    return [f"U+{ord(char):04X}" for char in text if ord(char) in _STRAY]


def fold(text: str) -> str:
    """ASCII lower case for search: no tone marks, no diacritics, đ as d.

    >>> fold("Đắk R'lấp"), fold("hoà") == fold("hòa")
    ("dak r'lap", True)
    """
    decomposed = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_NUMBER = re.compile(r"(\d+)")


def sort_key(text: str) -> str:
    """A string whose byte order is Vietnamese alphabetical order, numbers by value.

    >>> sorted(["Thôn 10", "Thôn 2", "Đắk Mil", "Cư Jút", "Dân"], key=sort_key)
    ['Cư Jút', 'Dân', 'Đắk Mil', 'Thôn 2', 'Thôn 10']
    """
    numbered = _NUMBER.sub(lambda match: match.group(1).zfill(8), clean(text).lower())
    bases, tones = [], []
    for char in unicodedata.normalize("NFC", numbered):
        base, tone = _split_tone(char)
        position = _LETTERS.find(base)
        bases.append(chr(ord("A") + position) if position >= 0 else base)
        tones.append(str(tone))
    return "".join(bases) + "\x01" + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    base = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", base), tone
