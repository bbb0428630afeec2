"""What a criterion answers: a measure against its standard, what follows from it, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from tinhgon.citations import Citation
from tinhgon.rules.parameters import NATIONAL, Parameter

Number: TypeAlias = int | Fraction
Band: TypeAlias = Literal["meets", "may", "must"]
Obligation: TypeAlias = Literal["none", "encouraged", "mandatory"]


@attrs.frozen(slots=True)
class Finding:
    """The answer of one criterion.

    `value` and `standard` are in the unit of `measure`, `ratio` is their exact quotient; each is `None` where
    it is not known. `band` groups by the share of the standard ("meets" from 100 %, "may" from 50 %, "must"
    below); `obligation` is what the law of the day makes of it, which may be nothing even in band "must".
    `verified` is false as soon as one value that decided was not read in a source.
    `parts` are the findings this one is drawn from.
    """

    subject: str
    measure: str
    value: Number | None
    standard: Number | None
    ratio: Fraction | None
    band: Band | None
    obligation: Obligation
    reason_vi: str
    reason_en: str
    citations: tuple[Citation, ...]
    verified: bool
    parts: tuple[Finding, ...] = ()


def band_of(value: Number, standard: Number) -> Band:
    """Say which of the three bands of the district tables a value falls in; exactly half is "may".

    >>> band_of(200, 200), band_of(199, 200), band_of(100, 200), band_of(99, 200)
    ('meets', 'may', 'may', 'must')
    """
    if value >= standard:
        return "meets"
    return "may" if 2 * value >= standard else "must"


def cited(*parameters: Parameter | None) -> tuple[tuple[Citation, ...], bool]:
    """Gather citations, each once, in order, and whether there are values and all are verified."""
    held = [parameter for parameter in parameters if parameter is not None]
    citations = tuple(dict.fromkeys(parameter.citation for parameter in held))
    return citations, bool(held) and all(parameter.verified for parameter in held)


def number_of(parameter: Parameter | None) -> Number | None:
    """Give the number of a value that may not be known."""
    return None if parameter is None else parameter.number


def number_vi(number: Number) -> str:
    """Write a number the Vietnamese way, with at most two decimals, cut and not rounded.

    >>> number_vi(16000), number_vi(Fraction(137, 10)), number_vi(Fraction(2, 3))
    ('16.000', '13,7', '0,66')
    """
    return number_en(number).translate(str.maketrans(",.", ".,"))


def number_en(number: Number) -> str:
    """Write a number the English way, with at most two decimals, cut and not rounded.

    >>> number_en(16000), number_en(Fraction(11, 2))
    ('16,000', '5.5')
    """
    if isinstance(number, int):
        return f"{number:,}"
    whole, rest = divmod(number.numerator * 100 // number.denominator, 100)
    return f"{whole:,}.{rest:02}".rstrip("0").rstrip(".")


def percent_vi(ratio: Fraction) -> str:
    """Write a ratio as a percentage, cut so that what is under a limit never looks like the limit.

    >>> percent_vi(Fraction(49_999, 100_000))
    '49,99 %'
    """
    return f"{number_vi(ratio * 100)} %"


def percent_en(ratio: Fraction) -> str:
    """Write a ratio as a percentage in English, cut likewise.

    >>> percent_en(Fraction(2, 3))
    '66.66%'
    """
    return f"{number_en(ratio * 100)}%"


def local_vi(parameter: Parameter) -> str:
    """Name the local rulebook a value came from, or nothing where it is national law."""
    return "" if parameter.layer == NATIONAL else f" (quy định riêng {parameter.layer}: {parameter.citation})"


def local_en(parameter: Parameter) -> str:
    """Name the local rulebook a value came from, in English."""
    return "" if parameter.layer == NATIONAL else f" (local rule {parameter.layer}: {parameter.citation})"
