"""The projection says what the engine says, on any day, and tampering with it is found."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
import story
from django.core.management import CommandError, call_command
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers, services
from tinhgon_web.apparatus.models import FactSpan, HoldingSpan, Mention, PostSpan, UnitSpan
from tinhgon_web.apparatus.selectors.folded import FoldedReader
from tinhgon_web.apparatus.selectors.projected import ProjectedReader
from tinhgon_web.apparatus.selectors.reader import HIERARCHIES, Reader

pytestmark = pytest.mark.django_db
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2021, 1, 1))
# The database is only read: examples may share the test's transaction.
READS = settings(max_examples=40)


def assert_same(reader: Reader, register: Register, on: dt.date) -> None:
    """Everything a reader can say about the units of a day equals the engine's answer."""
    everybody = list(register.units)
    is_open = {unit.id: unit for unit in register.units_on(on)}
    assert sum(reader.kind_counts().values()) == len(is_open)
    for hierarchy in HIERARCHIES:
        below = reader.children(everybody, hierarchy)
        for id_ in everybody:
            expected = {unit.id for unit in register.children(id_, on, hierarchy)}
            assert {row.unit for row in below[id_]} == expected
        for row in (row for rows in below.values() for row in rows):
            assert (row.name, row.below) == (register.units[row.unit].name(on), len(below[row.unit]))
    for id_, row in reader.units(everybody).items():
        unit = register.units[id_]
        if id_ in is_open:
            assert (row.name, row.kind, row.code) == (unit.name(on), unit.kind(on), unit.code(on))
            held = {fact.fact: fact.value for fact in reader.facts(id_) if fact.covers(on)}
            assert {name: held.get(f"measure:{name}") for name in unit.measures} == {
                name: unit.measure(name, on) for name in unit.measures
            }
        assert row.is_open(on) == unit.is_open(on)
        posts = register.posts_on(id_, on)
        assert {post.post for post in reader.posts(id_)} == {post.id for post in posts}
        holders = {post.id: holder.person for post in posts if (holder := post.holder(on))}
        assert {
            post: row.person for post, row in reader.holdings(post.id for post in posts).items()
        } == holders


@READS
@given(on=DAYS)
def test_the_projection_equals_the_engine(on: dt.date) -> None:
    assert_same(ProjectedReader(on), registers.register(registers.head()), on)


@READS
@given(on=DAYS, known=st.dates(dt.date(2016, 1, 1), dt.date(2019, 12, 31)))
def test_what_was_known_equals_the_engine(on: dt.date, known: dt.date) -> None:
    head = registers.head(dt.datetime.combine(known, dt.time.max, tzinfo=dt.UTC))
    assert_same(FoldedReader(on, head), registers.register(head), on)


@READS
@given(on=DAYS)
def test_both_readers_give_the_same_rows(on: dt.date) -> None:
    one, other = ProjectedReader(on), FoldedReader(on, registers.head())
    units = list(registers.register(registers.head()).units)
    assert one.periods(units) == other.periods(units)
    for hierarchy in HIERARCHIES:
        assert one.tops(hierarchy) == other.tops(hierarchy)
        assert one.children(units, hierarchy) == other.children(units, hierarchy)
    for words in (["thon"], ["dak"], ["thon", "1"], ["24601"], ["khong co"]):
        assert one.search(words, 10) == other.search(words, 10)
    for unit in units:
        assert one.facts(unit) == other.facts(unit)
        assert one.mentions(unit) == other.mentions(unit)
        assert one.posts(unit) == other.posts(unit)


def test_the_party_has_its_own_tree() -> None:
    reader = ProjectedReader(story.START)
    [top] = reader.tops(kinds.PARTY)
    assert top.unit == "tu"
    assert [row.unit for row in reader.children(["tu"], kinds.PARTY)["tu"]] == ["hu"]


def check() -> str:
    out = StringIO()
    call_command("rebuild_apparatus", "--check", stdout=out, stderr=out)
    return out.getvalue()


def test_an_honest_projection_passes_the_check() -> None:
    assert "what the journal says" in check()


@pytest.mark.parametrize("model", [UnitSpan, FactSpan, PostSpan, HoldingSpan, Mention])
def test_a_deleted_row_is_found(model: type[models.Model]) -> None:
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    row.delete()
    [difference] = services.check_apparatus()
    assert difference.missing
    with pytest.raises(CommandError, match="differs from the journal in 1 rows"):
        check()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (UnitSpan, {"name": "Tên sửa tay"}),
        (UnitSpan, {"folded": "x"}),
        (FactSpan, {"value": "sửa tay"}),
        (PostSpan, {"role": "deputy"}),
        (HoldingSpan, {"person": "người khác"}),
    ],
)
def test_a_changed_row_is_found(model: type[models.Model], change: dict[str, str]) -> None:
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    model._default_manager.filter(pk=row.pk).update(**change)
    assert {difference.missing for difference in services.check_apparatus()} == {True, False}


def test_an_added_row_is_found() -> None:
    Mention.objects.create(unit="x1", seq=1)
    assert [difference.missing for difference in services.check_apparatus()] == [False]


def test_rebuilding_mends_it() -> None:
    UnitSpan.objects.filter(unit="x1").delete()
    HoldingSpan.objects.all().delete()
    assert services.check_apparatus() != []
    services.rebuild_apparatus()
    assert services.check_apparatus() == []
