"""Criteria over villages and residential groups: the household standard and who must merge."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache

import attrs

from tinhgon.citations import Citation
from tinhgon.rules.findings import (
    Finding,
    Number,
    Obligation,
    band_of,
    cited,
    local_en,
    local_vi,
    number_en,
    number_vi,
    percent_en,
    percent_vi,
)
from tinhgon.rules.parameters import Parameter, exact
from tinhgon.rules.rulebook import Rulebook

_SUBJECT, _MEASURE = "village", "households"
_FOLLOWS_VI = {
    "mandatory": "phải sáp nhập với thôn, tổ dân phố liền kề",
    "encouraged": "khuyến khích sáp nhập khi địa hình thuận lợi và cử tri đồng thuận",
}
_FOLLOWS_EN = {
    "mandatory": "must merge with an adjacent one",
    "encouraged": "encouraged to merge where the terrain allows and voters agree",
}


@attrs.frozen(slots=True, eq=False)
class _Terms:
    """What one kind of village in one kind of place is held to on one day."""

    standard: Parameter | None
    mandatory: Parameter | None
    encouraged: Parameter | None
    citations: tuple[Citation, ...]
    verified: bool
    gap: str


def village_finding(
    *,
    kind: str,
    region: str | None,
    households: Number | float | None,
    on: dt.date,
    rulebook: Rulebook,
    border: bool = False,
    island: bool = False,
    special: bool = False,
    mountain: bool | None = None,
) -> Finding:
    """Hold the households of a village against the standard of the day.

    `kind` is "thon" (thôn, bon, buôn, bản, làng) or "tdp"; `region` is a region of the rulebook; `mountain`
    is asked before 2019 only and may be unknown. Where no standard is known it says so, without a band.
    Raises `UnableToFindRule` for a kind or region the law does not name.
    """
    terms = _terms(rulebook, on, kind, region, border, island, special, mountain)
    return _judge(terms, None if households is None else exact(households))


@lru_cache(maxsize=4096)
def _terms(
    rulebook: Rulebook,
    on: dt.date,
    kind: str,
    region: str | None,
    border: bool,
    island: bool,
    special: bool,
    mountain: bool | None,
) -> _Terms:
    standard = rulebook.find(
        "village_households",
        on,
        kind=kind,
        region=region,
        border=border,
        island=island,
        special=special,
        mountain=mountain,
    )
    mandatory = rulebook.find("village_rearrangement", on, obligation="mandatory")
    encouraged = rulebook.find("village_rearrangement", on, obligation="encouraged")
    gap = "" if standard else rulebook.held("village_households", on)
    citations, verified = cited(standard, mandatory, encouraged)
    return _Terms(standard, mandatory, encouraged, citations, verified and standard is not None, gap)


@lru_cache(maxsize=65536)
def _judge(terms: _Terms, households: Number | None) -> Finding:
    if terms.standard is None:
        vi = f"Chưa biết tiêu chuẩn cho trường hợp này ({terms.gap})."
        return _open(households, None, terms, vi, f"No standard known for this case ({terms.gap}).")
    standard = terms.standard.number
    if households is None:
        return _open(None, standard, terms, "Chưa có số hộ.", "The number of households is not known.")
    ratio = Fraction(households) / standard
    obligation = _obligation(ratio, terms)
    follows_vi, follows_en = _follows(ratio, obligation, terms)
    return Finding(
        subject=_SUBJECT,
        measure=_MEASURE,
        value=households,
        standard=standard,
        ratio=ratio,
        band=band_of(households, standard),
        obligation=obligation,
        reason_vi=f"{number_vi(households)} hộ, bằng {percent_vi(ratio)} mức {number_vi(standard)} hộ: "
        f"{follows_vi}{local_vi(terms.standard)}.",
        reason_en=f"{number_en(households)} households, {percent_en(ratio)} of the standard of "
        f"{number_en(standard)}: {follows_en}{local_en(terms.standard)}.",
        citations=terms.citations,
        verified=terms.verified,
    )


def _open(households: Number | None, standard: Number | None, terms: _Terms, vi: str, en: str) -> Finding:
    return Finding(
        _SUBJECT, _MEASURE, households, standard, None, None, "none", vi, en, terms.citations, terms.verified
    )


def _obligation(ratio: Fraction, terms: _Terms) -> Obligation:
    if terms.mandatory and 100 * ratio < terms.mandatory.number:
        return "mandatory"
    return "encouraged" if terms.encouraged and 100 * ratio < terms.encouraged.number else "none"


def _follows(ratio: Fraction, obligation: Obligation, terms: _Terms) -> tuple[str, str]:
    if ratio >= 1:
        return "đạt quy mô", "meets the standard"
    if obligation != "none":
        return _FOLLOWS_VI[obligation], _FOLLOWS_EN[obligation]
    if terms.mandatory is None:
        return (
            "chưa đạt; chưa biết quy định nào lúc đó buộc hoặc khuyến khích sáp nhập",
            "below the standard; no rule of that day is known that obliges or encourages a merger",
        )
    kept = terms.mandatory.citation.document
    return f"chưa đạt; giữ nguyên theo {kept}", f"below the standard; kept as it is under {kept}"
