"""What is refused on a scheme's way, whoever asks: out of turn, out of order, out of date, or in another's name."""

from __future__ import annotations

import datetime as dt

import asking
import pytest
import scheming
import story
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from scheming import START, approver, drafter

from tinhgon.procedure import UnableToTakeStep
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.schemes import gates, services
from tinhgon_web.schemes.models import Move, Scheme
from tinhgon_web.schemes.selectors.scheme import stale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    scheming.set_the_scene()


def register() -> Register:
    return registers.register(registers.head())


def test_who_drafted_a_scheme_does_not_approve_it_whatever_their_rights() -> None:
    from tinhgon_web.core.models import Grant

    Grant.objects.create(user=drafter(), role="approver", place="x2", start=story.BASE)
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "consultation")
    with pytest.raises(UnableToTakeStep) as refused:
        services.take_step(
            acting=drafter(),
            scheme=scheme.pk,
            step="commune_council",
            on=story.END,
            papers={"council_resolution": "1"},
        )
    assert refused.value.rule == "own-scheme"


@pytest.mark.parametrize(
    ("role", "place", "done", "step"),
    [
        ("editor", "x1", "", "draft"),
        ("viewer", "x2", "", "draft"),
        ("approver", "x1", "consultation", "commune_council"),
        ("approver", "x2", "submission", "district"),
        ("approver", "h", "district", "appraisal"),
        ("editor", "", "consultation", "commune_council"),
    ],
)
def test_a_step_is_for_whoever_has_the_right_at_its_organ_s_level(
    role: str, place: str, done: str, step: str
) -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    if done:
        scheming.through(scheme, done)
    other = scheming.person(f"{role}-{place}-khác", role, place)
    papers = dict.fromkeys(("scheme", "council_resolution", "submission_letter", "appraisal_report"), "1")
    with pytest.raises(PermissionDenied):
        services.take_step(acting=other, scheme=scheme.pk, step=step, on=story.END, papers=papers)


def test_units_changed_since_the_draft_are_shown_and_nothing_is_applied_before_somebody_confirms() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    on = scheming.through(scheme, "decision")
    scheming.record(story.counted("x2v2", "2019-09-01", 155))
    [change] = stale(Scheme.objects.get(pk=scheme.pk))
    assert (change.unit, change.what, change.before, change.now) == ("x2v2", "households", 150, 155)
    head = registers.head()
    with pytest.raises(services.UnableToMove, match="Changed since"):
        services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    assert registers.head() == head
    services.recheck(acting=drafter(), scheme=scheme.pk)
    services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    assert register().units["x2v2"].measure("households", story.END) == 195


def test_a_unit_that_has_gone_meanwhile_stops_the_scheme() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "decision")
    scheming.record(story.absorbed("x2v3", ("x2v2",), "2019-09-01"))
    with pytest.raises(services.UnableToMove, match="No longer there"):
        services.recheck(acting=drafter(), scheme=scheme.pk)


def test_two_schemes_under_way_never_share_a_unit() -> None:
    one, other = scheming.started(), scheming.started()
    for scheme in (one, other):
        scheming.planned(scheme)
    scheming.through(one, "draft")
    with pytest.raises(services.UnableToMove, match="Đề án thử"):
        scheming.through(other, "draft")
    services.withdraw(acting=drafter(), scheme=one.pk, reason="nhường")
    scheming.through(other, "draft")


def test_the_database_itself_refuses_a_unit_in_two_schemes() -> None:
    one, other = scheming.started(), scheming.started()
    one.touched.create(unit="x2v1")
    with pytest.raises(IntegrityError), transaction.atomic():
        other.touched.create(unit="x2v1")


def test_moves_are_insert_only() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "draft")
    for wrong in (lambda: Move.objects.update(step="decision"), lambda: Move.objects.all().delete()):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            wrong()


@pytest.mark.parametrize(
    ("signed_on", "effective_on", "operating_on", "why"),
    [
        (dt.date(2019, 9, 1), dt.date(2019, 10, 1), None, "before the session"),
        (dt.date(2019, 9, 28), dt.date(2019, 9, 27), None, "before it is signed"),
        (dt.date(2019, 9, 28), dt.date(2019, 10, 1), dt.date(2019, 9, 30), "before it is in force"),
    ],
)
def test_days_out_of_order_are_refused(
    signed_on: dt.date, effective_on: dt.date, operating_on: dt.date | None, why: str
) -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "decision")
    with pytest.raises(services.UnableToEnact, match=why):
        services.enact(
            acting=approver(),
            scheme=scheme.pk,
            signed=scheming.signed(signed_on, effective_on, operating_on=operating_on),
        )


def test_a_step_to_come_is_not_recorded_as_taken() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    with pytest.raises(services.UnableToMove, match="still to come"):
        services.take_step(
            acting=drafter(), scheme=scheme.pk, step="draft", on=dt.date(2019, 12, 1), papers={"scheme": "1"}
        )


def test_no_scheme_is_called_in_force_without_its_acts() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    on = scheming.through(scheme, "decision")
    with pytest.raises(services.UnableToMove, match="not recorded by itself"):
        services.take_step(acting=approver(), scheme=scheme.pk, step="in_force", on=on, papers={})
    services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))


def test_a_gate_holds_a_step_until_its_check_passes() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    told = gates.Verdict(False, "Thôn 2 chưa đạt", "Village 2 did not pass")
    gates.register("draft", lambda pk, on: told if pk == scheme.pk else None, "test")
    try:
        with pytest.raises(gates.UnableToPassGate, match="Village 2"):
            scheming.through(scheme, "draft")
    finally:
        gates.unregister("draft", "test")
    scheming.through(scheme, "draft")


def test_papers_alone_do_not_pass_the_consultation_and_the_refusal_says_what_to_do() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "draft")
    papers = {"opinion_minutes": "12/BB", "opinion_summary": "3/BC"}

    def take(on: dt.date) -> None:
        services.take_step(acting=drafter(), scheme=scheme.pk, step="consultation", on=on, papers=papers)

    with pytest.raises(gates.UnableToPassGate) as refused:
        take(START)
    assert "04/2012/TT-BNV" in refused.value.vi
    assert "Mở đợt lấy ý kiến" in refused.value.vi
    scheming.consulted(scheme, START + 2 * asking.DAY)
    with pytest.raises(gates.UnableToPassGate, match="ended on 2019-09-22"):
        take(START + asking.DAY)
    take(START + 2 * asking.DAY)


def test_a_scheme_sent_back_and_drafted_anew_asks_the_people_anew() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    on = scheming.through(scheme, "consultation")
    services.send_back(acting=approver(), scheme=scheme.pk, step="draft", on=on, reason="Đổi phương án")
    services.take_step(acting=drafter(), scheme=scheme.pk, step="draft", on=on, papers={"scheme": "2"})
    [verdict] = gates.verdicts("consultation", scheme.pk, on)
    assert not verdict.passed
    assert "bản thứ 2" in verdict.vi
    scheme.refresh_from_db()
    scheming.consulted(scheme, on)
    assert [one.passed for one in gates.verdicts("consultation", scheme.pk, on)] == [True]
