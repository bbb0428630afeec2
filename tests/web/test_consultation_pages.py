"""The pages of a consultation, the public's and the office's, as people use and abuse them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import asking
import pytest
import story
import uploads
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tinhgon.consultation import Tally
from tinhgon_web.consultation.models import Answer, Batch, Round
from tinhgon_web.consultation.selectors import results
from tinhgon_web.consultation.services import codes, ledger, throttle
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.schemes.models import Scheme, Touched

pytestmark = pytest.mark.django_db
AsRole = Callable[..., Client]


def form_of(nobody: Client, code: str) -> str:
    """The token of the form a code leads to."""
    text = nobody.post("/lay-y-kien/", {"code": code}).text
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found is not None, text
    return found[1]


def sent(nobody: Client, token: str, choice: str = "agree", opinion: str = "") -> tuple[int, str]:
    response = nobody.post(
        "/lay-y-kien/phieu/", {"token": token, "choice": choice, "opinion": opinion}, follow=True
    )
    return response.status_code, response.text


def count(held: Round, unit: str = asking.UNITS[0]) -> Tally:
    return results.tallies(held)[unit]


def test_a_household_answers_by_its_code_and_gets_a_receipt(nobody: Client) -> None:
    held = asking.opened()
    status, text = sent(nobody, form_of(nobody, asking.slips(held)[4]), "disagree", "Xin giữ tên bon")
    answer = Answer.objects.get(line__roll__round=held)
    assert status == 200
    assert answer.receipt in text
    assert (answer.line.number, answer.path) == (4, "web")
    assert count(held) == Tally(10, disagree=1)


def test_the_form_shows_no_name_and_no_number_of_the_household(nobody: Client) -> None:
    held = asking.opened()
    text = nobody.post("/lay-y-kien/", {"code": asking.slips(held)[4]}).text
    line = asking.line_of(held, 4)
    assert not any(word in text for word in (line.head, line.address, line.household))
    assert "Thôn 3" in text


def test_a_form_sent_twice_counts_once(nobody: Client) -> None:
    held = asking.opened()
    token = form_of(nobody, asking.slips(held)[4])
    assert sent(nobody, token)[0] == 200
    status, text = sent(nobody, token, "disagree")
    assert status == 409
    assert Answer.objects.get(line__roll__round=held).receipt in text
    assert count(held) == Tally(10, agree=1)


def test_a_used_code_says_so_before_the_form_and_is_then_stopped(nobody: Client) -> None:
    code = asking.slips(asking.opened())[4]
    sent(nobody, form_of(nobody, code))
    statuses = [
        nobody.post("/lay-y-kien/", {"code": code}).status_code for _ in range(throttle.MOST["code"] + 1)
    ]
    assert statuses == [409] * throttle.MOST["code"] + [429]


def test_a_code_of_a_closed_round_is_refused(nobody: Client, settings: Settings) -> None:
    held = asking.opened()
    code = asking.slips(held)[4]
    token = form_of(nobody, code)
    settings.TODAY = held.closes
    assert nobody.post("/lay-y-kien/", {"code": code}).status_code == 409
    assert sent(nobody, token)[0] == 409
    assert count(held).taking_part == 0


def test_guessing_codes_is_stopped_for_the_address_only(nobody: Client) -> None:
    for _ in range(throttle.MOST["address"]):
        assert nobody.post("/lay-y-kien/", {"code": "K7M2-Q9XA-3RTD"}).status_code == 422
    assert nobody.post("/lay-y-kien/", {"code": "K7M2-Q9XA-3RTD"}).status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.77")
    assert other.post("/lay-y-kien/", {"code": "K7M2-Q9XA-3RTD"}).status_code == 422


def test_the_form_of_a_code_that_was_replaced_is_dead(nobody: Client) -> None:
    held = asking.opened()
    token = form_of(nobody, asking.slips(held)[4])
    codes.issue_codes(acting=asking.person("can-bo"), roll=asking.roll_of(held), number=4)
    assert sent(nobody, token)[0] == 400
    assert count(held).taking_part == 0


@pytest.mark.parametrize("token", ["", "abc", "WzEsMV0:1abc:def"])
def test_a_forged_form_is_refused(nobody: Client, token: str) -> None:
    assert sent(nobody, token)[0] == 400


@pytest.mark.parametrize("choice", ["", "invalid", "yes"])
def test_a_web_answer_is_one_of_three(nobody: Client, choice: str) -> None:
    held = asking.opened()
    assert sent(nobody, form_of(nobody, asking.slips(held)[4]), choice)[0] == 422
    assert count(held).taking_part == 0


def test_the_public_form_wants_its_token_against_forgery() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/lay-y-kien/", {"code": "K7M2-Q9XA-3RTD"}).status_code == 403


def test_a_corrected_answer_s_receipt_says_so(nobody: Client) -> None:
    held = asking.opened()
    answer = ledger.answer_on_web(line=asking.line_of(held, 1), said=Said("agree"))
    assert "Đã ghi nhận" in nobody.get(f"/lay-y-kien/bien-nhan/{answer.receipt}/").text
    officer = asking.person("phe-duyet", "approver")
    ledger.correct(acting=officer, line=answer.line, said=Said("disagree"), reason="nhầm")
    text = nobody.get(f"/lay-y-kien/bien-nhan/{answer.receipt}/").text
    assert "Đã ghi nhận" not in text
    assert "thanh tra" in text


def test_a_sheet_is_looked_at_row_by_row_and_then_confirmed(client_as: AsRole) -> None:
    held, client = asking.drafted(), client_as("editor", "x1")
    address = f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/"
    bad = asking.sheet(
        ("", "Thôn 3", "1", "Y Bhăm", "Số 1"),
        ("", "Thôn 3", 1, "H'Lan", "Số 2"),
        ("", "Thôn 9", "3", "A", "B"),
    )
    text = client.post(address, {"file": bad}).text
    assert re.search(r'<td class="n">4</td><td>Mã hộ này đã có chủ hộ khác ở dòng 3', text)
    assert re.search(r'<td class="n">5</td><td>Không có thôn', text)
    client.post(f"{address}xac-nhan/")
    assert not held.rolls.exclude(lines=None).exists()
    good = asking.sheet(("Xã Đắk 1", "thôn 3", "1", "Y Bhăm", "Số 1"), ("", "x1v4", "2", "H'Lan", "Số 2"))
    assert "Mọi dòng đều đúng" in client.post(address, {"file": good}).text
    client.post(f"{address}xac-nhan/")
    assert sorted(held.rolls.values_list("unit", "lines__head")) == [("x1v3", "Y Bhăm"), ("x1v4", "H'Lan")]


@pytest.mark.parametrize("content", [b"", b"name,head", b"PK\x03\x04not a zip"])
def test_what_is_no_sheet_is_refused(client_as: AsRole, content: bytes) -> None:
    held, file = asking.drafted(), io.BytesIO(content)
    file.name = "ds.xlsx"
    response = client_as("editor", "x1").post(f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/", {"file": file})
    assert response.status_code in (200, 422)
    assert "xac-nhan" not in response.text


def test_an_officer_of_another_commune_cannot_fill_a_roll(client_as: AsRole) -> None:
    held = asking.drafted()
    address = f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/"
    assert (
        client_as("editor", "x2")
        .post(address, {"file": asking.sheet(("", "x1v3", "1", "A", "B"))})
        .status_code
        == 403
    )


def test_an_officer_of_one_village_fills_only_its_roll(client_as: AsRole) -> None:
    held = asking.drafted()
    from tinhgon_web.core.models import Grant

    client = client_as("editor", "x1v3")
    user = asking.person("editor-x1v3")
    Grant.objects.create(user=user, role="viewer", place="x1", start=story.BASE)
    text = client.post(
        f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/",
        {"file": asking.sheet(("", "x1v3", "1", "A", "B"), ("", "x1v4", "2", "C", "D"))},
    ).text
    assert re.search(r'<td class="n">4</td><td>Không có thôn', text)


def test_names_are_for_those_who_keep_the_roll(client_as: AsRole) -> None:
    held = asking.opened()
    address = f"/dot-lay-y-kien/{held.pk}/don-vi/x1v3/"
    head = asking.line_of(held, 1).head
    for role in ("editor", "approver", "inspector"):
        assert head in client_as(role, "x1").get(address).text
    for role in ("viewer", "leader", "portal_editor"):
        assert head not in client_as(role, "x1").get(address).text


def test_slips_are_printed_once_and_never_kept(client_as: AsRole) -> None:
    held, client = asking.opened(), client_as("editor", "x1")
    address = f"/dot-lay-y-kien/{held.pk}/don-vi/x1v3/phieu-ma/"
    response = client.post(address)
    printed = re.findall(r'class="slip-code">([^<]+)<', response.text)
    assert "no-store" in response.headers["Cache-Control"]
    assert len(printed) == response.text.count('class="qr-code"') == 10
    assert codes.line_of(code=printed[0], address="a").number == 1
    assert "slip-code" not in client.post(address).text


def test_paper_goes_through_two_officers_on_the_pages(client_as: AsRole) -> None:
    held = asking.opened()
    first, second = client_as("editor", "x1"), client_as("editor")
    roll = f"/dot-lay-y-kien/{held.pk}/don-vi/x1v3/"
    first.post(f"{roll}tap-phieu/", {"agree": 1, "disagree": 1, "other": 0, "invalid": 0, "minutes": "01/BB"})
    batch = Batch.objects.get(roll__round=held)
    address = f"/dot-lay-y-kien/tap-phieu/{batch.pk}/"
    first.post(f"{address}nhap/", {"phieu-1": "agree", "phieu-2": "agree", "opinions": "1: Xin sửa đường"})
    assert "checked" in first.get(f"{address}nhap/").text
    theirs = second.get(f"{address}nhap/").text
    assert not re.search(r'value="agree" checked', theirs), "the second officer does not see the first entry"
    second.post(f"{address}nhap/", {"phieu-1": "agree", "phieu-2": "disagree"})
    assert "quyet-2" in first.get(address).text
    first.post(f"{address}ghi-so/")
    assert count(held).taking_part == 0
    first.post(f"{address}quyet-dinh/", {"quyet-2": "disagree"})
    first.post(f"{address}ghi-so/")
    assert count(held) == Tally(10, agree=1, disagree=1)


def test_who_prepares_does_not_open_close_or_correct(client_as: AsRole) -> None:
    held, client = asking.opened(), client_as("editor", "x1")
    for verb in ("mo/", "ket-thuc/", "cong-bo/", "don-vi/x1v3/duyet/", "don-vi/x1v3/dinh-chinh/"):
        assert client.post(f"/dot-lay-y-kien/{held.pk}/{verb}").status_code == 403


def test_results_are_not_shown_before_the_round_is_closed(client_as: AsRole) -> None:
    held = asking.opened()
    ledger.answer_on_web(line=asking.line_of(held, 1), said=Said("agree"))
    client = client_as("approver")
    text = client.get(f"/dot-lay-y-kien/{held.pk}/ket-qua/").text
    assert "10,00" not in text
    assert 'class="rows levels"' not in text
    assert client.get(f"/dot-lay-y-kien/{held.pk}/ket-qua.csv").status_code == 404
    assert client.get(f"/dot-lay-y-kien/{held.pk}/don-vi/x1v3/bien-ban/").status_code == 404


def test_a_round_is_published_with_answers_to_its_opinions(
    client_as: AsRole, nobody: Client, settings: Settings
) -> None:
    held = asking.opened()
    ledger.answer_on_web(line=asking.line_of(held, 1), said=Said("agree", "Đường xa quá"))
    settings.TODAY = held.closes
    approver, editor = client_as("approver"), client_as("editor")
    base = f"/dot-lay-y-kien/{held.pk}/"
    approver.post(f"{base}ket-thuc/")
    handle = re.search(r'name="opinion" value="(\w+)"', editor.get(f"{base}y-kien/").text)
    assert handle is not None
    editor.post(f"{base}y-kien/", {"opinion": handle[1], "title": "Đường đi"})
    approver.post(f"{base}cong-bo/")
    assert nobody.get(f"/lay-y-kien/ket-qua/{held.pk}/").status_code == 404, "not before it is answered"
    group = held.groups.get()
    editor.post(f"{base}y-kien/{group.pk}/", {"answer": "Sẽ sửa đường năm sau."})
    approver.post(f"{base}cong-bo/")
    text = nobody.get(f"/lay-y-kien/ket-qua/{held.pk}/").text
    assert "Sẽ sửa đường năm sau." in text
    assert "10,00 %" in text
    assert "Đường xa quá" not in text


def test_signed_minutes_are_kept_beside_their_batch(client_as: AsRole) -> None:
    held, client = asking.opened(), client_as("editor", "x1")
    roll = f"/dot-lay-y-kien/{held.pk}/don-vi/x1v3/"
    client.post(f"{roll}tap-phieu/", {"agree": 1, "disagree": 0, "other": 0, "invalid": 0})
    batch = Batch.objects.get(roll__round=held)
    page = uploads.png()
    for name, content in (("bien-ban.png", page), ("bien-ban.png", b"<script>"), ("x.html", b"<html>")):
        file = io.BytesIO(content)
        file.name = name
        client.post(f"/dot-lay-y-kien/tap-phieu/{batch.pk}/ban-quet/", {"file": file})
    scan = batch.scans.get()
    address = f"/dot-lay-y-kien/ban-quet/{scan.pk}/"
    response = client.get(address)
    assert b"".join(response.streaming_content) == page
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert client_as("viewer", "x1").get(address).status_code == 404, "people sign minutes"
    assert client_as("editor", "x2").get(address).status_code == 404


def test_a_round_is_prepared_for_a_scheme(client_as: AsRole) -> None:
    client, user = client_as("editor", "x1"), asking.person("editor-x1")
    scheme = Scheme.objects.create(
        kind="village",
        place="x1",
        on=story.END,
        title="Nhập thôn 3 và 4",
        state=Scheme.State.UNDER_WAY,
        created_by=user,
        created_at=timezone.now(),
    )
    Touched.objects.bulk_create(Touched(unit=unit, scheme=scheme) for unit in asking.UNITS)
    assert scheme.title in client.get("/dot-lay-y-kien/moi/").text
    sent = {
        "de-an": scheme.pk, "title": "T", "question": "?", "kind": "village", "base": "household_representatives",
        "opens": "10/10/2019", "last_day": "20/10/2019", "units": asking.UNITS,
    }  # fmt: skip
    client.post("/dot-lay-y-kien/moi/", sent)
    held = Round.objects.get(scheme=scheme.pk)
    assert (held.place, sorted(roll.unit for roll in held.rolls.all())) == ("x1", asking.UNITS)
    other = client_as("editor", "x2").post("/dot-lay-y-kien/moi/", sent)
    assert other.status_code == 403
