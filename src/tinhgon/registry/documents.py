"""The documents a register cites: resolutions, programmes, decisions, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from tinhgon.refusal import Refusal

LINKS = ("carries_out", "amends")
"""The fields that name other documents."""
_FIELDS = {"id", "number", "type", "issuer", "title", "signed_on", "effective_on", "synthetic", *LINKS}


@attrs.frozen(slots=True)
class Document:
    """A document: number as printed, type, issuer, title, dates, and the documents it carries out or amends."""

    id: str
    number: str
    type: str
    issuer: str
    title: str
    signed_on: dt.date | None = None
    effective_on: dt.date | None = None
    carries_out: tuple[str, ...] = ()
    synthetic: bool = False
    amends: tuple[str, ...] = ()


class UnableToReadDocuments(Refusal, ValueError):
    """The list of documents is malformed. Carries file, item number (from 1; 0: the file) and reason."""

    def __init__(self, path: str, item: int, reason_vi: str, reason: str) -> None:
        place_vi, place = (f"{path}, văn bản {item}", f"{path}, item {item}") if item else (path, path)
        super().__init__(f"{place_vi}: {reason_vi}", f"{place}: {reason}")
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
        raise UnableToReadDocuments(
            str(path), 0, f"không đọc được YAML: {error}", f"not YAML: {error}"
        ) from None
    if not isinstance(items, list):
        raise UnableToReadDocuments(
            str(path), 0, "phải là một danh sách văn bản", "expected a list of documents"
        )
    documents: dict[str, Document] = {}
    for number, item in enumerate(items, 1):
        document = _document(path, number, item)
        if document.id in documents:
            raise UnableToReadDocuments(
                str(path), number, f"id '{document.id}' dùng hai lần", f"id '{document.id}' is used twice"
            )
        documents[document.id] = document
    return documents


def _document(path: Path, number: int, item: Any) -> Document:
    wrong = _fault(item)
    if wrong is not None:
        raise UnableToReadDocuments(str(path), number, *wrong)
    links = {name: tuple(item.get(name) or ()) for name in LINKS}
    return Document(**{**item, **links})


def _fault(item: Any) -> tuple[str, str] | None:
    """What is wrong with an item, in both languages."""
    if not isinstance(item, Mapping):
        return "phải là các trường của một văn bản", "expected a mapping of fields"
    for field in item:
        if field not in _FIELDS:
            return f"trường lạ '{field}'", f"unknown field '{field}'"
    for field in ("id", "number", "type", "issuer", "title"):
        if not isinstance(item.get(field), str) or not item[field]:
            return f"thiếu '{field}' hoặc không phải chữ", f"field '{field}' is missing or not text"
    for field in ("signed_on", "effective_on"):
        if item.get(field) is not None and type(item[field]) is not dt.date:
            return f"'{field}' không phải ngày (NĂM-THÁNG-NGÀY)", f"field '{field}' is not a day (YYYY-MM-DD)"
    for field in LINKS:
        linked = item.get(field) or []
        if not isinstance(linked, list) or not all(isinstance(id_, str) for id_ in linked):
            return f"'{field}' phải là danh sách id", f"field '{field}' is not a list of ids"
    if not isinstance(item.get("synthetic", False), bool):
        return "'synthetic' phải là true hoặc false", "field 'synthetic' is not true or false"
    return None


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
