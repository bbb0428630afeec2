"""Concurrent-post models keep n and N apart; reported numbers stand beside computed ones."""

from __future__ import annotations

from tests.engine.building import CITED, act, day, held, opened, posts, province, register_of

from tinhgon.figures import compare_claims, figures, percent
from tinhgon.registry import events
from tinhgon.registry.concurrency import concurrent_holders, people_and_posts
from tinhgon.rules import Rulebook

START, END = day("2018-03-08"), day("2019-10-09")
RULEBOOK = Rulebook.load()


def villages_with_cells(count: int, together: int) -> list[events.Event]:
    """Villages with a head and a cell secretary; in the first few one person is both."""
    listed: list[events.Event] = []
    for number in range(count):
        village, cell = f"v{number}", f"c{number}"
        secretary = f"head-{number}" if number < together else f"secretary-{number}"
        listed += [
            opened(village, "village", "commune"),
            opened(cell, "party_cell", village),
            posts(village, "head", f"{village}-head"),
            posts(cell, "secretary", f"{cell}-secretary"),
            held(f"{village}-head", f"head-{number}"),
            held(f"{cell}-secretary", secretary),
        ]
    return listed


def test_the_rate_rises_when_villages_merge_though_nobody_was_appointed() -> None:
    """Bình Giang's trap: 1 of 4 becomes 1 of 2; at the old denominator it is still a quarter."""
    register = register_of(
        province(),
        villages_with_cells(4, 1),
        act("absorb", ["v0", "v1"], ["v0"], day("2019-01-01")),
        act("absorb", ["v2", "v3"], ["v2"], day("2019-01-01")),
    )
    [found] = figures(register, RULEBOOK, START, END, ["model_cell_secretary_village_head"])
    assert found.rate is not None
    assert (found.value, found.rate.numerator, found.rate.denominator) == (50.0, 1, 2)
    assert (found.rate.old_denominator, found.rate.at_old_denominator) == (4, 25.0)


def test_the_published_rates_of_binh_giang() -> None:
    assert (percent(16, 103), percent(50, 88)) == (15.53, 56.82)


def test_a_concurrent_holder_is_one_person_and_two_posts() -> None:
    register = register_of(province(), villages_with_cells(3, 1))
    assert people_and_posts(register, END) == (5, 6)
    [both] = concurrent_holders(register, END)
    assert (both.person, [holding.post for holding in both.holdings]) == (
        "head-0",
        ["v0-head", "c0-secretary"],
    )


def test_a_claim_is_kept_as_said_and_the_difference_is_listed() -> None:
    claim = events.ClaimMade(
        effective_on=END, citation=CITED, indicator="divisions", value=-3, start=START, end=END
    )
    unknown = events.ClaimMade(
        effective_on=END, citation=CITED, indicator="beauty", value=1, start=START, end=END
    )
    register = register_of(
        province(),
        opened("department", "department", "province"),
        opened("d1", "division", "department"),
        act("dissolve", ["d1"], [], day("2019-01-01")),
        claim,
        unknown,
    )
    wrong, odd = compare_claims(register, RULEBOOK)
    assert wrong.figure is not None
    assert (wrong.claim.value, wrong.figure.value, wrong.difference, wrong.agrees) == (-3, -1, -2, False)
    assert (odd.figure, odd.difference, odd.agrees) == (None, None, False)
