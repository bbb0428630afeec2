"""The pages for a wrong address and for a fault of ours, in whose frame they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PORTAL, WORKSPACE = '<body class="portal">', 'class="rail"'


@pytest.mark.parametrize(
    "address", ["/thu-vien/van-ban/khong-co/", "/khong-co/", "/khong.co", "/bo-may/khong-co/", "/so-lieu/x/"]
)
def test_a_reader_stays_in_the_portal(nobody: Client, address: str) -> None:
    answer = nobody.get(address)
    assert answer.status_code == 404
    assert PORTAL in answer.text
    assert WORKSPACE not in answer.text
    assert "matches the given query" not in answer.text, "what is in the database is nobody's business"


def test_an_officer_stays_where_they_are(client_as: Callable[..., Client]) -> None:
    officer = client_as("viewer")
    assert PORTAL in officer.get("/thu-vien/van-ban/khong-co/").text
    for address in ("/bo-may/khong-co/", "/so-ket/khong-co/"):
        answer = officer.get(address)
        assert answer.status_code == 404
        assert WORKSPACE in answer.text


def test_a_fault_of_ours_is_said_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down() -> None:
        raise ArithmeticError("a secret of the house")

    monkeypatch.setattr("tinhgon_web.portal.library.photos", break_down)
    answer = Client(raise_request_exception=False).get("/thu-vien/hinh-anh/")
    assert answer.status_code == 500
    assert "Không dựng được trang này" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"]
