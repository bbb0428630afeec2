"""Papers of a step as documents: a file is kept as a document of its own, or one that is on file already is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

import attrs
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.procedure import words
from tinhgon.refusal import Refusal
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core import asof, audit
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, rights_of
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.documents.services import Fields, add_document, attach
from tinhgon_web.schemes.law import procedure_on
from tinhgon_web.schemes.models import Move, Paper, Scheme
from tinhgon_web.schemes.selectors.course import seat_of

RESOLUTION = "resolution"
_LONGEST = 200


class UnableToAttachPaper(Refusal, ValueError):
    """A paper cannot be attached to a step; says why and what to do."""


@attrs.frozen(slots=True)
class Sent:
    """What is handed in for a paper: a file, or the id or number of a document that is on file."""

    upload: UploadedFile | None = None
    document: str = ""

    @property
    def called(self) -> str:
        """What it is called where nothing else is typed."""
        return self.document or PurePath((self.upload and self.upload.name) or "").stem


def attach_paper(*, acting: User, move: Move, code: str, sent: Sent, readable: QuerySet[Document]) -> Paper:
    """Attach a paper to a step that was taken; `readable` are the documents the person may read.

    Raises:
        PermissionDenied: they neither took the step nor edit the scheme's place.
        UnableToAcceptFile: the file's content is not allowed.
        UnableToAttachPaper: the step left no such paper, it is attached already, or the document is not to be found.
    """
    _check_may(acting, move)
    if code not in move.papers:
        raise UnableToAttachPaper("Bước này không có giấy tờ đó.", "The step has no such paper.")
    with transaction.atomic():
        if (
            there := Paper.objects.select_related("document").filter(move=move, code=code).first()
        ) is not None:
            raise UnableToAttachPaper(
                f"Đã đính kèm {there.document.number}; có bản mới thì thêm ở trang của văn bản đó.",
                f"{there.document.number} is attached; a newer version is added on that document's page.",
            )
        document, file = _named(sent.document, readable), None
        if document is None:
            document, file = _kept(acting, move, code, sent.upload)
        made = Paper.objects.create(
            move=move, code=code, document=document, file=file, by=acting, at=timezone.now()
        )
        after = {"step": move.step, "paper": code, "document": document.id}
        audit.write(
            acting=acting, verb="attach paper", what=move.scheme, after=after, place=move.scheme.place
        )
    return made


def attach_all(
    *, acting: User, move: Move, sent: Mapping[str, Sent], readable: QuerySet[Document] | None
) -> None:
    """Attach what was handed in with a step."""
    known = Document.objects.none() if readable is None else readable
    for code, one in sent.items():
        attach_paper(acting=acting, move=move, code=code, sent=one, readable=known)


def may_attach(acting: User, move: Move) -> bool:
    """Whether somebody may attach papers to a step: who took it, and whoever edits the scheme's place."""
    if acting.pk == move.by_id:
        return True
    places = rights_of(acting, asof.today()).places(Right.EDIT)
    return Scope(places, asof.today(), Right.EDIT).holds(move.scheme.place)


def _check_may(acting: User, move: Move) -> None:
    if not may_attach(acting, move):
        raise PermissionDenied(
            _("Papers are attached by whoever took the step, or edits the scheme's place.")
        )


def _named(said: str, readable: QuerySet[Document]) -> Document | None:
    """The one document with an id or a number, None when none is named."""
    if not said:
        return None
    found = list(readable.filter(Q(pk=said) | Q(number__iexact=said))[:2])
    if len(found) != 1:
        raise UnableToAttachPaper(
            f"Không có đúng một văn bản số '{said}' mà ông (bà) được xem; ghi mã của văn bản hoặc tải tệp lên.",
            f"There is not exactly one document '{said}' that you may read; give its id, or upload the file.",
        )
    return found[0]


def _kept(acting: User, move: Move, code: str, upload: UploadedFile | None) -> tuple[Document, DocumentFile]:
    """A document of its own for a file: what the step says of the paper, under the organ that took the step."""
    if upload is None:
        raise UnableToAttachPaper(
            "Chưa chọn tệp hoặc văn bản nào.", "No file was chosen and no document named."
        )
    scheme, register = move.scheme, registers.register(registers.head())
    step = procedure_on(scheme.kind)(move.on).find(move.step)
    fields = Fields(
        number=str(move.papers[code])[:_LONGEST],
        type=words.named(words.PAPERS, code)[0],
        issuer=step.actor_name[0] if step else "",
        title=scheme.title,
        signed_on=move.on,
    )
    document = add_document(
        acting=acting,
        fields=fields,
        place=seat_of(register, scheme, step, move.on) if step else scheme.place,
        id_=decision_id(scheme.pk, move.version) if code == RESOLUTION else "",
        synthetic=scheme.synthetic,
    )
    return document, attach(acting=acting, document=document, upload=upload)


def decision_id(scheme: int, version: int) -> str:
    """The id of the document by which a version of a scheme is put in force."""
    return f"scheme-{scheme}-v{version}"


def resolution_of(scheme: Scheme) -> Document | None:
    """The resolution named with the decision on a scheme as it stands, where it was on file; else None."""
    papers = Paper.objects.filter(
        move__scheme=scheme, move__version=scheme.version, code=RESOLUTION, file=None
    )
    found = papers.select_related("document").order_by("-pk").first()
    return found.document if found else None
