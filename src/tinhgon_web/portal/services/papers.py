"""Making files of the register's documents public, and taking them back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.portal.models import PublicPaper


def open_paper(*, acting: User, file: DocumentFile) -> PublicPaper:
    """Make a file public; again without harm."""
    with transaction.atomic():
        row, made = PublicPaper.objects.get_or_create(
            file=file, defaults={"published_by": acting, "published_at": timezone.now()}
        )
        if made:
            audit.write(acting=acting, verb="publish", what=file, after={"public": True})
    return row


def close_paper(*, acting: User, file: DocumentFile) -> None:
    """Take a file back inside."""
    with transaction.atomic():
        gone, _ = PublicPaper.objects.filter(file=file).delete()
        if gone:
            audit.write(acting=acting, verb="publish", what=file, after={"public": False})
