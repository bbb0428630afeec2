"""Writing comments: a reader sends, a moderator decides, somebody objects."""

from __future__ import annotations

import attrs
from django.db import transaction
from django.utils import timezone

from tinhgon import text as words
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.desk import duties
from tinhgon_web.desk.models import Comment, CommentStep, Report
from tinhgon_web.desk.words import ACCEPT_REASONS, REFUSE_REASONS
from tinhgon_web.portal.models import ArticlePage

MOST_WAITING = 300
"""More are not taken of one article: nobody could look at them."""
State = Comment.State
_MOVES = {
    "accept": (State.ACCEPTED, {State.WAITING, State.REJECTED, State.REMOVED}, dict(ACCEPT_REASONS)),
    "reject": (State.REJECTED, {State.WAITING}, dict(REFUSE_REASONS)),
    "remove": (State.REMOVED, {State.ACCEPTED}, dict(REFUSE_REASONS)),
}


class UnableToComment(Exception):
    """A comment is not taken; `rule` says why (`words.refusal` says it to the reader)."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"the comment is not taken: {rule}")
        self.rule = rule


class UnableToModerate(Exception):
    """A decision does not fit where the comment stands, or gives no reason."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"the decision is not taken: {rule}")
        self.rule = rule


@attrs.frozen(slots=True)
class Said:
    """What a reader wrote."""

    name: str
    text: str
    email: str = ""
    parent: int | None = None


def is_open(page: ArticlePage) -> bool:
    """Whether readers may comment on an article now."""
    return page.live and page.comments_open and not page.withdrawn_because


@transaction.atomic
def send(*, page: ArticlePage, said: Said, source: str) -> Comment:
    """Take a reader's comment; it waits until a person has decided.

    Raises:
        UnableToComment: the article is closed, what is answered is not public, or the same was sent before.
    """
    page = ArticlePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not is_open(page):
        raise UnableToComment("closed")
    waiting = Comment.objects.filter(page=page, state=State.WAITING)
    if waiting.filter(text=said.text, name=said.name).exists():
        raise UnableToComment("twice")
    if waiting.count() >= MOST_WAITING:
        raise UnableToComment("full")
    comment = Comment.objects.create(
        page=page,
        title=page.title,
        parent=None if said.parent is None else _parent(page, said.parent),
        name=said.name,
        email=said.email,
        text=said.text,
        folded=words.fold(f"{said.name} {said.text} {page.title}"),
        source=source,
        sent_at=timezone.now(),
    )
    _step(comment, None, "send")
    audit.write(acting=None, verb="send comment", what=comment, after={"page": page.pk})
    return comment


def _parent(page: ArticlePage, pk: int) -> Comment:
    parent = Comment.objects.filter(pk=pk, page=page, state=State.ACCEPTED).first()
    if parent is None or parent.parent_id is not None:
        raise UnableToComment("reply")
    return parent


@transaction.atomic
def decide(*, acting: User, comment: int, verb: str, reason: str, note: str = "") -> Comment:
    """Accept, reject or take down; taking down upholds what was objected.

    Raises:
        UnableToModerate: the comment no longer stands where the decision was taken, or no reason of the list is given.
    """
    held = Comment.objects.select_for_update().get(pk=comment)
    state, before, reasons = _MOVES[verb]
    if held.state not in before or held.erased_at is not None:
        raise UnableToModerate("step")
    if reason not in reasons:
        raise UnableToModerate("reason")
    was, held.state, held.reason, held.decided_at = held.state, state, reason, timezone.now()
    held.save(update_fields=["state", "reason", "decided_at"])
    if verb == "remove":
        _settle(held, upheld=True)
    _step(held, acting, verb, reason, note)
    after = {"state": state, "reason": reason}
    audit.write(acting=acting, verb=f"{verb} comment", what=held, before={"state": was}, after=after)
    return held


@transaction.atomic
def report(
    *, comment: Comment, reason: str, words: str, by_authority: bool = False, acting: User | None = None
) -> Report:
    """Somebody objects to a published comment; from now on the clock of the duty runs.

    Raises:
        UnableToModerate: it is not public, or no reason of the list is given.
    """
    if comment.state != State.ACCEPTED:
        raise UnableToModerate("step")
    if reason not in dict(REFUSE_REASONS):
        raise UnableToModerate("reason")
    now = timezone.now()
    duty = duties.AUTHORITY if by_authority else duties.COMPLAINT
    made = Report.objects.create(
        comment=comment, by_authority=by_authority, reason=reason, words=words, at=now, due=duty.due(now)
    )
    _step(comment, acting, "report", reason)
    after = {"reason": reason, "due": made.due.isoformat(timespec="minutes")}
    audit.write(acting=acting, verb="report comment", what=comment, after=after)
    return made


@transaction.atomic
def keep(*, acting: User, comment: int, note: str) -> int:
    """Let a comment stand that was objected to; returns how many objections that settles.

    Raises:
        UnableToModerate: there is none.
    """
    held = Comment.objects.select_for_update().get(pk=comment)
    settled = _settle(held, upheld=False)
    if not settled:
        raise UnableToModerate("step")
    _step(held, acting, "keep", note=note)
    audit.write(acting=acting, verb="keep comment", what=held, after={"objections": settled})
    return settled


@transaction.atomic
def erase(*, acting: User, comment: int) -> Comment:
    """Erase who wrote a comment and what; that there was one, and what was decided, stays."""
    held = Comment.objects.select_for_update().get(pk=comment)
    if held.erased_at is not None:
        raise UnableToModerate("step")
    held.name = held.email = held.text = held.folded = held.source = ""
    held.erased_at = held.decided_at = timezone.now()
    held.state = State.REMOVED if held.state == State.ACCEPTED else State.REJECTED
    held.save()
    held.reports.update(words="")
    _settle(held, upheld=True)
    _step(held, acting, "erase")
    audit.write(acting=acting, verb="erase comment", what=held)
    return held


def _settle(comment: Comment, *, upheld: bool) -> int:
    open_ones = comment.reports.filter(settled_at=None)
    return open_ones.update(settled_at=timezone.now(), upheld=upheld)


def _step(comment: Comment, by: User | None, verb: str, reason: str = "", note: str = "") -> None:
    CommentStep.objects.create(comment=comment, at=timezone.now(), by=by, verb=verb, reason=reason, note=note)
