"""The documents a register cites: resolutions, programmes, decisions, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

_FIELDS = {"id", "number", "type", "issuer", "title", "signed_on", "effective_on", "carries_out", "synthetic"}


@attrs.frozen(slots=True)
class Document:
    """A document: number as printed, type, issuer, title, dates, and the documents it carries out."""

    id: str
    number: str
    type: str
    issuer: str
    title: str
    signed_on: dt.date | None = None
    effective_on: dt.date | None = None
    carries_out: tuple[str, ...] = ()
    synthetic: bool = False


class UnableToReadDocuments(ValueError):
    """The list of documents is malformed. Carries file, item number (from 1) and reason."""

    def __init__(self, path: str, item: int, reason: str) -> None:
        super().__init__(f"{path}, item {item}: {reason}")
        self.path, self.item, self.reason = path, item, reason


def read_documents(path: Path) -> dict[str, Document]:
    """Read documents.yaml: a list of mappings; a missing file holds none.

    Raises:
        UnableToReadDocuments: names file, item and reason.
    """
    if not path.exists():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        items = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnableToReadDocuments(str(path), 0, str(error)) from None
    if not isinstance(items, list):
        raise UnableToReadDocuments(str(path), 0, "expected a list of documents")
    documents: dict[str, Document] = {}
    for number, item in enumerate(items, 1):
        document = _document(path, number, item)
        if document.id in documents:
            raise UnableToReadDocuments(str(path), number, f"id '{document.id}' is used twice")
        documents[document.id] = document
    return documents


def _document(path: Path, number: int, item: Any) -> Document:
    if not isinstance(item, Mapping):
        raise UnableToReadDocuments(str(path), number, "expected a mapping of fields")
    unknown = sorted(set(item) - _FIELDS)
    if unknown:
        raise UnableToReadDocuments(str(path), number, f"unknown field '{unknown[0]}'")
    for field in ("id", "number", "type", "issuer", "title"):
        if not isinstance(item.get(field), str) or not item[field]:
            raise UnableToReadDocuments(str(path), number, f"field '{field}' is missing or not text")
    for field in ("signed_on", "effective_on"):
        if item.get(field) is not None and type(item[field]) is not dt.date:
            raise UnableToReadDocuments(str(path), number, f"field '{field}' is not a day (YYYY-MM-DD)")
    return Document(**{**item, "carries_out": tuple(item.get("carries_out") or ())})


def write_documents(path: Path, documents: Mapping[str, Document]) -> None:
    """Write documents in the order given."""
    items = [
        {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in attrs.asdict(document).items()
            if value
        }
        for document in documents.values()
    ]
    path.write_text(yaml.safe_dump(items, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
