"""The bands of a whole register are kept: after each entry they are what holding every unit anew would give."""

from __future__ import annotations

import datetime as dt

import pytest
import story
from django.test import Client

from tinhgon.figures import findings_of
from tinhgon_web.apparatus import bands, registers
from tinhgon_web.apparatus.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", [dt.date(2019, 3, 1), story.END])
def test_what_is_kept_follows_the_journal(on: dt.date) -> None:
    seen = set()
    for head in JournalEntry.objects.order_by("seq").values_list("seq", "hash"):
        register = registers.register(head)
        kept = bands.bands_of(register, head, on)
        every = findings_of(register, bands.LAW, on, register.units.values())
        assert kept == {one.unit.id: one.finding.band for one in every}, head
        seen |= set(kept.values())
    assert seen >= {"must", "may", "meets"}


def test_a_place_alone_is_held_against_the_standards(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    hold = bands.findings_of
    monkeypatch.setattr(bands, "_all", registers.Kept(6))
    monkeypatch.setattr(
        bands,
        "findings_of",
        lambda register, on, units: asked.append(len(list(units))) or hold(register, on, units),
    )
    text = client.get("/bo-may/bang/?muc=nua&muc=dat&noi=x1").text
    assert 0 < asked[0] < len(registers.register(registers.head()).units)
    assert text.count("<tr") > 1
