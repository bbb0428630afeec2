"""What steps left: each paper by its number, the document it is, and whether a file of it is there.

A step is taken on the numbers of the papers the law asks; their files may come later, and are missing until they do.
"""

from __future__ import annotations

import attrs
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tinhgon.procedure import Step, words
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.schemes.models import Move, OpenPaper, Paper

PERSONAL = frozenset({"opinion_minutes"})
"""Papers that carry names of people, and are never public."""


@attrs.frozen(slots=True)
class Left:
    """A paper a step left: what was written of it, the document it is, whether the law asks it and a file is there."""

    code: str
    said: str
    paper: Paper | None
    needed: bool
    has_file: bool
    is_public: bool

    @property
    def may_be_public(self) -> bool:
        """Whether it has a file of its own, without names of people."""
        return self.paper is not None and self.paper.file_id is not None and self.code not in PERSONAL

    @property
    def names(self) -> tuple[str, str]:
        """What it is called."""
        return words.named(words.PAPERS, self.code)

    @property
    def lacks_file(self) -> bool:
        """Whether the law asks it and no file of it is there."""
        return self.needed and not self.has_file


def with_papers(moves: QuerySet[Move]) -> QuerySet[Move]:
    """Moves with what `left_by` needs, read at once."""
    files = DocumentFile.objects.filter(document=OuterRef("document"))
    papers = Paper.objects.select_related("document", "file").annotate(
        has_file=Q(file__isnull=False) | Exists(files),
        is_public=Exists(OpenPaper.objects.filter(paper=OuterRef("pk"))),
    )
    return moves.select_related("by").prefetch_related(Prefetch("attached", papers))


def left_by(move: Move, step: Step) -> list[Left]:
    """The papers a step left; `move` comes `with_papers`."""
    there = {paper.code: paper for paper in move.attached.all()}
    return [
        Left(
            code=code,
            said=said,
            paper=there.get(code),
            needed=code in step.papers,
            has_file=getattr(there.get(code), "has_file", False),
            is_public=getattr(there.get(code), "is_public", False),
        )
        for code, said in move.papers.items()
    ]
