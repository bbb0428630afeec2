"""The leader's screen: its numbers are the engine's, they open onto lists, and a place sees its own."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import story
from django.test import Client
from test_pages import plain

from tinhgon.figures import CATALOGUE, UnableToFindPlace, figures, village_findings
from tinhgon.registry.folder import RegisterFolder
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import services as apparatus
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.models import User
from tinhgon_web.documents.models import Document
from tinhgon_web.reports.board import frozen, selectors
from tinhgon_web.reports.board.ahead import measure_ahead
from tinhgon_web.reports.models import Frozen
from tinhgon_web.work import services
from tinhgon_web.work.models import Programme, Target

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(place: str = "", on: str = "2019-10-09") -> selectors.Page:
    return selectors.page(asof=AsOf(on=story.day(on), today=story.END), place=place)


def test_each_target_stands_beside_the_engine_s_figure(folder: RegisterFolder) -> None:
    aims = page().aims
    codes = [aim.indicator.code for aim in aims]
    assert codes == ["divisions", "public_service_units", "villages_unsettled", "villages_forecast"]
    for figure, aim in zip(
        figures(folder.register(), Rulebook.load(), story.START, story.END, codes), aims, strict=True
    ):
        assert aim.number["value"] == figure.value, figure.code


def test_a_target_is_reached_on_time_behind_or_missed() -> None:
    states = {aim.indicator.code: aim.progress.state.value for aim in page().aims}
    assert states["divisions"] == "reached"
    assert states["public_service_units"] == "reached"
    assert states["villages_forecast"] == "reached"
    early = {aim.indicator.code: aim.progress for aim in page(on="2018-05-01").aims}
    assert early["divisions"].state.value == "behind"
    assert early["divisions"].share == 0
    assert early["divisions"].elapsed > 0
    missed = {aim.indicator.code: aim.progress.state.value for aim in page("x2", "2020-01-01").aims}
    assert missed == {"commune_part_time": "missed"}


def test_the_screen_says_how_far_each_target_is(client: Client) -> None:
    text = plain(client.get("/tong-quan/").text)
    assert "Tỉnh Mẫu" in text
    assert "chỉ tiêu −1 100 %" in text
    assert "đã đạt" in text
    assert "chỉ tiêu giả định để minh họa" in text


def test_without_a_programme_the_figures_stand_alone(client: Client) -> None:
    Programme.objects.all().delete()
    text = plain(client.get("/tong-quan/").text)
    assert "So với chương trình" not in text
    assert "Số liệu chưa có chỉ tiêu" in text


def test_villages_are_counted_by_band_and_by_what_becomes_of_them(folder: RegisterFolder) -> None:
    on = story.day("2019-02-28")
    total = page(on="2019-02-28").board["total"]
    bands = Counter(found.finding.band for found in village_findings(folder.register(), Rulebook.load(), on))
    assert bands["must"] == 2
    assert {band: total[band] for band in ("must", "may", "meets")} == {  # type: ignore[literal-required]  # the bands
        band: bands[band] for band in ("must", "may", "meets")
    }
    assert total["obliged"] == total["done"] + total["planned"] + total["left"]
    assert [part.area["unit"] for part in page(on="2019-02-28").areas] == ["h"]
    assert sum(area["villages"] for area in page(on="2019-02-28").board["communes"]) == total["villages"]


def test_a_village_merged_while_it_was_obliged_counts_as_merged() -> None:
    assert page(on="2019-02-28").board["total"]["done"] == 0
    assert page(on="2019-03-01").board["total"]["done"] == 1


def test_a_number_opens_its_list_and_the_list_its_units(client: Client) -> None:
    panel = client.get("/tong-quan/thon/?muc=may", headers=HTMX).text
    assert "<html" not in panel
    assert "/bo-may/don-vi/x2v1/" in panel
    whole = client.get("/tong-quan/thon/?muc=may").text
    assert "<html" in whole
    for name in ("cho", "dia-ban", "chi-tieu"):
        assert client.get(f"/tong-quan/{name}/").status_code == 200, name
    assert "202/QĐ-UBND" in client.get("/tong-quan/cho/").text


def test_a_proposal_another_decision_overtook_waits_no_more_and_is_shown_with_that_decision(
    client: Client,
) -> None:
    """The story proposes to join x2v1 and x2v2; here x2v3 takes in x2v2 by another decision."""
    assert page(on="2019-10-08").waiting
    other = story.absorbed("x2v3", ("x2v2",), "2019-10-09", signed_on=story.day("2019-10-01"))
    who = User.objects.get_or_create(username="canbo-1")[0]
    apparatus.record(acting=who, events=[other], recorded_at=story.moment("2026-11-24"))
    now = page()
    assert not now.waiting
    [row] = now.overtaken
    assert (row.document, row.decision) == (Document.objects.get(id="qd2"), Document.objects.get(id="qd1"))
    assert (row.on, row.overtaken["clause"]) == (story.END, "Điều 1")
    assert "1 đề xuất đã có quyết định khác thay thế" in client.get("/tong-quan/").text
    unit = plain(client.get("/bo-may/don-vi/x2v1/").text)
    assert "đã có quyết định khác thay thế" in unit
    assert "theo 101/QĐ-UBND, Điều 1" in unit


def test_a_list_or_part_nobody_knows_is_not_found(client: Client) -> None:
    for address in ("khong-co/", "thon/?muc=xyz", "mo-hinh/?muc=xyz", "?noi=khong-co"):
        assert client.get(f"/tong-quan/{address}").status_code == 404, address


def test_a_list_is_exported(client: Client) -> None:
    text = client.get("/tong-quan/thon.csv?muc=may").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Thôn, tổ dân phố", "Xã", "Số hộ"]
    assert [row[0] for row in rows[1:]] == ["Thôn 1"]


def test_a_reader_of_a_commune_sees_the_commune_and_nothing_else(
    client_as: Callable[..., Client],
) -> None:
    reader = client_as("leader", "x1")
    assert "Xã Đắk 1" in reader.get("/tong-quan/").text
    assert reader.get("/tong-quan/?noi=x2").status_code == 403
    assert reader.get("/tong-quan/thon/?muc=must&noi=h").status_code == 403
    assert reader.get("/so-ket/divisions/?noi=h").status_code == 403
    assert "x2v" not in reader.get("/tong-quan/thon.csv?muc=must").text


def test_figures_of_a_place_are_the_place_s(client: Client, folder: RegisterFolder) -> None:
    [figure] = figures(
        folder.register(), Rulebook.load(), story.START, story.END, ["commune_part_time"], "x2"
    )
    text = client.get("/so-ket/commune_part_time/?noi=x2").text
    assert figure.value == -1
    for counted in figure.trace:
        assert f'id="dong-{counted.seq}"' in text
    assert "noi=x2" in text


def test_both_days_are_obeyed() -> None:
    then = selectors.page(
        asof=AsOf(on=story.END, today=story.END, known_on=story.day("2019-10-09")), place=""
    )
    now = page()
    code = "commune_part_time"
    start = story.START.isoformat()
    assert then.board["figures"][start][code]["value"] == -1
    assert now.board["figures"][start][code]["value"] == -2


def test_what_was_measured_is_kept_and_read_back_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen, "_held", frozen.registers.Kept(4))
    asof = AsOf(on=story.day("2019-07-07"), today=story.END)
    first = selectors.measured(asof=asof, place="")
    assert Frozen.objects.count() == 1
    monkeypatch.setattr(frozen, "_held", frozen.registers.Kept(4))
    monkeypatch.setattr(selectors, "measure", None)  # a second measurement would fail
    again = selectors.measured(asof=asof, place="")
    assert again == json.loads(json.dumps(first))
    assert set(again["figures"][story.START.isoformat()]) == set(CATALOGUE)


def test_the_oldest_measurements_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen, "MOST", 2)
    for number in range(4):
        frozen.get(f"forgotten-{number}", dict)
    assert list(Frozen.objects.values_list("key", flat=True)) == ["forgotten-2", "forgotten-3"]


def test_screens_are_measured_ahead() -> None:
    assert measure_ahead(story.day("2019-08-08")) == 3


def test_a_place_nobody_knows_is_refused() -> None:
    with pytest.raises(UnableToFindPlace):
        page("khong-co")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("document: ctr26", "document: khong-co"),
        ("indicator: divisions", "indicator: x"),
        ("at_most: -2", "to: -2"),
    ],
)
def test_a_file_of_programmes_with_a_fault_is_refused_whole(tmp_path: Path, old: str, new: str) -> None:
    before = Target.objects.count()
    programme = tmp_path / "programmes.yaml"
    programme.write_text(story.PROGRAMMES.replace(old, new), encoding="utf-8")
    with pytest.raises(services.UnableToLoadProgrammes):
        services.load_programmes(path=programme)
    assert Target.objects.count() == before


def test_the_review_shows_the_target_of_its_window_and_no_other(client: Client) -> None:
    assert "chỉ tiêu −1 100 %" in plain(client.get("/so-ket/?tu=2018-03-08").text)
    assert "chỉ tiêu −1" not in plain(client.get("/so-ket/?tu=2018-03-09").text)


def test_what_is_recorded_has_the_screens_measured_again(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> None:
    from tinhgon_web.apparatus.services.recording import record

    user = User.objects.create(username="ghi-so")
    before = set(Frozen.objects.values_list("key", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        record(
            acting=user,
            events=[story.counted("x1v3", "2019-10-01", 30)],
            recorded_at=story.moment("2019-12-01"),
        )
    made = Frozen.objects.exclude(key__in=before)
    assert made.count() == 3
    asked = selectors.measured(asof=AsOf(on=story.END, today=story.END), place="")
    assert asked["total"]["unmeasured"] == 2
