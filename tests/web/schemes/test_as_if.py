"""Any page of the register as if a scheme were in force: with its own band, and without touching a fact."""

from __future__ import annotations

import re

import pytest
import scheming
from django.test import Client

from tinhgon_web.apparatus import registers
from tinhgon_web.schemes import services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    scheming.set_the_scene()


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def scheme() -> int:
    made = scheming.started()
    scheming.planned(made)
    return made.pk


@pytest.mark.parametrize(
    "address",
    ["/bo-may/", "/bo-may/don-vi/x2/", "/bo-may/bang/?noi=x2", "/bo-may/ban-do/?noi=x2", "/so-ket/"],
)
def test_pages_carry_a_band_of_their_own_and_links_keep_it(client: Client, address: str) -> None:
    pk = scheme()
    mark = "&" if "?" in address else "?"
    text = client.get(f"{address}{mark}de-an={pk}").text
    assert 'class="band as-if"' in text
    assert "như đã có hiệu lực" in plain(text)
    assert f"de-an={pk}" in re.findall(r'href="(/bo-may/[^"]*)"', text)[0]
    assert 'class="band as-if"' not in client.get(address).text


def test_the_unit_shows_what_it_would_be(client: Client) -> None:
    pk = scheme()
    before, after = (client.get(f"/bo-may/don-vi/x2/{query}").text for query in ("", f"?de-an={pk}"))
    assert "/bo-may/don-vi/x2v1/" in before
    assert "/bo-may/don-vi/x2v1/" not in after
    gone = plain(client.get(f"/bo-may/don-vi/x2v1/?de-an={pk}").text)
    assert "chấm dứt" in gone
    assert "190" in plain(client.get(f"/bo-may/don-vi/x2v2/?de-an={pk}").text)


def test_edits_show_at_once_and_a_variant_has_an_address_of_its_own(client: Client) -> None:
    pk = scheme()
    services.edit(
        acting=scheming.drafter(), scheme=pk, number=1, change={"do": "move", "unit": "x2v3", "to": "x2v2"}
    )
    assert "/bo-may/don-vi/x2v3/" in client.get(f"/bo-may/don-vi/x2/?de-an={pk}").text
    assert "/bo-may/don-vi/x2v3/" not in client.get(f"/bo-may/don-vi/x2/?de-an={pk}-2").text
    services.undo(acting=scheming.drafter(), scheme=pk, number=2)
    assert "/bo-may/don-vi/x2v3/" in client.get(f"/bo-may/don-vi/x2/?de-an={pk}-2").text


def test_nothing_is_written_and_facts_stay_as_they_are(client: Client) -> None:
    pk, head = scheme(), registers.head()
    client.get(f"/bo-may/?de-an={pk}")
    assert registers.head() == head
    assert registers.register(head).units["x2v1"].closed_on is None


@pytest.mark.parametrize("code", ["999999", "x", "1-x", "-", "1-2-3", "9" * 40])
def test_a_scheme_that_is_none_shows_the_facts(client: Client, code: str) -> None:
    response = client.get(f"/bo-may/don-vi/x2/?de-an={code}")
    assert response.status_code == 200
    assert 'class="band as-if"' not in response.text
    assert "/bo-may/don-vi/x2v1/" in response.text


def test_a_scheme_in_force_is_a_fact_and_no_overlay(client: Client) -> None:
    pk = scheming.enacted().pk
    text = client.get(f"/bo-may/don-vi/x2/?de-an={pk}").text
    assert 'class="band as-if"' not in text
    assert "/bo-may/don-vi/x2v1/" not in text


def test_figures_are_shown_as_forecast(client: Client) -> None:
    pk = scheme()
    facts, forecast = (client.get(f"/so-ket/{query}").text for query in ("", f"?de-an={pk}"))
    tile = r'<a class="tile (\w+)[^>]*data-code="village_part_time"'
    assert re.findall(tile, facts) == ["result"]
    assert re.findall(tile, forecast) == ["forecast"]
