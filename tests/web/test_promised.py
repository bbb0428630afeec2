"""The programme in public: nothing until somebody who may has published it, then what the leaders see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tinhgon_web.core.models import AuditLine
from tinhgon_web.work.models import Programme

pytestmark = pytest.mark.django_db
AT, SWITCH = "/chuong-trinh-cong-khai/", "/chuong-trinh/cong-khai/ctr26/"


def test_nothing_is_public_until_it_is_published(nobody: Client, client_as: Callable[..., Client]) -> None:
    assert "26-CTr/TU" not in nobody.get(AT).text
    client_as("portal_editor").post(SWITCH, {"published": "yes"})
    text = nobody.get(AT).text
    assert "26-CTr/TU" in text
    assert "31/12/2019" in text
    client_as("portal_editor").post(SWITCH, {"published": "no"})
    assert "26-CTr/TU" not in nobody.get(AT).text


@pytest.mark.parametrize("role", ["viewer", "editor", "leader", "inspector"])
def test_others_may_not_publish(client_as: Callable[..., Client], role: str) -> None:
    assert client_as(role).post(SWITCH, {"published": "yes"}).status_code == 403
    assert not Programme.objects.get().published


def test_who_publishes_for_a_part_may_not(client_as: Callable[..., Client]) -> None:
    assert client_as("portal_editor", "x1").post(SWITCH, {"published": "yes"}).status_code == 403


def test_each_switch_leaves_one_line(client_as: Callable[..., Client]) -> None:
    before = AuditLine.objects.count()
    for _ in range(2):
        client_as("portal_editor").post(SWITCH, {"published": "yes"})
    assert AuditLine.objects.count() == before + 1


def test_a_commune_s_targets_stay_inside_and_caches_may_keep_it(nobody: Client) -> None:
    Programme.objects.update(published=True)
    response = nobody.get(AT)
    assert not response.cookies
    assert response.text.count('scope="row"') == 4
    assert "Y Bhăm" not in response.text
