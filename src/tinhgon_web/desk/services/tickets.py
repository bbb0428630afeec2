"""Writing tickets: a reader asks, an officer answers, the office publishes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
from django.db import transaction
from django.utils import timezone

from tinhgon import text as words
from tinhgon.procedure import add_working_days
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import rights_of
from tinhgon_web.core.roles import Right
from tinhgon_web.desk.duties import HOTLINE_WORKING_DAYS
from tinhgon_web.desk.models import Ticket, TicketStep
from tinhgon_web.desk.secrecy import code_digest, new_code

State = Ticket.State


class UnableToHandleTicket(Exception):
    """A step does not fit where a ticket stands; `rule` says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"the ticket's step is not taken: {rule}")
        self.rule = rule


@attrs.frozen(slots=True)
class Asked:
    """What a reader wrote."""

    kind: str
    subject: str
    text: str
    name: str = ""
    contact: str = ""
    may_publish: bool = False


@transaction.atomic
def ask(*, asked: Asked) -> tuple[Ticket, str]:
    """Take a reader's question; returns the ticket and its look-up code, which is shown once and not kept."""
    now, code = timezone.now(), new_code()
    ticket = Ticket.objects.create(
        **attrs.asdict(asked),
        code_digest=code_digest(code),
        folded=words.fold(f"{asked.subject} {asked.text}"),
        sent_at=now,
        due=add_working_days(timezone.localdate(now), HOTLINE_WORKING_DAYS),
    )
    _step(ticket, None, "send")
    audit.write(acting=None, verb="send ticket", what=ticket, after={"kind": ticket.kind})
    return ticket, code


@transaction.atomic
def assign(*, acting: User, ticket: int, owner: User, on: dt.date) -> Ticket:
    """Give a ticket to an officer who may edit or publish.

    Raises:
        UnableToHandleTicket: it is over, or they may not.
    """
    held = _open(ticket)
    rights = rights_of(owner, on)
    if not (rights.may(Right.EDIT) or rights.may(Right.PUBLISH)):
        raise UnableToHandleTicket("owner")
    before = {"owner": held.owner_id}
    held.owner, held.state = owner, State.ASSIGNED
    return _done(held, acting, "assign", before=before, after={"owner": owner.pk}, note=owner.get_full_name())


@transaction.atomic
def answer(*, acting: User, ticket: int, answer: str) -> Ticket:
    """Answer the reader, who reads it with their code.

    Raises:
        UnableToHandleTicket: it is over, or the answer is empty.
    """
    held = _open(ticket)
    if not answer.strip():
        raise UnableToHandleTicket("answer")
    held.answer, held.state, held.answered_at = answer.strip(), State.ANSWERED, timezone.now()
    held.owner = held.owner or acting
    return _done(held, acting, "answer", after={"state": held.state})


@transaction.atomic
def close(*, acting: User, ticket: int, because: str) -> Ticket:
    """End a ticket without an answer, with a reason the reader sees.

    Raises:
        UnableToHandleTicket: it is over, or no reason is given.
    """
    held = _open(ticket)
    if not because.strip():
        raise UnableToHandleTicket("reason")
    held.state, held.closed_because = State.CLOSED, because.strip()
    return _done(held, acting, "close", after={"state": held.state})


@transaction.atomic
def publish(*, acting: User, ticket: int, question: str) -> Ticket:
    """Publish the answer beside the question, as the office words it.

    Raises:
        UnableToHandleTicket: there is no answer, the reader did not agree, or the question is empty.
    """
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket)
    if held.state != State.ANSWERED or held.erased_at is not None:
        raise UnableToHandleTicket("answer")
    if not held.may_publish:
        raise UnableToHandleTicket("not_asked")
    if not question.strip():
        raise UnableToHandleTicket("public")
    held.public_question, held.published_at = question.strip(), timezone.now()
    return _done(held, acting, "publish", after={"public": True})


@transaction.atomic
def withdraw(*, acting: User, ticket: int) -> Ticket:
    """Let an answer be public no longer."""
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket)
    if held.published_at is None:
        raise UnableToHandleTicket("step")
    held.published_at = None
    return _done(held, acting, "withdraw", before={"public": True}, after={"public": False})


@transaction.atomic
def erase(*, acting: User, ticket: int) -> Ticket:
    """Erase what the reader wrote and who they are; that there was a ticket, and when it was answered, stays."""
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket)
    if held.erased_at is not None:
        raise UnableToHandleTicket("step")
    held.subject = held.text = held.name = held.contact = held.folded = held.answer = held.public_question = (
        ""
    )
    held.published_at, held.erased_at = None, timezone.now()
    held.closed_because = ""
    if held.is_open:
        held.state = State.CLOSED
    return _done(held, acting, "erase")


def _open(ticket: int) -> Ticket:
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket)
    if not held.is_open:
        raise UnableToHandleTicket("step")
    return held


def _done(
    ticket: Ticket, acting: User, verb: str, *, before: Any = None, after: Any = None, note: str = ""
) -> Ticket:
    ticket.save()
    _step(ticket, acting, verb, note)
    audit.write(acting=acting, verb=f"{verb} ticket", what=ticket, before=before, after=after)
    return ticket


def _step(ticket: Ticket, by: User | None, verb: str, note: str = "") -> None:
    TicketStep.objects.create(ticket=ticket, at=timezone.now(), by=by, verb=verb, note=note)
