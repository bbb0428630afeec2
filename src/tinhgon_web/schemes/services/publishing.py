"""Making a paper of a step public, and taking it back. Every paper is private until somebody opens it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.refusal import Refusal
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core import asof, audit
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, rights_of
from tinhgon_web.schemes.models import OpenPaper, Paper
from tinhgon_web.schemes.posting import is_posted
from tinhgon_web.schemes.selectors.papers import PERSONAL


class UnableToPublishPaper(Refusal, ValueError):
    """The paper stays private; says why."""


def publish_paper(*, acting: User, paper: int) -> None:
    """Show a paper's number, day and file on the public page of its scheme.

    Raises:
        PermissionDenied: they do not edit the scheme's place.
        UnableToPublishPaper: the scheme was never posted, the paper has names of people on it, or no file.
    """
    with transaction.atomic():
        row = _held(acting, paper)
        if row.code in PERSONAL:
            raise UnableToPublishPaper(
                "Giấy tờ này có tên người dân nên không công khai.",
                "This paper has people's names on it, so it is never public.",
            )
        if row.file is None:
            raise UnableToPublishPaper(
                "Giấy tờ này chưa có tệp của bước; văn bản có sẵn thì công khai ở thư viện.",
                "The step left no file of this paper; a document on file is made public in the library.",
            )
        if not is_posted(row.move.scheme_id):
            raise UnableToPublishPaper(
                "Đề án chưa niêm yết lấy ý kiến nên chưa công khai giấy tờ.",
                "The scheme was not posted for its people yet, so its papers stay private.",
            )
        _opened, made = OpenPaper.objects.get_or_create(
            paper=row, defaults={"by": acting, "at": timezone.now()}
        )
        if made:
            _write(acting, "publish paper", row)


def withdraw_paper(*, acting: User, paper: int) -> None:
    """Make a paper private again.

    Raises:
        PermissionDenied: they do not edit the scheme's place.
    """
    with transaction.atomic():
        row = _held(acting, paper)
        if OpenPaper.objects.filter(paper=row).delete()[0]:
            _write(acting, "withdraw paper", row)


def _held(acting: User, paper: int) -> Paper:
    row = Paper.objects.select_related("move__scheme", "file").get(pk=paper)
    places = rights_of(acting, asof.today()).places(Right.EDIT)
    if not Scope(places, asof.today(), Right.EDIT).holds(row.move.scheme.place):
        raise PermissionDenied(_("Papers are made public by whoever edits the scheme's place."))
    return row


def _write(acting: User, verb: str, paper: Paper) -> None:
    scheme, after = paper.move.scheme, {"step": paper.move.step, "paper": paper.code}
    audit.write(acting=acting, verb=verb, what=scheme, after=after, place=scheme.place)
