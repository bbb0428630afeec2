"""Through the doors: the form, its effect, the record; what is refused, sent twice, or overtaken."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from conftest import logged_in
from django.http import HttpResponse
from django.test import Client

from tinhgon_web.apparatus import registers, services
from tinhgon_web.apparatus.models import JournalEntry, Person
from tinhgon_web.core.models import Grant, User

pytestmark = pytest.mark.django_db
ACTED = {"effective_on": "1/12/2019", "signed_on": "20/11/2019", "document": "qd2", "clause": "Điều 1"}
DATED = {"effective_on": "1/12/2019"}


@pytest.fixture
def officer() -> Client:
    return logged_in("editor")


def hidden(response: HttpResponse) -> dict[str, str]:
    """What a page's form carries unseen."""
    page = response.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found.pop("csrfmiddlewaretoken", None)
    return found


def through(client: Client, address: str, **values: object) -> HttpResponse:
    """Form, effect, record."""
    form = client.get(address)
    assert form.status_code == 200
    effect = client.post(address, {**hidden(form), **values})
    assert effect.status_code == 200, faults(effect)
    return client.post(address, {**hidden(effect), **values, "step": "ghi"})


def faults(response: HttpResponse) -> str:
    return " ".join(re.findall(r'role="alert".*?</div>', response.content.decode(), re.DOTALL))


def last() -> JournalEntry:
    entry = JournalEntry.objects.order_by("-seq").first()
    assert entry is not None
    return entry


U = "/bo-may/don-vi"
CHANGES = {
    "doi-ten": (f"{U}/x1v3/sua/thay-doi/doi-ten/", {**ACTED, "title": "Thôn Bon Tinh"}),
    "doi-loai": (f"{U}/x1v3/sua/thay-doi/doi-loai/", {**ACTED, "kind": "residential_group", "title": ""}),
    "thuoc-tinh": (f"{U}/x1/sua/thay-doi/thuoc-tinh/", {**DATED, "fact": "border", "value": "có"}),
    "cap-tren": (
        f"{U}/x1v3/sua/thay-doi/cap-tren/", {**DATED, "hierarchy": "administrative", "parent": "Xã Đắk 2"},
    ),
    "so-lieu": (f"{U}/x1v3/sua/thay-doi/so-lieu/", {**DATED, "households": "1.234"}),
    "bien-che": (
        f"{U}/snv/sua/thay-doi/bien-che/", {**DATED, "category": "civil_servant", "assigned": "30", "present": "31"},
    ),
    "mo-don-vi": (f"{U}/x1/sua/thay-doi/mo-don-vi/", {**DATED, "kind": "village", "title": "Thôn 9"}),
    "mo-chuc-danh": (f"{U}/p1/sua/thay-doi/mo-chuc-danh/", {**DATED, "role": "deputy", "title": "Phó", "number": "2"}),
    "cham-dut-chuc-danh": (f"{U}/p1/sua/thay-doi/cham-dut-chuc-danh/", {**DATED, "posts": ["p1-1"]}),
    "nhan-chuc-danh": (f"{U}/x1v3/sua/thay-doi/nhan-chuc-danh/", {**DATED, "post": "x1v3-0", "name": "Lê Thị Mới"}),
    "thoi-chuc-danh": (f"{U}/p1/sua/thay-doi/thoi-chuc-danh/", {**DATED, "post": "p1-1", "reason": "nghỉ hưu"}),
    "sap-nhap": (
        f"{U}/x1v3/sua/sap-xep/sap-nhap/",
        {**ACTED, "others": ["x1v4"], "title": "Thôn Mới", "kind": "village", "placing": "1"},
    ),
    "nhap-vao": (f"{U}/x1v3/sua/sap-xep/nhap-vao/", {**ACTED, "others": ["x1v4"], "placing": "1"}),
    "chia-tach": (
        f"{U}/x1v3/sua/sap-xep/chia-tach/",
        {**ACTED, "stays": "on", "share": "60", "title_1": "Thôn 3B", "share_1": "40"},
    ),
    "dieu-chinh": (f"{U}/x1v3/sua/sap-xep/dieu-chinh/", {**ACTED, "to": "x1v4", "share": "12,5"}),
    "giai-the": (f"{U}/p1/sua/sap-xep/giai-the/", {**ACTED, "placing": "1"}),
    "gop-ban-trung": (f"{U}/x2v3/sua/gop-ban-trung/", {"other": "x2v4", "keep": "nay"}),
}  # fmt: skip


@pytest.mark.parametrize("door", CHANGES)
def test_every_door_leads_to_one_entry(officer: Client, door: str) -> None:
    address, values = CHANGES[door]
    before = registers.head()[0]
    done = through(officer, address, **values)
    assert done.status_code == 302, faults(done)
    assert registers.head()[0] == before + 1
    assert services.check_apparatus() == []
    assert officer.get(done.headers["Location"]).status_code == 200


@pytest.mark.parametrize("door", CHANGES)
def test_looking_at_the_effect_records_nothing(officer: Client, door: str) -> None:
    address, values = CHANGES[door]
    before = registers.head()
    effect = officer.post(address, values)
    assert effect.status_code == 200, faults(effect)
    assert "step" in effect.content.decode()
    assert registers.head() == before


def test_dissolving_shows_the_posts_that_close_and_who_leaves(officer: Client) -> None:
    page = officer.post(f"{U}/p1/sua/sap-xep/giai-the/", {**ACTED, "placing": "1"}).content.decode()
    assert "Trưởng phòng" in page
    assert "Y Bhăm Niê" in page
    assert "Trung tâm Y tế" in page, "he goes on as head of the health centre"


def test_a_form_sent_twice_is_recorded_once(officer: Client) -> None:
    address, values = CHANGES["so-lieu"]
    effect = officer.post(address, values)
    sent = {**hidden(effect), **values, "step": "ghi"}
    first, second = officer.post(address, sent), officer.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert last().seq == int(re.findall(r"nhat-ky/(\d+)/", first.headers["Location"])[0])


def test_the_second_officer_sees_what_the_first_did_and_loses_nothing(officer: Client) -> None:
    address = f"{U}/x1v3/sua/thay-doi/so-lieu/"
    mine = officer.get(address)
    colleague = logged_in("editor", "h")
    assert through(colleague, address, **{**DATED, "households": "77"}).status_code == 302
    effect = officer.post(address, {**hidden(mine), **DATED, "households": "88"})
    assert "77" in effect.content.decode()
    stale = {**hidden(effect), "seen": hidden(mine)["seen"], "households": "88", "step": "ghi"}
    overtaken = officer.post(address, stale)
    assert overtaken.status_code == 409
    assert 'name="households" value="88"' in overtaken.content.decode()
    confirmed = officer.post(address, {**hidden(overtaken), "step": "ghi"})
    assert confirmed.status_code == 302
    assert last().payload["measures"] == {"households": 88}


def test_no_name_of_a_person_enters_the_journal(officer: Client) -> None:
    address, values = CHANGES["nhan-chuc-danh"]
    through(officer, address, **values)
    assert "Lê Thị Mới" not in str(last().payload)
    assert Person.objects.get(id=last().payload["person"]).name == "Lê Thị Mới"


def test_who_of_two_people_with_one_name_is_asked(officer: Client) -> None:
    address, values = CHANGES["nhan-chuc-danh"]
    values = {**values, "name": "Trần Thị Hà"}
    asked = officer.post(address, values)
    assert 'name="person"' in asked.content.decode()
    done = officer.post(address, {**hidden(asked), **values, "person": "người-p1-1", "step": "ghi"})
    assert done.status_code == 302
    assert last().payload["person"] == "người-p1-1"


def test_posts_of_a_closing_unit_are_asked_about_and_may_move(officer: Client) -> None:
    address = f"{U}/p1/sua/sap-xep/nhap-vao/"
    values = {**ACTED, "another": "p3"}
    asked = officer.post(address, values)
    assert 'name="post:p3-0"' in asked.content.decode()
    done = officer.post(address, {**hidden(asked), **values, "post:p3-0": "p1", "step": "ghi"})
    assert done.status_code == 302, faults(done)
    assert last().payload["posts_moved"] == {"p3-0": "p1"}
    assert services.check_apparatus() == []


@pytest.mark.parametrize(
    "title", ["Thôn \u202e1", "Thôn \u200f1", "Thôn \x07", "T" * 500, "", " \u200b "], ids=repr
)
def test_names_that_hide_something_or_are_too_long_are_refused(officer: Client, title: str) -> None:
    address, values = CHANGES["doi-ten"]
    before = registers.head()
    refused = officer.post(address, {**values, "title": title, "step": "ghi"})
    assert refused.status_code == 422
    assert 'href="#id_title"' in refused.content.decode()
    assert registers.head() == before


def test_markup_in_a_name_is_only_text(officer: Client) -> None:
    address, values = CHANGES["doi-ten"]
    done = through(officer, address, **{**values, "title": "<script>alert(1)</script>"})
    page = officer.get(done.headers["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_engine_s_refusal_is_shown_with_names_and_nothing_is_lost(officer: Client) -> None:
    values = {**DATED, "hierarchy": "administrative", "parent": "x1v4"}
    refused = officer.post(f"{U}/x1/sua/thay-doi/cap-tren/", {**values, "step": "ghi"})
    assert refused.status_code == 422
    assert "Thôn 4" in faults(refused)
    assert 'value="x1v4 · Thôn 4"' in refused.content.decode() or 'value="x1v4"' in refused.content.decode()


def test_an_act_without_a_document_is_refused(officer: Client) -> None:
    address, values = CHANGES["doi-ten"]
    refused = officer.post(address, {**values, "document": ""})
    assert refused.status_code == 422
    assert 'href="#id_document"' in refused.content.decode()


def test_a_document_is_found_by_its_number_and_an_unknown_one_named(officer: Client) -> None:
    address, values = CHANGES["doi-ten"]
    through(officer, address, **{**values, "document": "202/QĐ-UBND"})
    assert last().document_id == "qd2"
    refused = officer.post(address, {**values, "document": "phòng"})
    assert "101/QĐ-UBND" in faults(refused)


def test_a_wrong_date_is_corrected(officer: Client) -> None:
    """What was counted on 15 September had been counted on 20 August."""
    seq = JournalEntry.objects.get(kind="measure_recorded", payload__unit="x2v3").seq
    address = f"/bo-may/nhat-ky/{seq}/dinh-chinh/"
    form = officer.get(address).content.decode()
    assert 'value="15/09/2019"' in form
    assert 'value="105"' in form, "as corrected before"
    values = {
        "effective_on": "20/8/2019",
        "document": "ctr26",
        "measure:households": "105",
        "reason": "nhầm ngày",
    }
    assert through(officer, address, **values).status_code == 302
    unit = registers.register(registers.head()).units["x2v3"]
    assert [str(span.day) for span in unit.measures["households"]] == ["2019-08-20"]
    assert services.check_apparatus() == []


def test_a_correction_that_changes_nothing_is_refused(officer: Client) -> None:
    seq = JournalEntry.objects.get(kind="measure_recorded", payload__unit="x2v3").seq
    values = {"effective_on": "15/9/2019", "document": "ctr26", "measure:households": "105", "reason": "?"}
    assert officer.post(f"/bo-may/nhat-ky/{seq}/dinh-chinh/", values).status_code == 422


def test_an_act_is_annulled_whole_and_that_again(officer: Client) -> None:
    address, values = CHANGES["giai-the"]
    through(officer, address, **values)
    act = last().seq
    assert registers.register(registers.head()).posts["p1-0"].closed_on is not None
    for seq, closed in ((act, False), (act + 1, True)):
        done = through(officer, f"/bo-may/nhat-ky/{seq}/huy/", which="mot", reason="ghi nhầm")
        assert done.status_code == 302
        post = registers.register(registers.head()).posts["p1-0"]
        assert (post.closed_on is not None) is closed
        assert services.check_apparatus() == []


def test_a_group_is_annulled_by_one_entry(officer: Client) -> None:
    act = JournalEntry.objects.filter(kind="reorganised", document="qd1").first()
    assert act is not None
    done = through(officer, f"/bo-may/nhat-ky/{act.seq}/huy/", which="van-ban", reason="văn bản bị hủy")
    assert done.status_code == 302
    assert len(last().payload["targets"]) == JournalEntry.objects.filter(document="qd1").count() == 2


def test_outside_ones_place_nothing_is_written() -> None:
    local = logged_in("editor", "x1")
    assert local.get(f"{U}/x2v1/sua/").status_code == 403
    assert local.post(f"{U}/x1v3/sua/thay-doi/cap-tren/", {**CHANGES["cap-tren"][1]}).status_code == 403
    assert local.post(f"{U}/x1v3/sua/thay-doi/so-lieu/", CHANGES["so-lieu"][1]).status_code == 200
    assert logged_in("viewer").get(f"{U}/x1v3/sua/").status_code == 403


def test_what_is_typed_is_matched_without_diacritics(officer: Client) -> None:
    assert "Xã Đắk 1" in officer.get("/bo-may/goi-y/don-vi/?parent=xa+dak").content.decode()
    assert "101/QĐ-UBND" in officer.get("/bo-may/goi-y/van-ban/?document=sap+xep").content.decode()


def test_dissolving_a_unit_with_headcount_says_what_is_released(officer: Client) -> None:
    counted = {
        **DATED,
        "effective_on": "1/11/2019",
        "category": "civil_servant",
        "assigned": "5",
        "present": "4",
    }
    through(officer, f"{U}/p1/sua/thay-doi/bien-che/", **counted)
    address, values = CHANGES["giai-the"]
    effect = officer.post(address, values).content.decode()
    assert "biên chế không còn đơn vị nào giữ: 5 (công chức)" in effect
    assert through(officer, address, **values).status_code == 302
    assert services.check_apparatus() == []


def test_a_division_shares_out_its_headcount(officer: Client) -> None:
    counted = {
        **DATED,
        "effective_on": "1/11/2019",
        "category": "civil_servant",
        "assigned": "5",
        "present": "4",
    }
    through(officer, f"{U}/x1v3/sua/thay-doi/bien-che/", **counted)
    address, values = CHANGES["chia-tach"]
    assert through(officer, address, **{**values, "headcount:civil_servant:1": "2"}).status_code == 302
    placed = {(one.get("unit", ""), one["assigned"]) for one in last().payload["headcounts"]}
    assert ("x1v3", 3) in placed
    assert {count for _, count in placed} == {2, 3}


def test_who_leaves_a_post_may_take_up_one_that_opens_with_the_act(officer: Client) -> None:
    address = f"{U}/p1/sua/sap-xep/nhap-vao/"
    values = {**ACTED, "another": "p3", "placing": "1"}
    placed = {"new_title": "Phó Trưởng phòng thứ hai", "new_role": "deputy", "new_holder": "h-p3-0"}
    assert through(officer, address, **values, **placed).status_code == 302
    register = registers.register(registers.head())
    [opened] = [post for post in register.posts.values() if post.title == placed["new_title"]]
    assert opened.unit.last == "p1"
    assert opened.holdings[0].person == register.holdings["h-p3-0"].person
    assert services.check_apparatus() == []


def test_answers_to_further_questions_survive_a_fault_elsewhere(officer: Client) -> None:
    address = f"{U}/p1/sua/sap-xep/nhap-vao/"
    values = {**ACTED, "another": "p3", "placing": "1", "post:p3-0": "p1", "document": ""}
    refused = officer.post(address, values)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert re.search(r'name="post:p3-0".*?<option value="p1" selected>', page, re.DOTALL)


def test_a_name_that_several_units_have_is_asked_back_with_their_ids(officer: Client) -> None:
    values = {**DATED, "hierarchy": "administrative", "parent": "thon 3"}
    refused = officer.post(f"{U}/p1/sua/thay-doi/cap-tren/", values)
    assert refused.status_code == 422
    assert "x1v3 · Thôn 3" in faults(refused)
    assert "x2v3 · Thôn 3" in faults(refused)


def test_buttons_to_write_are_there_only_where_one_may(officer: Client) -> None:
    through(officer, f"{U}/x2v3/sua/thay-doi/so-lieu/", **{**DATED, "households": "99"})
    of_one, of_all = logged_in("editor", "x1"), logged_in("viewer")
    one = User.objects.get(username="editor-x1")
    Grant.objects.create(user=one, role="viewer", place="", start=dt.date(2015, 1, 1))
    for page, who, there in (
        (f"{U}/x1v3/", of_one, True),
        (f"{U}/x2v3/", of_one, False),
        (f"{U}/x1v3/", of_all, False),
        (f"{U}/x2v3/", officer, True),
    ):
        assert ("/sua/" in who.get(page).text) is there, page
    entry = f"/bo-may/nhat-ky/{last().seq}/"
    assert "/dinh-chinh/" in officer.get(entry).text
    assert "/dinh-chinh/" not in of_one.get(entry).text
