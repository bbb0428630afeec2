"""What the procedure of schemes hears from the consultation."""

from __future__ import annotations

import asking
import pytest
import story
from django.db.models import ProtectedError
from django.utils import timezone
from pytest_django.fixtures import Settings

from tinhgon.registry import kinds
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.consultation.demo import Office, make_demo
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.asked import left_out
from tinhgon_web.consultation.selectors.progress import progress
from tinhgon_web.consultation.services import ledger, rounds
from tinhgon_web.consultation.services.about import UnableToAskAboutScheme
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.schemes import gates
from tinhgon_web.schemes.models import Scheme, Touched

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    """A scheme under way that joins the two villages asked."""
    drafter = asking.person("can-bo")
    made = Scheme.objects.create(
        kind="village",
        place=asking.COMMUNE,
        on=story.END,
        title="Nhập thôn 3 và 4",
        state=Scheme.State.UNDER_WAY,
        created_by=drafter,
        created_at=timezone.now(),
    )
    Touched.objects.bulk_create(Touched(unit=unit, scheme=made) for unit in asking.UNITS)
    return made


def said(scheme: Scheme) -> list[bool]:
    return [verdict.passed for verdict in gates.verdicts("consultation", scheme.pk, today())]


def answered(held: Round, settings: Settings, **agree: int) -> Round:
    for unit, yes in agree.items():
        for number in range(1, yes + 1):
            ledger.answer_on_web(line=asking.line_of(held, number, unit), said=Said("agree"))
    settings.TODAY = held.closes
    return rounds.close_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)


def test_a_scheme_nobody_was_asked_about_is_held_back(scheme: Scheme) -> None:
    assert said(scheme) == [False]
    with pytest.raises(gates.UnableToPassGate, match="papers do not stand in for answers"):
        gates.pass_through("consultation", scheme.pk, today())


def test_a_round_about_something_else_does_not_speak_for_the_scheme(
    scheme: Scheme, settings: Settings
) -> None:
    answered(asking.opened(), settings, x1v3=6, x1v4=6)
    assert said(scheme) == [False]


def test_a_step_dated_before_the_round_ended_is_held_back(scheme: Scheme, settings: Settings) -> None:
    held = answered(asking.opened(scheme=scheme), settings, x1v3=6, x1v4=6)
    [verdict] = gates.verdicts("consultation", scheme.pk, held.closes - asking.DAY)
    assert (verdict.passed, verdict.en) == (
        False,
        f"the consultation ended on {held.closes}: the step cannot be dated before it",
    )


def test_a_round_leaves_no_unit_of_its_scheme_out(scheme: Scheme, settings: Settings) -> None:
    with pytest.raises(UnableToAskAboutScheme, match="missing: Thôn 4"):
        asking.drafted(["x1v3"], scheme=scheme)
    answered(asking.opened(scheme=scheme), settings, x1v3=6, x1v4=6)
    Touched.objects.create(unit="x1v1", scheme=scheme)
    [verdict] = gates.verdicts("consultation", scheme.pk, today())
    assert (verdict.passed, verdict.vi) == (False, "Chưa lấy ý kiến ở: Thôn 1")


def test_a_commune_is_asked_when_all_its_villages_are(scheme: Scheme) -> None:
    scheme.touched.all().delete()
    Touched.objects.create(unit="x1", scheme=scheme)
    assert left_out(scheme, asking.UNITS, story.END) == {"x1": "Xã Đắk 1"}
    assert left_out(scheme, ["x1"], story.END) == {}
    reader = apparatus.reader(AsOf(on=story.END, today=story.END))
    villages = [row.unit for row in reader.children(["x1"], kinds.ADMINISTRATIVE)["x1"]]
    assert left_out(scheme, villages, story.END) == {}


def test_a_scheme_is_asked_about_once_it_is_drafted_once_a_version_and_as_what_it_is(scheme: Scheme) -> None:
    with pytest.raises(UnableToAskAboutScheme, match="same kind"):
        asking.drafted(scheme=scheme, kind="commune", base="households")
    asking.drafted(scheme=scheme)
    with pytest.raises(UnableToAskAboutScheme, match="round 1 is about this version"):
        asking.drafted(scheme=scheme)
    Scheme.objects.update(state=Scheme.State.DRAFTING)
    with pytest.raises(UnableToAskAboutScheme, match="record its draft first"):
        asking.drafted(scheme=scheme)


def test_a_scheme_that_was_asked_about_cannot_be_dropped_from_the_database(scheme: Scheme) -> None:
    asking.drafted(scheme=scheme)
    scheme.touched.all().delete()
    with pytest.raises(ProtectedError):
        scheme.delete()


def test_an_open_round_holds_the_scheme_back(scheme: Scheme) -> None:
    asking.opened(scheme=scheme)
    assert said(scheme) == [False]


def test_a_scheme_passes_when_every_unit_did(scheme: Scheme, settings: Settings) -> None:
    answered(asking.opened(scheme=scheme), settings, x1v3=6, x1v4=6)
    assert said(scheme) == [True]


def test_one_unit_that_failed_holds_it_back_and_is_named(scheme: Scheme, settings: Settings) -> None:
    answered(asking.opened(scheme=scheme), settings, x1v3=6, x1v4=5)
    with pytest.raises(gates.UnableToPassGate, match="Thôn 4"):
        gates.pass_through("consultation", scheme.pk, today())


def test_the_second_round_lets_it_pass(scheme: Scheme, settings: Settings) -> None:
    first = answered(asking.opened(scheme=scheme), settings, x1v3=6, x1v4=5)
    again = rounds.ask_again(
        acting=asking.person("phe-duyet", "approver"),
        round_id=first.pk,
        opens=first.closes,
        closes=first.closes + 5 * asking.DAY,
    )
    assert said(scheme) == [False]
    asking.posted(again)
    rounds.open_round(acting=asking.person("phe-duyet", "approver"), round_id=again.pk)
    answered(again, settings, x1v4=6)
    assert said(scheme) == [True]


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
