"""Accounts and roles: an administrator's acts, what they refuse, and the lines they leave."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from io import StringIO

import pytest
import story
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from tinhgon_web.core.models import AuditLine, Grant, User
from tinhgon_web.core.people import services
from tinhgon_web.core.rights import rights_of
from tinhgon_web.core.roles import Right, Role

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r'class="password">([a-z0-9-]{19})<')


@pytest.fixture
def admin(client_as: Callable[..., Client]) -> Client:
    return client_as("administrator")


def somebody() -> User:
    return User.objects.get(username="can-bo-mau")


def last_line() -> AuditLine:
    line = AuditLine.objects.first()
    assert line is not None
    return line


def make(admin: Client, username: str = "nv-an") -> tuple[User, str]:
    response = admin.post(
        "/nguoi-dung/them/", {"username": username, "full_name": "Nguyễn Văn  An", "title": "", "email": ""}
    )
    found = PASSWORD.search(response.text)
    assert found is not None
    assert response.headers["Cache-Control"] == "no-store"
    return User.objects.get(username=username), found.group(1)


def test_an_account_is_made_with_a_password_shown_once(admin: Client) -> None:
    user, password = make(admin)
    assert (user.full_name, user.password_is_temporary) == ("Nguyễn Văn An", True)
    assert user.check_password(password)
    assert password not in admin.get(f"/nguoi-dung/{user.pk}/").text
    line = last_line()
    assert (line.verb, line.what) == ("make account", str(user.pk))
    assert "An" not in f"{line.before} {line.after} {line.folded}", "the audit holds no names"


def test_a_temporary_password_must_be_changed_before_anything_else(admin: Client) -> None:
    user, password = make(admin)
    services.give_role(acting=None, user=user, role=Role.VIEWER, place="", start=story.BASE)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "nv-an", "password": password})
    assert client.get("/bo-may/").headers["Location"] == "/tai-khoan/mat-khau/"
    new = "hai-muoi-lam-con-vit"
    client.post("/tai-khoan/mat-khau/", {"oldpassword": password, "password1": new, "password2": new})
    user.refresh_from_db()
    assert not user.password_is_temporary
    assert client.get("/bo-may/").status_code == 200


def test_a_log_in_name_is_taken_once(admin: Client) -> None:
    make(admin)
    response = admin.post("/nguoi-dung/them/", {"username": "nv-an", "full_name": "Khác"})
    assert response.status_code == 422
    assert User.objects.filter(username="nv-an").count() == 1


@pytest.mark.parametrize("name", ["", "a" * 201, "An\u202enA", "An\u200b"])
def test_a_name_that_cannot_be_is_refused_and_what_was_typed_stays(admin: Client, name: str) -> None:
    response = admin.post("/nguoi-dung/1/", {"full_name": name, "title": "Trưởng phòng", "email": ""})
    assert response.status_code == 422
    assert "Trưởng phòng" in response.text
    assert somebody().full_name == "Cán bộ mẫu"


def test_correcting_a_name_tells_which_field_and_not_what_stood_in_it(admin: Client) -> None:
    admin.post("/nguoi-dung/1/", {"full_name": "Lê Thị Hoa", "title": "Chuyên viên", "email": ""})
    assert somebody().full_name == "Lê Thị Hoa"
    assert last_line().after == {"fields": ["full_name"]}
    assert "hoa" not in last_line().folded


def test_a_role_is_given_over_a_place_and_ended(admin: Client) -> None:
    user = somebody()
    sent = {"role": "editor", "place": "x2", "start": "09/10/2019", "end": ""}
    assert admin.post("/nguoi-dung/1/vai-tro/", sent).status_code == 302
    assert rights_of(user, story.END).places(Right.EDIT) == {"x2"}
    assert (last_line().verb, last_line().place) == ("give role", "x2")
    grant = user.grants.get(role="editor")
    admin.post(f"/nguoi-dung/1/vai-tro/{grant.pk}/ket-thuc/")
    assert not rights_of(user, story.END).may(Right.EDIT)
    assert Grant.objects.filter(pk=grant.pk).exists(), "ended, not deleted"
    assert last_line().before["end"] is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": "administrator", "place": "x1"}, "quản trị toàn bộ"),
        ({"role": "editor", "place": "khong-co"}, "Không có đơn vị"),
        ({"role": "viewer", "place": "x1"}, "đã giữ vai trò"),
        ({"role": "editor", "place": "x1", "end": "01/01/2019"}, "kết thúc trước khi bắt đầu"),
        ({"role": "editor", "place": "x1", "end": "mai"}, "không phải là ngày"),
        ({"role": "vua", "place": "x1"}, ""),
    ],
)
def test_a_role_that_cannot_be_given_is_refused_with_the_reason(
    admin: Client, sent: dict[str, str], said: str
) -> None:
    before = Grant.objects.count()
    response = admin.post("/nguoi-dung/1/vai-tro/", {"start": "09/10/2019", **sent})
    assert response.status_code == 422
    assert said in response.text
    assert Grant.objects.count() == before


def test_the_database_itself_refuses_an_administrator_of_a_part() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=somebody(), role="administrator", place="x1", start=story.BASE)


def test_a_role_begins_and_ends_on_its_days() -> None:
    user = somebody()
    start, end = dt.date(2020, 1, 1), dt.date(2020, 2, 1)
    services.give_role(acting=None, user=user, role=Role.EDITOR, place="x2", start=start, end=end)
    one = dt.timedelta(days=1)
    held = [rights_of(user, day).may(Right.EDIT) for day in (start - one, start, end - one, end)]
    assert held == [False, True, True, False]


def test_an_administrator_cannot_shut_themselves_out(admin: Client) -> None:
    me = User.objects.get(username="administrator-all")
    admin.post(f"/nguoi-dung/{me.pk}/khoa/")
    admin.post(f"/nguoi-dung/{me.pk}/vai-tro/{me.grants.get().pk}/ket-thuc/")
    me.refresh_from_db()
    assert me.is_active
    assert rights_of(me, story.END).may(Right.ADMINISTER)


def test_a_closed_account_is_out_at_once_and_cannot_come_back(admin: Client) -> None:
    user, password = make(admin)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "nv-an", "password": password})
    assert client.get("/tai-khoan/mat-khau/").status_code == 200
    admin.post(f"/nguoi-dung/{user.pk}/khoa/")
    assert client.get("/tai-khoan/mat-khau/").status_code == 302
    client.post("/tai-khoan/dang-nhap/", {"login": "nv-an", "password": password})
    assert "_auth_user_id" not in client.session
    admin.post(f"/nguoi-dung/{user.pk}/mo/")
    client.post("/tai-khoan/dang-nhap/", {"login": "nv-an", "password": password})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_new_password_logs_out_everywhere(admin: Client) -> None:
    user, password = make(admin)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "nv-an", "password": password})
    response = admin.post(f"/nguoi-dung/{user.pk}/mat-khau/")
    found = PASSWORD.search(response.text)
    assert found is not None
    assert found.group(1) != password
    assert client.get("/tai-khoan/mat-khau/").status_code == 302


def test_people_are_found_without_diacritics(admin: Client) -> None:
    assert "Cán bộ mẫu" in admin.get("/nguoi-dung/?q=can bo mau").text
    assert "Cán bộ mẫu" not in admin.get("/nguoi-dung/?q=khong co ai").text


def test_the_page_of_oneself_says_ones_roles(client_as: Callable[..., Client]) -> None:
    text = client_as("editor", "x1").get("/tai-khoan/").text
    assert "Cán bộ nghiệp vụ" in text
    assert "Xã Đắk 1" in text


def test_a_place_is_picked_by_typing(admin: Client) -> None:
    text = admin.get("/bo-may/chon/?q=dak 1", headers={"HX-Request": "true"}).text
    assert 'name="place" value="x1"' in text


def test_the_first_administrator_is_made_by_a_command() -> None:
    out = StringIO()
    call_command("make_administrator", "dau-tien", "Người đầu tiên", stdout=out)
    user = User.objects.get(username="dau-tien")
    assert rights_of(user, story.END).may(Right.ADMINISTER)
    assert user.check_password(out.getvalue().split()[1])
    with pytest.raises(CommandError, match="is taken"):
        call_command("make_administrator", "dau-tien", "Khác")
