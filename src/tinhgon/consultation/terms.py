"""What the law of a day asks of a consultation: who is asked, which share must agree and of whom, how often."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from tinhgon.citations import Citation
from tinhgon.refusal import Refusal
from tinhgon.rules.findings import cited
from tinhgon.rules.parameters import Parameter
from tinhgon.rules.rulebook import Rulebook

BASES = ("household_representatives", "households", "voters")
"""Who may be asked, the law's usual choice first."""
BASE_WORDS = {
    "household_representatives": ("cử tri đại diện hộ gia đình", "household-representative voters"),
    "households": ("hộ gia đình", "households"),
    "voters": ("cử tri", "voters"),
}
"""Base -> how it is called in Vietnamese and in English."""
_HUNDRED = 100


class UnableToConsult(Refusal, LookupError):
    """No law is known that lets these people be asked about this kind of unit on that day."""

    def __init__(self, kind: str, base: str | None, on: dt.date) -> None:
        vi, en = BASE_WORDS[base] if base else ("bất kỳ đối tượng nào", "anybody")
        super().__init__(
            f"Chưa biết quy định nào cho lấy ý kiến {vi} về loại đơn vị này vào ngày {on:%d/%m/%Y}; "
            "chọn đối tượng khác hoặc bổ sung quy định của tỉnh",
            f"no rule is known for asking {en} about a {kind} on {on}; choose who else is asked, or add a local rule",
        )
        self.kind, self.base, self.on = kind, base, on


@attrs.frozen(slots=True)
class Terms:
    """What the law of a day asks. `None` and zero stand where no rule is known; `rounds` is then one.

    `threshold` is a share of one, exceeded where `more_than`, else reached; `on_roll` says whether the share is
    taken of everybody on the roll or of those who took part. `posting_days` is how long the roll hangs first,
    `most_days` within how many days all is done. `signed`: answers are given under one's name, else in secret.
    `verified` is false as soon as one value that decides a result was not read in a source.
    """

    kind: str
    base: str
    on: dt.date
    threshold: Fraction
    more_than: bool
    on_roll: bool
    posting_days: int
    most_days: int | None
    rounds: int
    signed: bool
    form: str | None
    citations: tuple[Citation, ...]
    verified: bool


def terms_of(*, kind: str, base: str | None, on: dt.date, rulebook: Rulebook) -> Terms:
    """Give the terms for asking about a "village" or a "commune" on a day; without `base`, the law's usual one.

    Raises:
        UnableToConsult: no rule lets these people be asked, or says which share decides.
    """
    asked = base or next((one for one in BASES if _allowed(kind, one, on, rulebook)), None)
    allowed = _allowed(kind, asked, on, rulebook) if asked else None
    deciding = [rulebook.find(f"consultation_{name}", on, kind=kind) for name in _DECIDING]
    threshold, comparison, denominator = deciding
    if asked is None or allowed is None or threshold is None or comparison is None or denominator is None:
        raise UnableToConsult(kind, base, on)
    citations, verified = cited(allowed, *deciding)
    return Terms(
        kind=kind,
        base=asked,
        on=on,
        threshold=Fraction(threshold.number) / _HUNDRED,
        more_than=comparison.value == "more_than",
        on_roll=denominator.value == "on_roll",
        posting_days=_number(rulebook.find("consultation_posting", on, kind=kind)) or 0,
        most_days=_number(rulebook.find("consultation_days", on, kind=kind)),
        rounds=_number(rulebook.find("consultation_rounds", on, kind=kind)) or 1,
        signed=_word(rulebook.find("consultation_ballot", on, kind=kind)) == "signed",
        form=_word(rulebook.find("consultation_form", on, kind=kind)),
        citations=citations,
        verified=verified,
    )


_DECIDING = ("threshold", "comparison", "denominator")


def _allowed(kind: str, base: str, on: dt.date, rulebook: Rulebook) -> Parameter | None:
    return rulebook.find("consultation_base", on, kind=kind, base=base)


def _number(parameter: Parameter | None) -> int | None:
    return None if parameter is None else int(parameter.number)


def _word(parameter: Parameter | None) -> str | None:
    return None if parameter is None else str(parameter.value)
