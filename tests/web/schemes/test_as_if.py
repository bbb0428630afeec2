"""Any page of the register as if a scheme were in force: with its own band, and without touching a fact."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
import scheming
from django.test import Client

from tinhgon_web.apparatus import registers
from tinhgon_web.reports.models import Frozen
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
    [
        "/bo-may/",
        "/bo-may/don-vi/x2/",
        "/bo-may/bang/?noi=x2",
        "/bo-may/ban-do/?noi=x2",
        "/bo-may/so-do/?goc=x2",
        "/bo-may/so-sanh/?noi=x2",
        "/so-ket/",
        "/so-ket/village_part_time/",
        "/tong-quan/",
        "/tong-quan/thon/",
    ],
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


def test_the_history_of_a_unit_tells_of_the_plan_as_a_plan(client: Client) -> None:
    pk = scheme()
    text = plain(client.get(f"/bo-may/don-vi/x2v1/?de-an={pk}").text)
    assert "dự kiến Đề án thử" in text
    assert "chip forecast" not in client.get("/bo-may/don-vi/x2v1/").text


def test_two_days_compared_show_the_plan_s_acts_apart(client: Client) -> None:
    pk = scheme()
    facts, plan = (client.get(f"/bo-may/so-sanh/?noi=x2{more}").text for more in ("", f"&de-an={pk}"))
    assert "chip forecast" not in facts
    assert "dự kiến Đề án thử" in plain(plan)
    assert f"/bo-may/nhat-ky/{registers.head()[0] + 1}/" not in plan


def test_the_board_counts_the_plan_as_forecast_and_keeps_nothing_of_it(client: Client) -> None:
    pk, kept = scheme(), Frozen.objects.count()
    forecast = client.get(f"/tong-quan/?de-an={pk}").text
    assert Frozen.objects.count() == kept
    facts = client.get("/tong-quan/").text
    swatch = r'class="swatch (\w+)" aria-hidden="true"></span><span>'
    assert "result" in re.findall(swatch, facts)
    assert "result" not in re.findall(swatch, forecast)
    assert '<body class="as-if">' in forecast


FILES = (
    "so-ket/village_part_time.csv",
    "tong-quan/thon.csv",
    "bo-may/bang/don-vi.xlsx",
    "bo-may/so-sanh/so-sanh.xlsx",
    "bo-may/so-do/so-do.svg",
)


@pytest.mark.parametrize("address", FILES)
def test_what_is_taken_away_says_that_it_is_a_forecast(client: Client, address: str) -> None:
    response = client.get(f"/{address}?de-an={scheme()}")
    assert 'filename="du-kien-' in response.headers["Content-Disposition"]
    if address.endswith("xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
        said = " ".join(str(row[0]) for row in sheet.iter_rows(max_row=8, values_only=True))
    else:
        said = response.content.decode()
    assert "DỰ KIẾN, CHƯA PHẢI SỰ THẬT: như đã có hiệu lực: Đề án thử" in said
    assert "du-kien" not in client.get(f"/{address}").headers["Content-Disposition"]


@pytest.mark.parametrize("address", ["/bo-may/nhat-ky/", "/bo-may/tim/?q=th"])
def test_pages_of_facts_stay_pages_of_facts(client: Client, address: str) -> None:
    mark = "&" if "?" in address else "?"
    text = client.get(f"{address}{mark}de-an={scheme()}").text
    assert 'class="band as-if"' not in text
    assert "de-an=" not in "".join(re.findall(r'href="(/bo-may/don-vi/[^"]*)"', text))


@pytest.mark.parametrize("address", ["/bo-may/", "/tong-quan/", "/so-ket/", "/bo-may/ban-do/du-lieu.json"])
def test_a_scheme_one_may_not_see_is_laid_over_nothing(
    client_as: Callable[..., Client], address: str
) -> None:
    pk, other = scheme(), client_as("viewer", "x1")
    assert other.get(f"/de-an/{pk}/").status_code == 403
    assert other.get(f"{address}?de-an={pk}").status_code == 403
    assert client_as("viewer", "x2").get(f"/bo-may/?de-an={pk}").status_code == 200


def test_another_edit_in_the_place_of_one_undone_is_seen(client: Client) -> None:
    pk = scheme()

    def move(unit: str, number: int) -> None:
        change = {"do": "move", "unit": unit, "to": "x2v2"}
        services.edit(acting=scheming.drafter(), scheme=pk, number=number, change=change)

    move("x2v3", 1)
    assert "/bo-may/don-vi/x2v3/" not in client.get(f"/bo-may/don-vi/x2/?de-an={pk}-2").text
    services.undo(acting=scheming.drafter(), scheme=pk, number=2)
    move("x2v4", 2)
    text = client.get(f"/bo-may/don-vi/x2/?de-an={pk}-2").text
    assert "/bo-may/don-vi/x2v3/" in text
    assert "/bo-may/don-vi/x2v4/" not in text


def test_figures_are_shown_as_forecast(client: Client) -> None:
    pk = scheme()
    facts, forecast = (client.get(f"/so-ket/{query}").text for query in ("", f"?de-an={pk}"))
    tile = r'<a class="tile (\w+)[^>]*data-code="village_part_time"'
    assert re.findall(tile, facts) == ["result"]
    assert re.findall(tile, forecast) == ["forecast"]
