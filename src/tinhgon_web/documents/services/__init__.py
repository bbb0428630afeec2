"""Writing documents and their files."""

from __future__ import annotations

from tinhgon_web.documents.services.editing import (
    Fields,
    UnableToOverwriteUnseen,
    add_document,
    correct_document,
    digest,
)
from tinhgon_web.documents.services.filing import UnableToAttach, attach, read_words
from tinhgon_web.documents.services.loading import UnableToLoadDocuments, load_documents, put_document

__all__ = [
    "Fields",
    "UnableToAttach",
    "UnableToLoadDocuments",
    "UnableToOverwriteUnseen",
    "add_document",
    "attach",
    "correct_document",
    "digest",
    "load_documents",
    "put_document",
    "read_words",
]
