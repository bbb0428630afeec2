"""Logging in, the second step, and what people of bad faith try."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import story
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tinhgon_web.core.models import AuditLine, Grant, User

pytestmark = pytest.mark.django_db
LOG_IN, SECOND = "/tai-khoan/dang-nhap/", "/tai-khoan/dang-nhap/buoc-hai/"
PASSWORD = "con-vit-qua-song-2019"


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    """No tries counted by other tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person() -> User:
    user = User.objects.create_user("hoa", password=PASSWORD, full_name="Lê Thị Hoa")
    Grant.objects.create(user=user, role="viewer", place="x1", start=story.BASE)
    return user


def try_in(client: Client, username: str = "hoa", password: str = PASSWORD, **more: str) -> object:
    return client.post(LOG_IN, {"login": username, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_of(secret: str) -> str:
    now = list(yield_hotp_counters_from_time())[len(list(yield_hotp_counters_from_time())) // 2]
    return str(format_hotp_value(hotp_value(secret, now)))


@pytest.fixture
def with_second_step(person: User) -> tuple[Client, str]:
    """Somebody who has switched on the second step by the pages, and the secret their app holds."""
    client = Client()
    try_in(client)
    assert client.get("/tai-khoan/hai-buoc/bat/").headers["Location"].startswith("/tai-khoan/xac-nhan/")
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    page = client.get("/tai-khoan/hai-buoc/bat/").text
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    assert "data:" not in page, "the policy refuses pictures inside the page"
    response = client.post("/tai-khoan/hai-buoc/bat/", {"code": code_of(secret.group(1))})
    assert response.headers["Location"] == "/tai-khoan/hai-buoc/ma-du-phong/"
    cache.clear()
    return client, secret.group(1)


def test_a_password_opens_and_leads_back_to_where_one_was(person: User) -> None:
    client = Client()
    response = client.get("/bo-may/?ngay=2019-03-01")
    assert response.headers["Location"] == f"{LOG_IN}?next=%2Fbo-may%2F%3Fngay%3D2019-03-01"
    answer = client.post(LOG_IN, {"login": "hoa", "password": PASSWORD, "next": "/bo-may/?ngay=2019-03-01"})
    assert answer.headers["Location"] == "/bo-may/?ngay=2019-03-01"
    assert client.get("/bo-may/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "http:example.org"],
)
@pytest.mark.parametrize("demo", [False, True])
def test_logging_in_never_leads_elsewhere(
    person: User, settings: Settings, elsewhere: str, demo: bool
) -> None:
    client = Client()
    if demo:
        settings.DEMO = True
        User.objects.get_or_create(username="lanh-dao", defaults={"full_name": "Minh họa"})
        sent = {"username": "lanh-dao", "next": elsewhere}
        answer = client.post("/tai-khoan/dang-nhap/minh-hoa/", sent)
    else:
        answer = client.post(LOG_IN, {"login": "hoa", "password": PASSWORD, "next": elsewhere})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/tong-quan/"


def test_a_form_sent_without_a_session_leads_back_to_its_page() -> None:
    sent = Client().post("/nguoi-dung/1/", {}, headers={"Referer": "http://testserver/nguoi-dung/1/?a=b"})
    assert sent.headers["Location"] == f"{LOG_IN}?next=%2Fnguoi-dung%2F1%2F%3Fa%3Db"
    foreign = Client().post("/nguoi-dung/1/", {}, headers={"Referer": "https://example.org/nguoi-dung/1/"})
    assert foreign.headers["Location"] == LOG_IN


def test_what_is_said_does_not_tell_whether_an_account_exists(person: User) -> None:
    def said(username: str) -> str:
        text = Client().post(LOG_IN, {"login": username, "password": "sai-mat-khau"}).text
        return re.sub(r'value="[^"]*"', "", text)

    assert said("hoa") == said("khong-co-ai")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert said("hoa") == said("khong-co-ai")


@pytest.mark.parametrize("username", ["hoa", "khong-co-ai"])
def test_after_five_wrong_passwords_the_door_stays_shut_for_a_while(person: User, username: str) -> None:
    client = Client()
    for _ in range(5):
        last = client.post(LOG_IN, {"login": username, "password": "sai"})
    assert last.status_code == 429
    assert "15 phút" in last.text
    assert client.post(LOG_IN, {"login": username, "password": PASSWORD}).status_code == 429
    assert not is_in(client)


def test_others_are_not_shut_out_with_them(person: User) -> None:
    client = Client()
    for _ in range(6):
        client.post(LOG_IN, {"login": "khong-co-ai", "password": "sai"})
    try_in(client)
    assert is_in(client)


def test_a_header_does_not_give_new_tries(person: User) -> None:
    client = Client()
    for n in range(6):
        client.post(LOG_IN, {"login": "hoa", "password": "sai"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
    try_in(client)
    assert not is_in(client)


def test_the_session_is_a_new_one_after_logging_in(person: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    try_in(client)
    assert is_in(client)
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert not is_in(stranger)


def test_a_session_is_dead_after_logging_out(person: User) -> None:
    client = Client()
    try_in(client)
    key = client.session.session_key
    client.post("/tai-khoan/dang-xuat/")
    again = Client()
    again.cookies["sessionid"] = key
    assert not is_in(again)


def test_nobody_logs_out_by_following_a_link(person: User) -> None:
    client = Client()
    try_in(client)
    assert client.get("/tai-khoan/dang-xuat/").status_code == 200
    assert is_in(client)


def test_one_can_log_out_everywhere_else(person: User) -> None:
    here, there = Client(), Client()
    try_in(here)
    try_in(there)
    here.get("/tai-khoan/phien/")
    here.post("/tai-khoan/phien/")
    assert here.get("/tai-khoan/").status_code == 200
    assert there.get("/tai-khoan/").status_code == 302


def test_the_second_step_is_asked_for_and_cannot_be_walked_around(
    with_second_step: tuple[Client, str], person: User
) -> None:
    _, secret = with_second_step
    client = Client()
    answer = client.post(LOG_IN, {"login": "hoa", "password": PASSWORD})
    assert answer.headers["Location"] == SECOND
    for address in (
        "/bo-may/",
        "/tai-khoan/",
        "/tai-khoan/hai-buoc/tat/",
        "/tai-khoan/hai-buoc/ma-du-phong/",
    ):
        assert client.get(address).status_code == 302, address
    assert not is_in(client)
    client.post(SECOND, {"code": "000000"})
    assert not is_in(client)
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_opens_once(with_second_step: tuple[Client, str]) -> None:
    _, secret = with_second_step
    code = code_of(secret)
    for opens in (True, False):
        client = Client()
        try_in(client)
        client.post(SECOND, {"code": code})
        assert is_in(client) is opens


def test_codes_cannot_be_guessed_without_end(with_second_step: tuple[Client, str]) -> None:
    client = Client()
    try_in(client)
    for n in range(20):
        client.post(SECOND, {"code": f"{n:06}"})
    client.post(SECOND, {"code": code_of(with_second_step[1])})
    assert not is_in(client)


def test_a_recovery_code_opens_once(with_second_step: tuple[Client, str], person: User) -> None:
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    for opens in (True, False):
        client = Client()
        try_in(client)
        client.post(SECOND, {"code": codes[0]})
        assert is_in(client) is opens


def test_the_secret_is_not_stored_as_it_is(with_second_step: tuple[Client, str], person: User) -> None:
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert with_second_step[1] not in stored


def test_the_code_to_scan_is_a_picture_of_ones_own(person: User, nobody: Client) -> None:
    client = Client()
    try_in(client)
    assert client.get("/tai-khoan/hai-buoc/ma-qr.svg").status_code == 404, "no secret was made yet"
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    client.get("/tai-khoan/hai-buoc/bat/")
    picture = client.get("/tai-khoan/hai-buoc/ma-qr.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    assert b"<path" in picture.content
    assert nobody.get("/tai-khoan/hai-buoc/ma-qr.svg").status_code == 302


def test_an_administrator_helps_who_has_lost_the_phone(
    client_as: Callable[..., Client], with_second_step: tuple[Client, str], person: User
) -> None:
    client_as("administrator").post(f"/nguoi-dung/{person.pk}/tat-hai-buoc/")
    client = Client()
    try_in(client)
    assert is_in(client)
    line = AuditLine.objects.first()
    assert line is not None
    assert line.verb == "switch off second step"


def test_nobody_signs_up(nobody: Client) -> None:
    sent = {"username": "la", "password1": PASSWORD, "password2": PASSWORD, "email": "la@example.vn"}
    assert "không cho tự đăng ký" in nobody.post("/tai-khoan/dang-ky/", sent).text
    assert not User.objects.filter(username="la").exists()


def test_the_accounts_of_the_demo_are_there_in_the_demo_alone(nobody: Client, settings: Settings) -> None:
    User.objects.get_or_create(username="lanh-dao", defaults={"full_name": "Minh họa"})
    sent = {"username": "lanh-dao"}
    assert "minh họa" not in nobody.get(LOG_IN).text.lower()
    assert nobody.post("/tai-khoan/dang-nhap/minh-hoa/", sent).status_code == 404
    settings.DEMO = True
    assert "Tài khoản minh họa" in nobody.get(LOG_IN).text
    assert nobody.post("/tai-khoan/dang-nhap/minh-hoa/", {"username": "can-bo-mau"}).status_code == 404
    assert nobody.post("/tai-khoan/dang-nhap/minh-hoa/", sent).status_code == 302
    assert is_in(nobody)


def test_a_foreign_host_is_refused(nobody: Client) -> None:
    assert nobody.get(LOG_IN, headers={"Host": "example.org"}).status_code == 400


def test_a_form_without_its_token_is_refused_with_the_way_back(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post("/nguoi-dung/1/khoa/", {}, headers={"Referer": "http://testserver/nguoi-dung/1/"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã cũ" in answer.text
    assert 'href="http://testserver/nguoi-dung/1/"' in answer.text
    foreign = strict.post("/nguoi-dung/1/khoa/", {}, headers={"Referer": "https://example.org/"})
    assert "example.org" not in foreign.text


def test_a_token_of_another_session_is_refused(person: User) -> None:
    mine, theirs = (Client(enforce_csrf_checks=True) for _ in range(2))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', theirs.get(LOG_IN).text)
    assert token is not None
    mine.get(LOG_IN)
    sent = {"login": "hoa", "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    assert mine.post(LOG_IN, sent).status_code == 403
    assert theirs.post(LOG_IN, sent).status_code == 302
    assert theirs.post(LOG_IN, sent).status_code == 403, "the token was changed by logging in"


@pytest.mark.parametrize(
    "address",
    ["1/", "1/vai-tro/", "1/vai-tro/1/ket-thuc/", "1/khoa/", "1/mo/", "1/mat-khau/", "1/tat-hai-buoc/"],
)
@pytest.mark.parametrize("role", ["viewer", "editor", "leader", "inspector"])
def test_who_is_no_administrator_cannot_post_to_their_pages(
    client_as: Callable[..., Client], role: str, address: str
) -> None:
    before = list(User.objects.order_by("pk").values_list("pk", "password", "is_active")[:1])
    sent = {"role": "administrator", "place": "", "start": "09/10/2019", "full_name": "Kẻ xấu"}
    assert client_as(role).post(f"/nguoi-dung/{address}", sent).status_code == 403
    assert list(User.objects.order_by("pk").values_list("pk", "password", "is_active")[:1]) == before
    assert not Grant.objects.filter(user=1, role="administrator").exists()


def test_a_role_of_somebody_else_cannot_be_ended_through_ones_own_page(
    client_as: Callable[..., Client], person: User
) -> None:
    theirs = person.grants.get()
    answer = client_as("administrator").post(f"/nguoi-dung/1/vai-tro/{theirs.pk}/ket-thuc/")
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.end is None


def test_fields_that_are_not_asked_for_are_not_taken(client_as: Callable[..., Client]) -> None:
    sent = {"full_name": "Cán bộ mẫu", "is_superuser": "1", "is_staff": "1", "username": "quan-tri-2"}
    client_as("administrator").post("/nguoi-dung/1/", sent)
    user = User.objects.get(pk=1)
    assert (user.is_superuser, user.is_staff, user.username) == (False, False, "can-bo-mau")


def test_cookies_are_out_of_reach_of_scripts(person: User) -> None:
    client = Client()
    try_in(client)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
