"""The desk of the demo: comments, tickets and views, all made up; made once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from tinhgon_web.core.models import User
from tinhgon_web.desk.models import Comment, Ticket, Views
from tinhgon_web.desk.services import comments, tickets
from tinhgon_web.portal.models import ArticlePage

_DAYS = 30


@transaction.atomic
def make_desk(*, path: Path, acting: User) -> int:
    """Make what a file of words tells, unless there is something; returns how many comments and tickets were made."""
    pages = list(ArticlePage.objects.live().order_by("pk"))
    open_ones = [page for page in pages if comments.is_open(page)]
    if not open_ones or Comment.objects.exists() or Ticket.objects.exists():
        return 0
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for one in told["comments"]:
        _comment(open_ones[0], one, acting)
    for one in told["tickets"]:
        _ticket(one, acting)
    _views(pages)
    return len(told["comments"]) + len(told["tickets"])


def _comment(page: ArticlePage, told: Mapping[str, Any], acting: User) -> None:
    made = _sent(page, told["name"], told["text"])
    if "decided" not in told:
        return
    verb, reason = told["decided"]
    comments.decide(acting=acting, comment=made.pk, verb=verb, reason=reason)
    made.refresh_from_db()
    if "answer" in told:
        answer = _sent(page, "Ban biên tập minh họa", told["answer"], made.pk)
        comments.decide(acting=acting, comment=answer.pk, verb="accept", reason="fitting")
    if "reported" in told:
        comments.report(comment=made, reason=told["reported"], words="Xin kiểm tra lại (minh họa).")


def _sent(page: ArticlePage, name: str, text: str, parent: int | None = None) -> Comment:
    return comments.send(page=page, said=comments.Said(name, text, parent=parent), source="")


def _ticket(told: Mapping[str, Any], acting: User) -> None:
    names = ("kind", "subject", "text", "may_publish")
    made, _code = tickets.ask(asked=tickets.Asked(**{name: told[name] for name in names if name in told}))
    if told.get("late"):
        Ticket.objects.filter(pk=made.pk).update(due=timezone.localdate() - dt.timedelta(days=2))
    if "answer" in told:
        tickets.answer(acting=acting, ticket=made.pk, answer=told["answer"])
        tickets.publish(acting=acting, ticket=made.pk, question=told["public"])


def _views(pages: list[ArticlePage]) -> None:
    """Made-up views, the same in every demo."""
    drawn, today = random.Random(869), timezone.localdate()  # made-up numbers, no secret
    Views.objects.bulk_create(
        Views(page=page, day=today - dt.timedelta(days=ago), count=drawn.randrange(2, 60))
        for page in pages
        for ago in range(1, _DAYS)
    )
