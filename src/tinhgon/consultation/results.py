"""What a tally comes to under the terms of the law, on both denominators, with the reason in words."""

from __future__ import annotations

from fractions import Fraction

import attrs

from tinhgon.citations import Citation
from tinhgon.consultation.tally import Tally
from tinhgon.consultation.terms import BASE_WORDS, Terms
from tinhgon.rules.findings import number_en, number_vi


@attrs.frozen(slots=True)
class Result:
    """A tally held against the terms. `deciding` is the share the law looks at; None where nobody is counted."""

    tally: Tally
    passed: bool
    of_all: Fraction | None
    of_taking_part: Fraction | None
    deciding: Fraction | None
    reason_vi: str
    reason_en: str
    citations: tuple[Citation, ...]
    verified: bool


def judge(tally: Tally, terms: Terms) -> Result:
    """Hold one place's tally against the terms; exact, so that 50.004 % is more than half."""
    deciding = tally.of_all if terms.on_roll else tally.of_taking_part
    passed = deciding is not None and (
        deciding > terms.threshold if terms.more_than else deciding >= terms.threshold
    )
    return Result(
        tally=tally,
        passed=passed,
        of_all=tally.of_all,
        of_taking_part=tally.of_taking_part,
        deciding=deciding,
        reason_vi=_reason_vi(tally, terms, deciding, passed),
        reason_en=_reason_en(tally, terms, deciding, passed),
        citations=terms.citations,
        verified=terms.verified,
    )


def two_decimals_vi(ratio: Fraction | None) -> str:
    """A share as a percentage with two decimals, cut so that what is under a limit never looks like the limit.

    >>> two_decimals_vi(Fraction(43, 71)), two_decimals_vi(Fraction(1, 2)), two_decimals_vi(None)
    ('60,56 %', '50,00 %', '–')
    """
    return "–" if ratio is None else f"{_cut(ratio).replace('.', ',')} %"


def two_decimals_en(ratio: Fraction | None) -> str:
    """The same in English.

    >>> two_decimals_en(Fraction(43, 71))
    '60.56%'
    """
    return "–" if ratio is None else f"{_cut(ratio)}%"


def _cut(ratio: Fraction) -> str:
    whole, rest = divmod(ratio.numerator * 10_000 // ratio.denominator, 100)
    return f"{whole}.{rest:02}"


def _reason_vi(tally: Tally, terms: Terms, deciding: Fraction | None, passed: bool) -> str:
    people = BASE_WORDS[terms.base][0]
    whole, whom = (
        (tally.on_roll, f"{people} trong danh sách")
        if terms.on_roll
        else (tally.taking_part, f"{people} tham gia")
    )
    asked = f"{'trên' if terms.more_than else 'từ'} {number_vi(terms.threshold * 100)} %"
    asked += "" if terms.more_than else " trở lên"
    if deciding is None:
        return f"Chưa có {whom} để tính."
    return (
        f"{number_vi(tally.agree)} trên {number_vi(whole)} {whom} đồng ý, {two_decimals_vi(deciding)}: "
        f"{'đạt' if passed else 'chưa đạt'} mức {asked}."
    )


def _reason_en(tally: Tally, terms: Terms, deciding: Fraction | None, passed: bool) -> str:
    people = BASE_WORDS[terms.base][1]
    whole, whom = (
        (tally.on_roll, f"{people} on the roll")
        if terms.on_roll
        else (tally.taking_part, f"{people} taking part")
    )
    asked = f"{'more than' if terms.more_than else 'at least'} {number_en(terms.threshold * 100)}%"
    if deciding is None:
        return f"There are no {whom} to count."
    return (
        f"{number_en(tally.agree)} of {number_en(whole)} {whom} agree, {two_decimals_en(deciding)}: "
        f"{'reaches' if passed else 'does not reach'} {asked}."
    )
