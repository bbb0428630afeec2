"""The words found, marked in what is shown: everything is escaped, and only our own marks are put in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tinhgon import text
from tinhgon_web.portal.search.spelling import ABBREVIATIONS, Asked

_LENGTH, _BEFORE = 240, 70


def marked(words: str, asked: Asked) -> SafeString:
    """A text with the words asked for marked, with or without diacritics."""
    plain = unicodedata.normalize("NFC", words)
    pieces: list[str] = []
    at = 0
    for start, end in _places(plain, asked):
        pieces += [conditional_escape(plain[at:start]), format_html("<mark>{}</mark>", plain[start:end])]
        at = end
    pieces.append(conditional_escape(plain[at:]))
    # Every piece was escaped above.
    return mark_safe("".join(pieces))


def excerpt(words: str, asked: Asked) -> SafeString:
    """About two lines of a text around the first of the words asked for."""
    plain = unicodedata.normalize("NFC", words)
    first = next(_places(plain, asked), (0, 0))[0]
    start = 0 if first < _BEFORE else plain.rfind(" ", 0, first - _BEFORE // 2) + 1
    cut = plain[start : start + _LENGTH]
    whole = start + _LENGTH >= len(plain)
    shown = cut if whole else cut.rpartition(" ")[0] or cut
    return format_html("{}{}{}", "… " if start else "", marked(shown, asked), "" if whole else " …")


def _places(plain: str, asked: Asked) -> Iterator[tuple[int, int]]:
    """[start, end) of each word asked for, in order."""
    if not asked:
        return
    folded, source = _folded(plain)
    more = [
        word
        for short, long in ABBREVIATIONS.items()
        if short in asked.words
        for word in [long.replace(" ", r"\s+")]
    ]
    wanted = "|".join([*more, *sorted(map(re.escape, asked.words), key=len, reverse=True)])
    for match in re.finditer(rf"(?<![a-z0-9])(?:{wanted})(?![a-z0-9])", folded):
        yield source[match.start()], source[match.end() - 1] + 1


class _Letters(dict[str, str]):
    """A letter -> what it is folded to, found once; apostrophes are left out."""

    def __missing__(self, char: str) -> str:
        folded = " " if char.isspace() else text.fold(char)
        self[char] = "".join(letter for letter in folded if letter not in "'’‘ʼ`´")
        return self[char]


_LETTERS = _Letters()


def _folded(plain: str) -> tuple[str, Sequence[int]]:
    """The text folded letter by letter, and which letter each came from."""
    letters = [_LETTERS[char] for char in plain]
    folded = "".join(letters)
    if len(folded) == len(plain) and "" not in letters:
        return folded, range(len(plain))
    return folded, [at for at, letter in enumerate(letters) for _ in letter]
