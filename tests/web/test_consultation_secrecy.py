"""Who answered is known; what a household answered is not, unless the rule has people sign and one may inspect."""

from __future__ import annotations

import re
from collections.abc import Callable

import asking
import pytest
import story
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from tinhgon_web.consultation import secrecy
from tinhgon_web.consultation.models import Answer, Ballot, Round
from tinhgon_web.consultation.services import ledger, rounds
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.models import AuditLine
from tinhgon_web.core.roles import Role

pytestmark = pytest.mark.django_db
MARK = "Ý KIẾN RIÊNG KHÔNG AI CÓ"
PAGES = (
    "", "tien-do/", "ket-qua/", "ket-qua.csv", "tham-gia.csv", "y-kien/", "dau-vet/",
    "don-vi/x1v3/", "don-vi/x1v4/", "don-vi/x1v3/bien-ban/", "nhap-danh-sach/",
)  # fmt: skip


def answered(settings: Settings, **more: object) -> tuple[Round, Answer]:
    """A closed round in which household 7 said, alone, something nobody else did, and was once corrected."""
    settings.TODAY = story.END
    held = asking.opened(**more)
    for number in (1, 2, 3, 7):
        said = Said("other", MARK) if number == 7 else Said("agree")
        answer = ledger.answer_on_web(line=asking.line_of(held, number), said=said)
    officer = asking.person("phe-duyet", "approver")
    ledger.correct(
        acting=officer, line=asking.line_of(held, 1), said=Said("disagree"), reason="chủ hộ đề nghị"
    )
    settings.TODAY = held.closes
    return rounds.close_round(acting=officer, round_id=held.pk), answer


def test_no_page_and_no_export_joins_a_household_with_its_answer(
    client_as: Callable[..., Client], settings: Settings
) -> None:
    held, answer = answered(settings)
    line = answer.line
    who = (line.head, line.household, answer.receipt, answer.nonce, secrecy.handle_of(answer.nonce))
    said = 0
    for role in Role:
        client = client_as(role.value)
        for page in PAGES:
            response = client.get(f"/dot-lay-y-kien/{held.pk}/{page}")
            if response.status_code != 200:
                continue
            text = response.content.decode()
            if MARK in text:
                said += 1
                text = text.replace(
                    secrecy.handle_of(answer.nonce), ""
                )  # a ballot's own key, of the form's boxes
                assert not any(word in text for word in who), (role, page)
            for row in re.findall(r"<tr.*?</tr>|^.*$", text, re.DOTALL | re.MULTILINE):
                named = line.head in row or answer.receipt in row
                assert not (named and re.search("Ý kiến khác|other|không đồng ý", row)), (role, page, row)
    assert said, "the opinion is read somewhere, or the test proves nothing"


def test_the_tables_share_nothing_but_the_roll(settings: Settings) -> None:
    """Held against each other cell by cell: no value of a ballot is a value of an answer, except the roll's number."""
    held, _ = answered(settings)
    ballots = Ballot.objects.filter(roll__round=held).values_list("handle", "choice", "opinion")
    answers = Answer.objects.filter(line__roll__round=held).values_list(
        "pk", "line", "receipt", "nonce", "at", "reason", "superseded_at", "line__household", "line__head"
    )
    mine = {str(cell) for row in ballots for cell in row if cell not in ("", True, False)}
    theirs = {str(cell) for row in answers for cell in row if cell is not None}
    assert mine.isdisjoint(theirs)


def test_the_ledger_alone_does_not_lead_to_a_ballot(settings: Settings) -> None:
    _held, answer = answered(settings)
    handle = secrecy.handle_of(answer.nonce)
    assert Ballot.objects.filter(pk=handle).exists(), "the office can, to correct"
    settings.BALLOT_KEY = "another key"
    assert secrecy.handle_of(answer.nonce) != handle, "without the key nobody can"


def test_ballots_lie_in_the_order_of_their_digests_once_closed(settings: Settings) -> None:
    held, _ = answered(settings)
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.handle FROM consultation_ballot b JOIN consultation_roll r ON r.id = b.roll_id "
            f"WHERE r.round_id = %s ORDER BY b.{place}",
            [held.pk],
        )
        lying = [row[0] for row in cursor.fetchall()]
    assert lying == sorted(lying)


def test_audit_lines_hold_no_answer_and_no_name(settings: Settings) -> None:
    _held, answer = answered(settings)
    words = " ".join(
        f"{line.before} {line.after} {line.folded}" for line in AuditLine.objects.exclude(kind="batch")
    )
    assert not any(word in words for word in (MARK, answer.line.head, "disagree", answer.nonce))


def test_what_was_corrected_is_shown_to_inspectors_only_where_people_sign(
    client_as: Callable[..., Client], settings: Settings
) -> None:
    held, _ = answered(settings)
    text = client_as("inspector").get(f"/dot-lay-y-kien/{held.pk}/dau-vet/").text
    assert "chủ hộ đề nghị" in text
    assert "Không đồng ý" not in text
    signed, _ = answered(settings, kind="commune", base="voters")
    text = client_as("inspector").get(f"/dot-lay-y-kien/{signed.pk}/dau-vet/").text
    assert "Không đồng ý" in text
