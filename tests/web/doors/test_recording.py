"""Recording from the web: the chain goes on, the projection follows, nothing is half written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import story
from django.db import transaction
from histories import steps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import sound

from tinhgon.citations import Citation
from tinhgon.registry import codec, events
from tinhgon.registry.journal import Entry, Journal, lines_of
from tinhgon.registry.refusals import UnableToFold
from tinhgon_web.apparatus import registers, services
from tinhgon_web.apparatus.models import JournalEntry, Mention, Submission
from tinhgon_web.core.models import AuditLine, User

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def officer(name: str = "canbo-1") -> User:
    return User.objects.get_or_create(username=name, defaults={"full_name": name})[0]


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written is taken back: examples of one test start from the same journal."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def recorded(*new: events.Event, **more: object) -> services.Recorded:
    fields = {"acting": officer(), "recorded_at": NOW, **more}
    return services.record(events=new, **fields)  # type: ignore[arg-type]  # fields come by name


def counted(unit: str, households: int, on: str = "2019-12-01") -> events.Event:
    return story.counted(unit, on, households)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_projection_follows_whatever_is_recorded(data: st.DataObject) -> None:
    """Changes in any order, acts, corrections, annulments, duplicates: never a row that the journal does not say."""
    with rolled_back():
        recorded(*sound())
        for number in range(data.draw(st.integers(1, 6))):
            register = registers.register(registers.head())
            found = [event for _, event in register.source]
            day = data.draw(st.dates(dt.date(2018, 1, 2), dt.date(2020, 6, 1)))
            event = data.draw(steps(register, found, day, f"s{number}", controls=True))
            before = registers.head()
            try:
                recorded(event)
            except (UnableToFold, codec.UnableToReadEvent):
                assert registers.head() == before
                continue
            assert services.check_apparatus() == []


def test_the_chain_goes_on() -> None:
    recorded(counted("x1", 10), counted("x2", 11))
    rows = JournalEntry.objects.order_by("seq")
    entries = [
        Entry(row.seq, row.recorded_at, row.by, codec.from_json(row.payload), row.prev_hash, row.hash)
        for row in rows
    ]
    assert lines_of(entries).count("\n") == registers.head()[0]
    assert Journal(tuple(entries)).fold().units["x2"].measure("households", NOW.date()) == 11


def test_what_is_refused_leaves_nothing() -> None:
    before, kept = registers.head(), services.check_apparatus()
    with pytest.raises(UnableToFold) as refusal:
        recorded(counted("x1", 10), counted("không có", 1))
    assert refusal.value.rule == "unknown-unit"
    assert registers.head() == before
    assert services.check_apparatus() == kept == []


def test_a_register_others_read_stays_as_it_was() -> None:
    head = registers.head()
    register = registers.register(head)
    recorded(counted("x1", 10))
    assert registers.register(head) is register
    assert register.units["x1"].measure("households", NOW.date()) is None
    assert registers.register(registers.head()).units["x1"].measure("households", NOW.date()) == 10


def test_a_form_sent_twice_is_recorded_once() -> None:
    first = recorded(counted("x1", 10), once="k")
    again = recorded(counted("x1", 99), once="k")
    assert (again.first, again.last, again.again) == (first.first, first.last, True)
    assert registers.head()[0] == first.last
    assert Submission.objects.count() == 1


def test_anothers_form_is_another() -> None:
    first = recorded(counted("x1", 10), once="k")
    assert recorded(counted("x1", 11), once="k", acting=officer("canbo-2")).first == first.last + 1


def test_whoever_has_not_seen_the_last_entry_about_a_unit_is_told() -> None:
    seen = registers.head()
    theirs = recorded(counted("x1", 10), acting=officer("canbo-2"))
    with pytest.raises(services.UnableToRecordUnseen) as refusal:
        recorded(counted("x1", 11), seen=seen)
    assert refusal.value.seqs == (theirs.first,)
    recorded(counted("x1", 11), seen=refusal.value.head)


def test_others_entries_elsewhere_do_not_disturb() -> None:
    seen = registers.head()
    recorded(counted("x2", 10), acting=officer("canbo-2"))
    assert recorded(counted("x1", 11), seen=seen).again is False


def test_an_act_minds_entries_about_what_it_moves() -> None:
    """Absorbing a unit moves the units under it: an entry about one of those is shown, too."""
    seen = registers.head()
    recorded(counted("x2v3", 10), acting=officer("canbo-2"))
    act = story.absorbed("x1", ("x2",), "2019-12-05")
    with pytest.raises(services.UnableToRecordUnseen):
        recorded(act, seen=seen)


def test_the_moment_never_goes_back() -> None:
    last = JournalEntry.objects.order_by("-seq").first()
    assert last is not None
    recorded(counted("x1", 10), recorded_at=last.recorded_at - dt.timedelta(days=400))
    assert registers.head(last.recorded_at)[0] == last.seq + 1


def test_an_annulment_brings_back_what_was() -> None:
    before = registers.register(registers.head()).units["x1"].facts
    made = recorded(
        events.FactChanged(
            effective_on=story.day("2019-12-01"),
            citation=Citation("qd2"),
            unit="x1",
            fact="border",
            value="yes",
        )
    )
    recorded(
        events.Annulled(
            effective_on=story.day("2019-12-01"),
            citation=Citation("qd2"),
            targets=(made.first,),
            reason="nhầm",
        )
    )
    assert registers.register(registers.head()).units["x1"].facts == before
    assert Mention.objects.filter(unit="x1", seq__gte=made.first).count() == 2
    assert services.check_apparatus() == []


def test_effects_are_seen_without_writing() -> None:
    before = registers.head()
    act = story.absorbed("x1v3", ("x1v4",), "2020-01-01", signed_on=None)
    made = services.as_if([act])
    assert made.after.units["x1v4"].closed_on == story.day("2020-01-01")
    assert {"x1v3", "x1v4"} <= made.changed.told
    assert registers.head() == before
    assert made.before.units["x1v4"].closed_on is None


def test_one_line_of_the_audit_for_all_that_was_recorded() -> None:
    made = recorded(counted("x1", 10), counted("x2", 11), note="theo biên bản")
    [line] = AuditLine.objects.filter(kind="entries")
    assert (line.verb, line.what, line.place) == ("record", f"{made.first}-{made.last}", "x1")
    assert line.after == {"events": ["measure_recorded"], "note": "theo biên bản"}
