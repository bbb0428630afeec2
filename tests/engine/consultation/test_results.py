"""Tallies, terms and results: exact on both denominators, by the rule of the day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon import consultation as people
from tinhgon.rules import Rulebook

LAW = Rulebook.load()
IN_2019, IN_2024, IN_2026 = dt.date(2019, 10, 9), dt.date(2024, 3, 1), dt.date(2026, 3, 1)


def terms(kind: str = "village", on: dt.date = IN_2019, base: str | None = None) -> people.Terms:
    return people.terms_of(kind=kind, base=base, on=on, rulebook=LAW)


def test_a_village_of_2019_asks_household_representatives_and_needs_more_than_half_of_all() -> None:
    asked = terms()
    assert (asked.base, asked.threshold, asked.more_than, asked.on_roll) == (
        "household_representatives", Fraction(1, 2), True, True,
    )  # fmt: skip
    assert asked.verified
    assert "14/2018/TT-BNV" in {citation.document for citation in asked.citations}
    assert not people.judge(people.Tally(200, agree=100), asked).passed
    assert people.judge(people.Tally(200, agree=101), asked).passed


def test_a_commune_of_2026_asks_households_and_exactly_half_is_enough() -> None:
    asked = terms("commune", IN_2026)
    assert (asked.base, asked.more_than, asked.most_days, asked.form) == (
        "households", False, 60, "household_form",
    )  # fmt: skip
    assert people.judge(people.Tally(200, agree=100), asked).passed
    assert not people.judge(people.Tally(200, agree=99, disagree=1), asked).passed


def test_a_commune_of_2024_asks_voters_who_sign_and_its_roll_hangs_thirty_days() -> None:
    asked = terms("commune", IN_2024)
    assert (asked.base, asked.posting_days, asked.signed, asked.rounds) == ("voters", 30, True, 1)
    assert not asked.verified, "the share is from memory"


@pytest.mark.parametrize(
    ("kind", "on", "base"),
    [
        ("commune", IN_2026, "voters"),
        ("commune", IN_2024, "households"),
        ("village", IN_2019, "households"),
        ("village", dt.date(2016, 1, 1), None),
    ],
)
def test_who_may_not_be_asked_is_refused(kind: str, on: dt.date, base: str | None) -> None:
    with pytest.raises(people.UnableToConsult) as refusal:
        terms(kind, on, base)
    assert refusal.value.on == on
    assert "quy định" in refusal.value.vi


def test_both_shares_are_given_with_two_decimals_and_cut() -> None:
    result = people.judge(people.Tally(71, agree=43, disagree=10, other=2, invalid=1), terms())
    assert people.two_decimals_vi(result.of_all) == "60,56 %"
    assert people.two_decimals_en(result.of_taking_part) == "76.78%"
    assert "43 trên 71" in result.reason_vi
    assert "14/2018/TT-BNV" in {citation.document for citation in result.citations}


def test_a_hair_under_half_never_looks_like_half() -> None:
    result = people.judge(people.Tally(100_001, agree=50_000), terms("commune", IN_2026))
    assert not result.passed
    assert people.two_decimals_en(result.of_all) == "49.99%"


def test_an_empty_roll_passes_nothing() -> None:
    result = people.judge(people.Tally(0), terms())
    assert not result.passed
    assert result.deciding is None


counts = st.integers(0, 10_000)


@given(counts, counts, counts, counts, counts)
def test_more_answers_than_people_are_refused(roll: int, yes: int, no: int, other: int, void: int) -> None:
    if yes + no + other + void > roll:
        with pytest.raises(people.UnableToTally):
            people.Tally(roll, yes, no, other, void)
    else:
        tally = people.Tally(roll, yes, no, other, void)
        assert tally.taking_part + tally.silent == roll


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(people.UnableToTally):
        people.Tally(10, agree=-1)


@given(counts, counts)
def test_more_agreement_never_turns_a_pass_into_a_failure(roll: int, yes: int) -> None:
    if yes < roll and people.judge(people.Tally(roll, yes), terms()).passed:
        assert people.judge(people.Tally(roll, yes + 1), terms()).passed


def test_a_consultation_does_not_end_before_the_roll_has_hung() -> None:
    asked, posted = terms("commune", IN_2024), dt.date(2024, 3, 1)
    people.check_calendar(opens=posted, closes=dt.date(2024, 3, 31), posted_from=posted, terms=asked)
    with pytest.raises(people.UnableToCloseSoEarly) as refusal:
        people.check_calendar(opens=posted, closes=dt.date(2024, 3, 30), posted_from=posted, terms=asked)
    assert refusal.value.earliest == dt.date(2024, 3, 31)


@pytest.mark.parametrize("closes", [dt.date(2026, 5, 1), dt.date(2026, 3, 1), dt.date(2026, 2, 1)])
def test_a_consultation_keeps_within_its_days(closes: dt.date) -> None:
    asked = terms("commune", IN_2026)
    people.check_calendar(opens=IN_2026, closes=dt.date(2026, 4, 30), posted_from=None, terms=asked)
    with pytest.raises(people.UnableToConsultSoLong):
        people.check_calendar(opens=IN_2026, closes=closes, posted_from=None, terms=asked)


def judged(**agree: int) -> dict[str, people.Result]:
    return {unit: people.judge(people.Tally(10, yes), terms()) for unit, yes in agree.items()}


def test_only_the_places_that_failed_are_asked_again() -> None:
    assert people.units_to_ask_again(judged(a=6, b=5, c=2), terms(), 1) == ("b", "c")


def test_nobody_is_asked_more_often_than_the_law_allows() -> None:
    with pytest.raises(people.UnableToAskAgain) as refusal:
        people.units_to_ask_again(judged(a=5), terms(), 2)
    assert refusal.value.allowed == 2
    with pytest.raises(people.UnableToAskAgain):
        people.units_to_ask_again(judged(a=6), terms(), 1)


def test_the_last_round_a_place_was_asked_in_stands() -> None:
    last = people.last_results([judged(a=6, b=5), judged(b=8)])
    assert (last["a"].tally.agree, last["b"].tally.agree) == (6, 8)
