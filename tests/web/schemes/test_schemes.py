"""A scheme from the first day to the last, and everything that is refused on the way."""

from __future__ import annotations

import datetime as dt

import pytest
import scheming
import story
from django.db import transaction
from django.test import Client
from scheming import START, approver, drafter

from tinhgon.figures import figures
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook
from tinhgon.schemes import UnableToEdit
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus import services as apparatus
from tinhgon_web.core.models import AuditLine
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors import shortage
from tinhgon_web.schemes.selectors.variants import grouping, judge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    scheming.set_the_scene()


def register() -> Register:
    return registers.register(registers.head())


def test_the_units_of_a_place_fall_into_three_bands() -> None:
    bands = {
        band.code: [row.unit.id for row in band.rows]
        for band in shortage.bands(register(), "village", "x2", START)
    }
    assert bands == {"must": ["x2v1"], "may": [], "meets": ["x2v3", "x2v4", "x2v2"]}


def test_the_planner_s_answer_is_kept_with_its_proof() -> None:
    variant = scheming.planned(scheming.started())
    found = judge(variant.scheme, variant)
    assert [(group.members, group.seat) for group in found.groups.groups] == [(("x2v1", "x2v2"), "x2v2")]
    assert found.is_proven
    assert found.is_lawful
    assert variant.certificate["version"]
    assert Scheme.objects.get(pk=variant.scheme_id).chosen == variant


def test_what_a_variant_frees_is_counted_from_the_register() -> None:
    variant = scheming.planned(scheming.started())
    effects = judge(variant.scheme, variant).effects
    assert (effects.units_before, effects.units_after) == (4, 3)
    assert effects.renamed_residents == 40
    assert (effects.leaders_freed, effects.part_time_freed, effects.people_released) == (1, 1, 1)
    assert effects.multiples_saved == 5  # two villages of a border commune had 5 each, one has 5
    assert effects.allowance_saved == 5 * 1_490_000
    assert not effects.verified


def test_an_exception_leaves_a_unit_alone_and_needs_its_evidence() -> None:
    scheme = scheming.started()
    pdf = b"%PDF-1.4 ..."
    asked = {
        "acting": drafter(),
        "scheme": scheme.pk,
        "unit": "x2v1",
        "reason": "terrain",
        "note": "Suối chia cắt",
    }
    with pytest.raises(Exception, match="evidence"):
        services.add_factor(**asked, evidence=b"<html>", name="a.pdf")
    services.add_factor(**asked, evidence=pdf, name="a.pdf")
    variant = scheming.planned(scheme)
    assert grouping(variant).groups == ()
    assert {one["unit"]: one["reason"] for one in variant.violations}["x2v1"] == "alone"


def test_edits_are_held_against_the_best_at_once_and_undone_one_by_one() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    copy = services.edit(
        acting=drafter(), scheme=scheme.pk, number=1, change={"do": "move", "unit": "x2v3", "to": "x2v2"}
    )
    assert copy.number == 2

    def now() -> object:
        row = scheme.variants.get(number=2)
        found = judge(scheme, row)
        return [group.members for group in found.groups.groups], found.distance["abolished"]

    assert now() == ([("x2v1", "x2v2", "x2v3")], 1.0)
    services.undo(acting=drafter(), scheme=scheme.pk, number=2)
    assert now() == ([("x2v1", "x2v2")], 0.0)
    services.redo(acting=drafter(), scheme=scheme.pk, number=2)
    assert now() == ([("x2v1", "x2v2", "x2v3")], 1.0)
    with pytest.raises(services.UnableToUndo):
        services.redo(acting=drafter(), scheme=scheme.pk, number=2)
    with pytest.raises(UnableToEdit):
        services.edit(
            acting=drafter(), scheme=scheme.pk, number=2, change={"do": "move", "unit": "x1v1", "to": "x2v2"}
        )


def test_units_that_do_not_touch_and_names_twice_are_said_and_stop_the_draft() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    services.edit(
        acting=drafter(), scheme=scheme.pk, number=1, change={"do": "move", "unit": "x2v4", "to": "x2v2"}
    )
    services.edit(
        acting=drafter(), scheme=scheme.pk, number=2, change={"do": "name", "unit": "x2v2", "name": "thôn  3"}
    )
    found = judge(scheme, scheme.variants.get(number=2))
    assert "Thôn 1, Thôn 2, Thôn 4: không liền kề nhau" in found.faults[0][0]
    assert found.names[0].name == "thôn 3"
    services.choose(acting=drafter(), scheme=scheme.pk, number=2)
    with pytest.raises(services.UnableToMove, match="hang together"):
        services.take_step(acting=drafter(), scheme=scheme.pk, step="draft", on=START, papers={"scheme": "a"})


def test_from_draft_to_force_the_register_changes_by_what_the_scheme_said() -> None:
    scheme = scheming.started()
    variant = scheming.planned(scheme)
    said = judge(scheme, variant).effects
    law = Rulebook.load()

    def count(code: str) -> float:
        [figure] = figures(register(), law, story.START, story.END, [code])
        return figure.value

    before = {code: count(code) for code in ("village_part_time", "villages_obliged", "villages_forecast")}
    on = scheming.through(scheme, "decision")
    services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    assert count("village_part_time") - before["village_part_time"] == -said.part_time_freed
    assert not register().units["x2v1"].is_open(dt.date(2019, 10, 1))
    assert register().units["x2v1"].is_open(dt.date(2019, 9, 30))
    assert register().units["x2v2"].measure("households", story.END) == 190
    head = next(post for post in register().posts_on("x2v2", story.END) if post.role == "head")
    holding = head.holder(story.END)
    assert holding is not None
    assert holding.person == "người-x2v2-0"
    assert apparatus.check_apparatus() == []
    proposal = register().proposals["da-1"]
    assert proposal.done_on == dt.date(2019, 10, 1)  # the proposal that waited for these two is carried out


def test_a_new_unit_is_established_on_units_that_all_cease(client: Client) -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    before = {one.code: one.value for one in figures(register(), Rulebook.load(), story.START, story.END)}
    for change in (
        {"do": "form", "unit": "x2v2", "form": "new"},
        {"do": "name", "unit": "x2v2", "name": "Thôn Mới"},
    ):
        made = services.edit(
            acting=drafter(), scheme=scheme.pk, number=scheme.variants.count(), change=change
        )
    services.choose(acting=drafter(), scheme=scheme.pk, number=made.number)
    assert "thành lập mới" in client.get(f"/de-an/{scheme.pk}/phuong-an/{made.number}/").text
    new = f"s{scheme.pk}-new-x2v2"
    as_if = client.get(f"/bo-may/don-vi/{new}/?de-an={scheme.pk}")
    assert (as_if.status_code, "Thôn Mới" in as_if.text) == (200, True)
    head = register().posts_on("x2v2", START)[0].holder(START)
    on = scheming.through(scheme, "decision")
    services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    day, now = dt.date(2019, 10, 1), register()
    assert [unit.name(day) for unit in now.units_on(day, under="x2")].count("Thôn Mới") == 1
    assert not any(now.units[unit].is_open(day) for unit in ("x2v1", "x2v2"))
    unit = now.units[new]
    assert (unit.parent(day), unit.kind(day)) == ("x2", now.units["x2v2"].kind(START))
    assert unit.measure("households", day) == 190
    assert {flow.source for flow in now.flows_to[new]} == {"x2v1", "x2v2"}
    holders = [post.holder(day) for post in now.posts_on(new, day)]
    assert head is not None
    assert head.person in {one.person for one in holders if one}
    after = {one.code: one.value for one in figures(now, Rulebook.load(), story.START, story.END)}
    assert after["village_part_time"] - before["village_part_time"] == -1
    public = client.get("/tra-cuu/?q=thon+2,+xa+dak+2").text
    assert "Thôn Mới" in public
    services.annul(
        acting=approver(), scheme=scheme.pk, document="qd2", clause="Điều 1", on=day, reason="Sai thẩm quyền"
    )
    assert apparatus.check_apparatus() == []
    assert new not in register().units
    assert register().units["x2v2"].is_open(day)


def test_what_is_left_over_is_listed_and_looked_after() -> None:
    scheme = scheming.enacted()
    left = {(row.sort, row.person or row.name) for row in scheme.left_over.all()}
    assert left == {("person", "người-x2v1-0"), ("premises", "Thôn 1"), ("records", "Thôn 1")}
    item = scheme.left_over.get(sort="premises")
    services.look_after(
        acting=drafter(), item=item.pk, owner="UBND xã", year=2020, plan="Làm nhà trẻ", status="under_way"
    )
    item.refresh_from_db()
    assert (item.owner, item.year, item.status) == ("UBND xã", 2020, "under_way")
    assert AuditLine.objects.filter(verb="look after", place="x2").exists()


def test_a_head_takes_up_a_post_that_stands_empty_and_others_where_the_list_says() -> None:
    scheme = scheming.started()
    variant = scheming.planned(scheme)
    services.edit(
        acting=drafter(), scheme=scheme.pk, number=1, change={"do": "move", "unit": "x2v3", "to": "x2v4"}
    )
    services.edit(acting=drafter(), scheme=scheme.pk, number=2, change={"do": "seat", "unit": "x2v4"})
    services.choose(acting=drafter(), scheme=scheme.pk, number=2)
    services.place(
        acting=drafter(),
        scheme=scheme.pk,
        placements={"posts": {"x2v1-1": "x2v2"}, "holders": {}, "children": {}},
    )
    on = scheming.through(scheme, "decision")
    services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    head = register().posts["x2v4-0"].holder(story.END)
    assert head is not None
    assert head.person == "người-x2v3-0"  # x2v4 had no head: the one of x2v3 takes its post by default
    assert register().posts["x2v1-1"].unit.at(story.END) == "x2v2"
    assert variant.number == 1


def test_a_scheme_is_annulled_whole_and_the_register_is_as_before() -> None:
    before = {
        unit.id: (unit.closed_on, unit.measure("households", story.END)) for unit in register().units.values()
    }
    scheme = scheming.enacted()
    services.annul(
        acting=approver(),
        scheme=scheme.pk,
        document="qd2",
        clause="Điều 3",
        on=dt.date(2019, 10, 5),
        reason="Trái luật",
    )
    after = {
        unit.id: (unit.closed_on, unit.measure("households", story.END)) for unit in register().units.values()
    }
    assert after == before
    assert apparatus.check_apparatus() == []
    scheme.refresh_from_db()
    assert scheme.state == "annulled"
    assert not scheme.left_over.exists()
    with pytest.raises(services.UnableToChange):
        services.annul(acting=approver(), scheme=scheme.pk, document="qd2", clause="", on=START, reason="nữa")


def test_a_returned_scheme_keeps_its_version_and_reason_and_can_be_changed() -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "commune_council")
    with pytest.raises(services.UnableToChange):
        scheming.planned(scheme)
    clerk = scheming.drafter()
    services.send_back(acting=clerk, scheme=scheme.pk, step="draft", on=story.END, reason="Thiếu bản đồ")
    scheme.refresh_from_db()
    assert (scheme.state, scheme.version) == ("drafting", 2)
    kept = scheme.versions.get()
    assert (kept.version, kept.reason, kept.by) == (1, "Thiếu bản đồ", clerk)
    assert kept.groups[0]["members"] == ["x2v1", "x2v2"]
    assert not scheme.touched.exists()
    scheming.planned(scheme)


def test_a_failure_while_enacting_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    from tinhgon_web.schemes.services import enacting

    scheme = scheming.started()
    scheming.planned(scheme)
    on = scheming.through(scheme, "decision")
    head = registers.head()

    def fail(*args: object, **fields: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(enacting, "write_move", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.enact(acting=approver(), scheme=scheme.pk, signed=scheming.signed(on))
    scheme.refresh_from_db()
    assert (registers.head(), scheme.state, scheme.left_over.count()) == (head, "under_way", 0)
    assert apparatus.check_apparatus() == []
