"""How texts and questions are brought to one spelling: no marks, d for đ, single spaces, abbreviations known."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from tinhgon import text

ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tdp": "to dan pho",
    "mttq": "mat tran to quoc",
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "dvhc": "don vi hanh chinh",
    "cchc": "cai cach hanh chinh",
    "cbcc": "can bo cong chuc",
    "nq": "nghi quyet",
    "qd": "quyet dinh",
    "nd": "nghi dinh",
    "kl": "ket luan",
    "ctr": "chuong trinh",
    "tw": "trung uong",
    "tp": "thanh pho",
    "tx": "thi xa",
}
_LONGEST_WORD, _MOST_WORDS, _MOST_LETTERS, _MOST_MORE = 40, 12, 200_000, 20_000
_TOKEN = re.compile(r"[a-z0-9]+")
_JOINED = str.maketrans("", "", "'’‘ʼ`´")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_LONG = tuple((re.compile(rf" {long} "), short) for short, long in ABBREVIATIONS.items())


@attrs.frozen(slots=True)
class Asked:
    """A question: single words, phrases (each between spaces), and the word that may not be finished yet."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    whole: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def tokens(words: str) -> list[str]:
    """The folded words of a text; an apostrophe inside a name joins it (R'lấp is rlap).

    >>> tokens("Đắk R'lấp, số 202/QĐ-UBND")
    ['dak', 'rlap', 'so', '202', 'qd', 'ubnd']
    """
    return [
        token[:_LONGEST_WORD]
        for token in _TOKEN.findall(text.fold(words.replace("\0", " ")).translate(_JOINED))
    ]


def canonical(words: str) -> str:
    """A text's words between single spaces, abbreviations written out."""
    return _spaced(ABBREVIATIONS.get(token, token) for token in tokens(words))


def indexed(title: str, more: str) -> str:
    """What the index holds of a text: its words in order, then the abbreviations of what it writes out.

    Of a very long text the first 200,000 letters keep their order; of the rest each word counts once.
    """
    whole = f"{canonical(title)}|{canonical(more)}"
    body, rest = whole[:_MOST_LETTERS], whole[_MOST_LETTERS:]
    further = sorted(set(rest.split()))[:_MOST_MORE]
    short = [name for pattern, name in _LONG if pattern.search(whole)]
    return f"{body}{_spaced(['|', *further, *short])}"


def read(typed: str) -> Asked:
    """A question as typed: quoted parts are phrases, an odd quote is no quote, all other signs are spaces."""
    pieces = text.clean(typed.replace("\0", " ")).translate(_QUOTES).split('"')
    if len(pieces) % 2 == 0:  # the last quote stands alone
        pieces[-2:] = [f"{pieces[-2]} {pieces[-1]}"]
    words: list[str] = []
    phrases: list[str] = []
    for number, piece in enumerate(pieces):
        found = tokens(piece)
        if number % 2 and len(found) > 1:
            phrases.append(canonical(piece))
            words += canonical(piece).split()
        else:
            words += found
    chosen = tuple(dict.fromkeys(words))[:_MOST_WORDS]
    return Asked(chosen, tuple(phrases[:_MOST_WORDS]), canonical(typed))


def _spaced(words: Iterable[str]) -> str:
    joined = " ".join(words)
    return f" {joined} " if joined else " "
