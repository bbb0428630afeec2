"""What the database itself refuses, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, models, transaction

from tinhgon_web.apparatus import guards
from tinhgon_web.apparatus.models import FactSpan, HoldingSpan, JournalEntry, PostSpan, UnitSpan

pytestmark = pytest.mark.django_db


def refused() -> object:
    """Expect a refusal, inside a savepoint so that the test can go on."""
    return pytest.raises(IntegrityError)


def test_an_entry_cannot_be_changed() -> None:
    with refused(), transaction.atomic():
        JournalEntry.objects.filter(seq=3).update(by="ai đó")


def test_an_entry_cannot_be_deleted() -> None:
    with refused(), transaction.atomic():
        JournalEntry.objects.filter(seq=3).delete()


@pytest.mark.parametrize("wrong", ["seq", "prev_hash"])
def test_only_the_next_link_of_the_chain_is_taken(wrong: str) -> None:
    last = JournalEntry.objects.latest("seq")
    fields = {"seq": last.seq + 1, "prev_hash": last.hash, "hash": "f" * 64}
    fields |= {"seq": last.seq + 2} if wrong == "seq" else {"prev_hash": "e" * 64}
    with refused(), transaction.atomic():
        JournalEntry.objects.create(**blank(), **fields)


def test_the_next_link_is_taken() -> None:
    last = JournalEntry.objects.latest("seq")
    JournalEntry.objects.create(**blank(), seq=last.seq + 1, prev_hash=last.hash, hash="f" * 64)
    assert JournalEntry.objects.latest("seq").seq == last.seq + 1


def blank() -> dict[str, object]:
    return {
        "kind": "claim_made",
        "effective_on": dt.date(2020, 1, 1),
        "recorded_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        "by": "x",
        "payload": {},
    }


@pytest.mark.parametrize("model", [UnitSpan, FactSpan, PostSpan, HoldingSpan])
def test_spans_of_one_thing_do_not_overlap(model: type[models.Model]) -> None:
    span = model._default_manager.order_by("id").first()
    assert span is not None
    span.pk, span.start = None, span.start + dt.timedelta(days=1)  # type: ignore[attr-defined]  # every span's
    with refused(), transaction.atomic():
        span.save(force_insert=True)


def test_a_span_may_begin_on_the_day_another_ends() -> None:
    span = UnitSpan.objects.filter(end=None).first()
    assert span is not None
    middle = span.start + dt.timedelta(days=400)
    UnitSpan.objects.filter(pk=span.pk).update(end=middle)
    span.pk, span.start = None, middle
    span.save(force_insert=True)
    assert UnitSpan.objects.filter(unit=span.unit, start=middle).exists()


def test_an_update_cannot_make_spans_overlap() -> None:
    span = UnitSpan.objects.exclude(end=None).first()
    assert span is not None
    rest = UnitSpan.objects.filter(unit=span.unit, start=span.end)
    if not rest.exists():
        span.pk, span.start, before = None, span.end, span.pk
        span.end = None
        span.save(force_insert=True)
        span.pk = before
    with refused(), transaction.atomic():
        UnitSpan.objects.filter(pk=span.pk).update(end=None)


@pytest.mark.parametrize("model", [UnitSpan, FactSpan, PostSpan, HoldingSpan])
def test_a_span_ends_after_it_starts(model: type[models.Model]) -> None:
    span = model._default_manager.filter(end=None).first()
    assert span is not None
    with refused(), transaction.atomic():
        model._default_manager.filter(pk=span.pk).update(end=models.F("start"))


def test_every_guard_is_there() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger UNION SELECT conname FROM pg_constraint")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    for table in guards.NO_OVERLAP:
        assert any(name.startswith(f"{table}_no_overlap") for name in there), table
    assert "journal_chain" in there
    wanted = {"journal_append_only", "journal_no_truncate"}
    assert (
        wanted if connection.vendor == "postgresql" else {"journal_no_UPDATE", "journal_no_DELETE"}
    ) <= there
