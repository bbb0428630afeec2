"""The one ledger: a household counts once, whatever the path and whoever tries otherwise."""

from __future__ import annotations

import asking
import pytest
import story
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tinhgon.consultation import Tally
from tinhgon.refusal import Refusal
from tinhgon_web.consultation import secrecy
from tinhgon_web.consultation.models import Answer, Ballot, Batch, Code, Keyed, RollLine, Round
from tinhgon_web.consultation.selectors import results
from tinhgon_web.consultation.services import codes, filling, ledger, paper, rolls, rounds, throttle
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.models import Asked

pytestmark = pytest.mark.django_db
YES, NO = Said("agree"), Said("disagree")


def on_web(held: Round, number: int, said: Said = YES, unit: str = asking.UNITS[0]) -> Answer:
    return ledger.answer_on_web(line=asking.line_of(held, number, unit), said=said)


def tally(held: Round, unit: str = asking.UNITS[0]) -> Tally:
    return results.tallies(held)[unit]


def batch(held: Round, unit: str = asking.UNITS[0], **declared: int) -> Batch:
    counts = {"agree": 0, "disagree": 0, "other": 0, "invalid": 0} | declared
    return paper.open_batch(acting=asking.person("can-bo"), roll=asking.roll_of(held, unit), declared=counts)


def keyed_twice(
    held: Round, forms: dict[int, Said], second: dict[int, Said] | None = None, **declared: int
) -> Batch:
    made = batch(held, **declared)
    paper.key_batch(acting=asking.person("can-bo"), batch=made, forms=forms)
    paper.key_batch(acting=asking.person("can-bo-2"), batch=made, forms=forms if second is None else second)
    return made


def test_an_answer_counts_and_a_second_is_refused_with_the_first_s_receipt() -> None:
    held = asking.opened()
    first = on_web(held, 1)
    with pytest.raises(ledger.UnableToAnswerTwice) as refusal:
        on_web(held, 1, NO)
    assert refusal.value.receipt == first.receipt
    assert tally(held) == Tally(10, agree=1)


def test_the_database_itself_takes_one_standing_answer_of_a_household() -> None:
    held = asking.opened()
    first = on_web(held, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            line=first.line, seq=2, path="paper", receipt="B", nonce="b", at=first.at, standing=True
        )


def test_a_race_that_the_check_misses_is_still_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    held = asking.opened()
    on_web(held, 1)
    line = asking.line_of(held, 1)
    monkeypatch.setattr(ledger, "list", lambda _rows: [], raising=False)  # as if the other were not seen yet
    with pytest.raises(ledger.UnableToAnswerTwice):
        ledger.answer_on_web(line=line, said=NO)
    assert tally(held) == Tally(10, agree=1)


@pytest.mark.parametrize("days", [-1, 7])
def test_outside_its_days_an_open_round_takes_nothing(settings: Settings, days: int) -> None:
    held = asking.opened()
    settings.TODAY = held.opens + days * asking.DAY
    with pytest.raises(ledger.UnableToAnswer):
        on_web(held, 1)


def closed(held: Round, settings: Settings) -> Round:
    settings.TODAY = held.closes
    return rounds.close_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)


def test_closing_freezes_the_ledger_for_services_and_for_the_database(settings: Settings) -> None:
    held = asking.opened()
    answer = on_web(held, 1)
    closed(held, settings)
    settings.TODAY = story.END
    for number in (1, 2):
        with pytest.raises(ledger.UnableToAnswer):
            on_web(held, number)
    with pytest.raises(ledger.UnableToAnswer):
        ledger.correct(acting=asking.person("phe-duyet"), line=answer.line, said=NO, reason="nhầm")
    ballot = Ballot.objects.get(roll__round=held)
    mine = Ballot.objects.filter(pk=ballot.pk)
    for forbidden in (
        lambda: mine.update(choice="disagree"),
        lambda: mine.delete(),
        lambda: Answer.objects.filter(pk=answer.pk).update(path="paper"),
        lambda: Ballot.objects.create(handle="x", roll=ballot.roll, choice="agree"),
        lambda: Answer.objects.create(
            line=asking.line_of(held, 2), seq=1, path="web", receipt="x", nonce="x", at=answer.at
        ),
    ):
        with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
            forbidden()


def test_a_round_closes_on_its_day_or_when_everybody_has_answered(settings: Settings) -> None:
    held = asking.opened(count=1)
    approver = asking.person("phe-duyet", "approver")
    on_web(held, 1)
    with pytest.raises(rounds.UnableToChangeRound):
        rounds.close_round(acting=approver, round_id=held.pk)
    on_web(held, 1, unit=asking.UNITS[1])
    assert rounds.close_round(acting=approver, round_id=held.pk).state == "closed"


def test_a_round_does_not_close_over_a_batch_or_over_a_ledger_changed_from_outside(
    settings: Settings,
) -> None:
    held = asking.opened()
    made = batch(held, agree=1)
    with pytest.raises(rounds.UnableToChangeRound, match="batch"):
        closed(held, settings)
    paper.drop_batch(acting=asking.person("can-bo"), batch=made, reason="thiếu chữ ký")
    roll = asking.roll_of(held)
    Ballot.objects.create(handle="stuffed", roll=roll, choice="agree")
    with pytest.raises(rounds.UnableToChangeRound, match="do not match"):
        closed(held, settings)


def test_a_correction_leaves_a_trace_and_moves_one_vote() -> None:
    held, officer = asking.opened(), asking.person("phe-duyet", "approver")
    first = on_web(held, 1)
    made = ledger.correct(acting=officer, line=first.line, said=NO, reason="chủ hộ đề nghị")
    assert made is not None
    first.refresh_from_db()
    assert (first.standing, first.superseded_by, first.reason) == (False, officer, "chủ hộ đề nghị")
    assert (made.seq, made.by) == (2, officer)
    assert tally(held) == Tally(10, disagree=1)
    assert ledger.correct(acting=officer, line=first.line, said=None, reason="hộ đã chuyển đi") is None
    assert tally(held) == Tally(10)
    on_web(held, 1)
    assert tally(held) == Tally(10, agree=1)


def test_a_correction_needs_a_reason_and_an_answer() -> None:
    held, officer = asking.opened(), asking.person("phe-duyet", "approver")
    with pytest.raises(ledger.UnableToCorrect):
        ledger.correct(acting=officer, line=asking.line_of(held, 1), said=NO, reason="nhầm")
    on_web(held, 1)
    with pytest.raises(ledger.UnableToCorrect):
        ledger.correct(acting=officer, line=asking.line_of(held, 1), said=NO, reason=" ")


def test_two_officers_key_a_batch_and_it_is_posted_when_all_agrees() -> None:
    held = asking.opened()
    forms = {1: YES, 2: NO, 3: Said("other", "Xin giữ tên bon"), 4: Said("invalid")}
    made = keyed_twice(held, forms, agree=1, disagree=1, other=1, invalid=1)
    assert paper.post_batch(acting=asking.person("can-bo"), batch=made) == 4
    assert tally(held) == Tally(10, 1, 1, 1, 1)
    assert not Keyed.objects.filter(batch=made).exists(), (
        "what a household said on paper is not left lying about"
    )
    assert Ballot.objects.get(choice="other", roll__round=held).opinion == "Xin giữ tên bon"


def test_one_officer_cannot_key_both_entries() -> None:
    held = asking.opened()
    made, officer = batch(held, agree=1), asking.person("can-bo")
    assert paper.key_batch(acting=officer, batch=made, forms={1: YES}) == 1
    assert paper.key_batch(acting=officer, batch=made, forms={1: NO}) == 1, "it replaces their own entry"
    with pytest.raises(paper.UnableToKeyBatch):
        paper.post_batch(acting=officer, batch=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=made.pk).update(second_by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=made.pk).update(state="posted")


def test_a_third_officer_cannot_key_over_the_two() -> None:
    made = keyed_twice(asking.opened(), {1: YES}, agree=1)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.key_batch(acting=asking.person("can-bo-3"), batch=made, forms={1: NO})


def test_differences_are_listed_and_settled_before_posting() -> None:
    held, officer = asking.opened(), asking.person("can-bo")
    made = keyed_twice(held, {1: YES, 2: YES}, {1: NO, 3: YES}, agree=2, disagree=1)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.post_batch(acting=officer, batch=made)
    paper.settle(acting=officer, batch=made, choices={1: "disagree", 2: "agree", 3: "agree"})
    paper.post_batch(acting=officer, batch=made)
    assert tally(held) == Tally(10, agree=2, disagree=1)


def test_only_what_differs_is_settled() -> None:
    made = keyed_twice(asking.opened(), {1: YES}, agree=1)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.settle(acting=asking.person("can-bo"), batch=made, choices={1: "disagree"})


def test_totals_that_differ_from_the_minutes_stop_a_batch_until_the_minutes_are_mended() -> None:
    held, officer = asking.opened(), asking.person("can-bo")
    made = keyed_twice(held, {1: YES}, agree=2)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.post_batch(acting=officer, batch=made)
    mended = {"agree": 1, "disagree": 0, "other": 0, "invalid": 0}
    paper.redeclare(acting=officer, batch=made, declared=mended, reason="biên bản đếm nhầm")
    assert paper.post_batch(acting=officer, batch=made) == 1


def test_a_household_that_answered_on_the_web_is_not_counted_again_on_paper() -> None:
    held, officer = asking.opened(), asking.person("can-bo")
    on_web(held, 1)
    made = keyed_twice(held, {1: NO, 2: NO}, disagree=1)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.settle(acting=officer, batch=made, choices={1: "disagree"})
    paper.settle(acting=officer, batch=made, choices={1: "left_out"})
    assert paper.post_batch(acting=officer, batch=made) == 1
    assert tally(held) == Tally(10, agree=1, disagree=1)


def test_more_forms_than_people_on_the_roll_are_refused() -> None:
    held = asking.opened()
    with pytest.raises(Refusal, match="only 10 on the roll"):
        batch(held, agree=11)
    batch(held, agree=6)
    with pytest.raises(Refusal, match="only 10 on the roll"):
        batch(held, agree=5)


def test_a_number_that_is_not_on_the_roll_is_refused() -> None:
    made = batch(asking.opened(), agree=1)
    with pytest.raises(paper.UnableToKeyBatch, match="99"):
        paper.key_batch(acting=asking.person("can-bo"), batch=made, forms={99: YES})


def test_a_posted_batch_cannot_be_posted_or_keyed_again() -> None:
    made = keyed_twice(asking.opened(), {1: YES}, agree=1)
    paper.post_batch(acting=asking.person("can-bo"), batch=made)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.post_batch(acting=asking.person("can-bo"), batch=made)
    with pytest.raises(paper.UnableToKeyBatch):
        paper.key_batch(acting=asking.person("can-bo"), batch=made, forms={1: NO})


def test_codes_are_kept_as_digests_and_a_new_one_kills_the_old() -> None:
    held = asking.opened()
    printed = asking.slips(held)
    assert len(set(printed.values())) == 10
    assert not Code.objects.filter(digest__in=printed.values()).exists()
    assert codes.line_of(code=printed[3].lower().replace("-", " "), address="a").number == 3
    again = codes.issue_codes(acting=asking.person("can-bo"), roll=asking.roll_of(held), number=3)
    assert codes.line_of(code=again[0].code, address="a").number == 3
    with pytest.raises(codes.UnableToKnowCode):
        codes.line_of(code=printed[3], address="a")
    assert asking.slips(held) == {}, "codes are printed once"


def test_guessing_is_counted_and_stopped_without_keeping_the_address() -> None:
    asking.opened()
    for _ in range(throttle.MOST["address"]):
        with pytest.raises(codes.UnableToKnowCode):
            codes.line_of(code=secrecy.new_code(), address="203.0.113.9")
    with pytest.raises(throttle.UnableToTryAgainSoSoon):
        codes.line_of(code=secrecy.new_code(), address="203.0.113.9")
    with pytest.raises(codes.UnableToKnowCode):
        codes.line_of(code="not a code", address="203.0.113.10")
    assert Asked.objects.count() == 2
    assert not Asked.objects.filter(key__contains="203.0").exists()


def test_rolls_cannot_be_forged_once_approved() -> None:
    held = asking.opened()
    with pytest.raises(rolls.UnableToChangeRoll):
        filling.preview_roll(
            acting=asking.person("can-bo"), round_id=held.pk, units=asking.UNITS, name="x", rows=asking.rows()
        )
    with pytest.raises(rolls.UnableToChangeRoll):
        rolls.approve_roll(acting=asking.person("can-bo"), roll=asking.roll_of(held))


def test_an_approved_roll_is_not_replaced_while_others_are_prepared() -> None:
    held = asking.filled(asking.drafted())
    officer, roll = asking.person("can-bo"), asking.roll_of(held)
    rolls.post_roll(acting=officer, roll=roll, posted_from=held.opens, posted_at="x")
    rolls.approve_roll(acting=officer, roll=roll)
    upload = filling.preview_roll(
        acting=officer, round_id=held.pk, units=asking.UNITS, name="x", rows=asking.rows(count=3)
    )
    with pytest.raises(rolls.UnableToChangeRoll):
        filling.confirm_roll(acting=officer, upload_id=upload.pk)
    assert roll.lines.count() == 10


def test_a_roll_of_another_commune_is_refused_by_row() -> None:
    held = asking.drafted()
    upload = filling.preview_roll(
        acting=asking.person("can-bo"), round_id=held.pk, units=[asking.UNITS[0]], name="x",
        rows=asking.rows([asking.UNITS[0], "x2v1"], 2),
    )  # fmt: skip
    assert upload.problems["count"] == 2
    with pytest.raises(rolls.UnableToChangeRoll):
        filling.confirm_roll(acting=asking.person("can-bo"), upload_id=upload.pk)
    assert not RollLine.objects.filter(roll__round=held).exists()


def test_the_second_round_asks_only_where_the_first_failed(settings: Settings) -> None:
    held, approver = asking.opened(), asking.person("phe-duyet", "approver")
    for number in range(1, 7):
        on_web(held, number)
        on_web(held, number, NO, asking.UNITS[1])
    closed(held, settings)
    again = rounds.ask_again(
        acting=approver, round_id=held.pk, opens=held.closes, closes=held.closes + 5 * asking.DAY
    )
    assert (again.number, [roll.unit for roll in again.rolls.all()]) == (2, [asking.UNITS[1]])
    assert again.rolls.get().lines.count() == 10
    with pytest.raises(rounds.UnableToChangeRound):
        rounds.ask_again(
            acting=approver, round_id=held.pk, opens=held.closes, closes=held.closes + 5 * asking.DAY
        )


def test_names_can_be_erased_and_the_result_stays(settings: Settings) -> None:
    held = asking.opened()
    on_web(held, 1)
    closed(held, settings)
    assert rolls.erase_names(acting=asking.person("quan-tri", "administrator"), round_id=held.pk) == 20
    assert not RollLine.objects.filter(roll__round=held).exclude(head="", address="").exists()
    assert tally(held) == Tally(10, agree=1)


steps = st.lists(
    st.tuples(
        st.sampled_from(["web", "paper", "correct", "withdraw"]),
        st.integers(1, 4),
        st.sampled_from(["agree", "disagree", "other"]),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(steps)
def test_no_sequence_of_web_paper_and_corrections_counts_a_household_twice(
    db: None, taken: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        held = asking.opened(count=4)
        model: dict[int, str] = {}
        for step, number, choice in taken:
            with_model(held, model, step, number, choice)
            counted = tally(held)
            assert {name: getattr(counted, name) for name in ("agree", "disagree", "other")} == {
                name: list(model.values()).count(name) for name in ("agree", "disagree", "other")
            }
            standing = Answer.objects.filter(line__roll__round=held, standing=True)
            assert sorted(standing.values_list("line__number", flat=True)) == sorted(model)
        total = Tally.total(results.tallies(held).values())
        assert total.taking_part == len(model)
        transaction.set_rollback(True)


def with_model(held: Round, model: dict[int, str], step: str, number: int, choice: str) -> None:
    """Take one step and say in `model` what should stand then: number -> choice."""
    officer, line = asking.person("phe-duyet", "approver"), asking.line_of(held, number)
    try:
        if step == "web":
            ledger.answer_on_web(line=line, said=Said(choice))
            model[number] = choice
        elif step == "paper":
            made = keyed_twice(held, {number: Said(choice)}, **{choice: 1})
            try:
                paper.post_batch(acting=officer, batch=made)
                model[number] = choice
            except Refusal:
                paper.drop_batch(acting=officer, batch=made, reason="trùng")
        elif step == "correct":
            ledger.correct(acting=officer, line=line, said=Said(choice), reason="sửa")
            model[number] = choice
        else:
            ledger.correct(acting=officer, line=line, said=None, reason="rút")
            del model[number]
    except Refusal:
        pass
