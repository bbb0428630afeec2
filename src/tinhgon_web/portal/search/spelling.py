"""How texts and questions are brought to one spelling: no marks, d for đ, single spaces, abbreviations known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

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
KIND, IN_TITLE, WHOLE, THEN = "§", "°", "≡", "·"
"""Signs that no word has, for what else is looked up as if it were a word: the kind of an entry, a word of its title,
its whole title, and a word that follows another."""
_LONGEST_WORD, _MOST_WORDS, _MOST_LETTERS, _MOST_MORE = 40, 12, 200_000, 20_000
_MOST_BYTES, _LONGEST_TITLE = 900_000, 300  # PostgreSQL holds a megabyte of words of one entry
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


def marks(kind: str, title_words: str, words: str) -> str:
    """All that an entry is looked up by: its kind, its title, its words, and which word follows which.

    >>> marks("place", " xa dak 2 ", " xa dak 2 | 24601 | ")
    ' §place ≡xa·dak·2 °xa °dak °2 xa dak 2 24601 xa·dak dak·2 '
    """
    in_order, all_words = words.rpartition("|")[0], words.replace("|", " ").split()
    found = [f"{KIND}{kind}", whole(title_words), *titled(title_words), *all_words]
    for piece in in_order.split("|"):
        found += following(piece)
    kept: list[str] = []
    left = _MOST_BYTES
    for one in dict.fromkeys(found):
        left -= len(one.encode()) + 1
        if left < 0:
            break
        kept.append(one)
    return _spaced(kept)


def whole(title_words: str) -> str:
    """A whole title as one word."""
    return f"{WHOLE}{THEN.join(title_words.split())}"[:_LONGEST_TITLE]


def titled(title_words: str) -> Iterator[str]:
    """The words of a title, marked as such, and the abbreviations of what it writes out."""
    short = (name for pattern, name in _LONG if pattern.search(title_words))
    return (f"{IN_TITLE}{word}" for word in [*title_words.split(), *short])


def following(words: str) -> Iterator[str]:
    """Each word with the one that follows it, as one word."""
    return (f"{one}{THEN}{other}" for one, other in pairwise(words.split()))


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
