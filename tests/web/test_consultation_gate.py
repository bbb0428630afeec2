"""What the procedure of schemes hears from the consultation."""

from __future__ import annotations

import asking
import pytest
from pytest_django.fixtures import Settings

from tinhgon_web.consultation.demo import Office, make_demo
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.progress import progress
from tinhgon_web.consultation.services import ledger, rounds
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.asof import AsOf
from tinhgon_web.schemes import gates

pytestmark = pytest.mark.django_db
SCHEME = 4711


def said() -> list[bool]:
    return [verdict.passed for verdict in gates.verdicts("consultation", SCHEME)]


def answered(held: Round, settings: Settings, **agree: int) -> Round:
    for unit, yes in agree.items():
        for number in range(1, yes + 1):
            ledger.answer_on_web(line=asking.line_of(held, number, unit), said=Said("agree"))
    settings.TODAY = held.closes
    return rounds.close_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)


def test_a_scheme_nobody_was_asked_about_hears_nothing() -> None:
    assert said() == []


def test_an_open_round_holds_the_scheme_back() -> None:
    asking.opened(scheme=SCHEME)
    assert said() == [False]


def test_a_scheme_passes_when_every_unit_did(settings: Settings) -> None:
    answered(asking.opened(scheme=SCHEME), settings, x1v3=6, x1v4=6)
    assert said() == [True]


def test_one_unit_that_failed_holds_it_back_and_is_named(settings: Settings) -> None:
    answered(asking.opened(scheme=SCHEME), settings, x1v3=6, x1v4=5)
    with pytest.raises(gates.UnableToPassGate, match="Thôn 4"):
        gates.pass_through("consultation", SCHEME)


def test_the_second_round_lets_it_pass(settings: Settings) -> None:
    first = answered(asking.opened(scheme=SCHEME), settings, x1v3=6, x1v4=5)
    again = rounds.ask_again(
        acting=asking.person("phe-duyet", "approver"),
        round_id=first.pk,
        opens=first.closes,
        closes=first.closes + 5 * asking.DAY,
    )
    assert said() == [False]
    asking.posted(again)
    rounds.open_round(acting=asking.person("phe-duyet", "approver"), round_id=again.pk)
    answered(again, settings, x1v4=6)
    assert said() == [True]


def test_the_demonstration_s_consultation_is_told_to_its_end(settings: Settings) -> None:
    """A round that is over and published, and the second one, open on the day, with answers by both paths."""
    office = Office(
        asking.person("can-bo"), asking.person("can-bo-2"), asking.person("phe-duyet", "approver")
    )
    first, second = make_demo(place="x1", on=settings.TODAY, office=office)
    first.refresh_from_db()
    assert (first.state, second.state, second.after) == ("closed", "open", first)
    assert first.published_at is not None
    going = progress(second, AsOf(on=settings.TODAY, today=settings.TODAY))
    assert going.web > 0
    assert going.paper > 0
